import { useState } from 'react'
import { type GraphQLTaggedNode, useMutation } from 'react-relay'
import type { MutationParameters } from 'relay-runtime'
import { readFailure } from '../gateway/failure'

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
        const isRefused = errors !== null && errors.length > 0
        setFailure(isRefused ? readFailure(errors, null) : null)
        if (!isRefused) onDone(answer)
      },
      onError: setFailure,
    })
  return { act, isBusy, failure, forget: () => setFailure(null) }
}
