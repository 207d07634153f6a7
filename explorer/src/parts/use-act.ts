import { useState } from 'react'
import { type GraphQLTaggedNode, useMutation } from 'react-relay'
import type { MutationParameters } from 'relay-runtime'

/** A mutation whose refusal is shown where it was asked for: what failed last, whether it runs, and how to do it. */
export function useAct<Act extends MutationParameters & { variables: { input: object } }>(
  mutation: GraphQLTaggedNode,
) {
  const [failure, setFailure] = useState<Error | null>(null)
  const [commit, isBusy] = useMutation<Act>(mutation)
  const act = (input: Act['variables']['input'], onDone: (answer: Act['response']) => void) =>
    commit({
      variables: { input },
      onCompleted: (answer, errors) => {
        const [error] = errors ?? []
        setFailure(error === undefined ? null : new Error(error.message))
        if (error === undefined) onDone(answer)
      },
      onError: setFailure,
    })
  return { act, isBusy, failure, forget: () => setFailure(null) }
}
