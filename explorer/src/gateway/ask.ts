import type { GraphQLTaggedNode } from 'react-relay'
import { getRequest, type IEnvironment, type Observable, type OperationType } from 'relay-runtime'

/**
 * Asks past the store: the answer as it came, remembered nowhere. For thousands of rows, which the store would take apart
 * and put together again for longer than the gateway takes to answer.
 */
export function askPastStore<Operation extends OperationType>(
  environment: IEnvironment,
  query: GraphQLTaggedNode,
  variables: Operation['variables'],
): Observable<Operation['response']> {
  const { params } = getRequest(query)
  return environment
    .getNetwork()
    .execute(params, variables, {})
    .map((answer) => (answer as { data: Operation['response'] }).data)
}
