import { useState } from 'react'
import { graphql, useMutation } from 'react-relay'
import type { useAnswerApproveMutation } from '../../__generated__/useAnswerApproveMutation.graphql'
import type { useAnswerDenyMutation } from '../../__generated__/useAnswerDenyMutation.graphql'

/** The two answers to a login; `onDone` is told which one the gateway took. */
export function useAnswer(userCode: string, onDone: (answer: 'approved' | 'denied') => void) {
  const [failure, setFailure] = useState<Error | null>(null)
  const [commitApproval, isApproving] = useMutation<useAnswerApproveMutation>(graphql`
    mutation useAnswerApproveMutation($input: ApproveDeviceLoginInput!) {
      approveDeviceLogin(input: $input) {
        isApproved
      }
    }
  `)
  const [commitDenial, isDenying] = useMutation<useAnswerDenyMutation>(graphql`
    mutation useAnswerDenyMutation($input: DenyDeviceLoginInput!) {
      denyDeviceLogin(input: $input) {
        isDenied
      }
    }
  `)
  const answer = (commit: typeof commitApproval | typeof commitDenial, done: 'approved' | 'denied') => () => {
    commit({
      variables: { input: { userCode } },
      onCompleted: (_: unknown, errors: readonly { message: string }[] | null) => {
        const [error] = errors ?? []
        if (error === undefined) onDone(done)
        else setFailure(new Error(error.message))
      },
      onError: setFailure,
    })
  }
  return {
    approve: answer(commitApproval, 'approved'),
    deny: answer(commitDenial, 'denied'),
    failure,
    isBusy: isApproving || isDenying,
  }
}
