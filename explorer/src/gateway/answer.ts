import type { GraphQLResponse, RequestParameters, Variables } from 'relay-runtime'
import { GatewayFailure, readFailure } from './failure'
import { forgetCaller, readKey } from './key'

export const URL_OF_GATEWAY = '/graphql'

/** How an operation travels: by the hash that the gateway knows it by, never as a text. */
export const bodyOf = (request: RequestParameters, variables: Variables) => ({
  operationName: request.name,
  variables,
  extensions: { persistedQuery: { version: 1, sha256Hash: request.id } },
})

export const authorization = (): Record<string, string> => {
  const key = readKey()
  // Without a key the browser's cookie tells who asks, which takes a header that pages elsewhere cannot set.
  return key === null ? { 'GraphQL-Require-Preflight': '1' } : { Authorization: `Bearer ${key}` }
}

/** Asks the gateway; throws a `GatewayFailure` where the answer has no data. */
export async function fetchAnswer(
  request: RequestParameters,
  variables: Variables,
): Promise<GraphQLResponse> {
  const response = await post(JSON.stringify(bodyOf(request, variables)))
  const requestId = response.headers.get('X-Request-Id')
  const answer = await response.json().catch(() => null)
  if (answer === null || typeof answer !== 'object')
    throw new GatewayFailure('UNREADABLE', `The gateway answered ${response.status} without a reason.`, {
      requestId,
    })
  if (answer.data != null) return answer
  const failure = readFailure(answer.errors ?? [], requestId)
  if (failure.code === 'UNAUTHENTICATED') forgetCaller()
  throw failure
}

function post(body: string): Promise<Response> {
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/graphql-response+json, application/json',
    ...authorization(),
  }
  return fetch(URL_OF_GATEWAY, { method: 'POST', headers, body }).catch(() => {
    throw new GatewayFailure('UNREACHABLE', 'The gateway cannot be reached.')
  })
}
