import { useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { graphql, useMutation } from 'react-relay'
import type { revokeKeyMutation } from '../../__generated__/revokeKeyMutation.graphql'
import { Choices, DialogFrame } from '../../parts/dialog-frame'
import { Failure } from '../../parts/failure-boundary'
import type { PagePath } from '../../view/path'

interface RevokeKeyProps {
  path: PagePath
  uuid: string
  name: string
  /** Whether the page itself asks with it. */
  isViewers: boolean
}

/** Ends a key for good, after asking. */
export function RevokeKey({ path, uuid, name, isViewers }: RevokeKeyProps) {
  const [failure, setFailure] = useState<Error | null>(null)
  const [commit, isBusy] = useMutation<revokeKeyMutation>(graphql`
    mutation revokeKeyMutation($input: RevokeApiKeyInput!) {
      revokeApiKey(input: $input) {
        apiKey {
          id
          revokedAt
        }
      }
    }
  `)
  const revoke = (close: () => void) =>
    commit({
      variables: { input: { organization: path.organization, workspace: path.workspace, id: uuid } },
      onCompleted: (_, errors) => {
        const [error] = errors ?? []
        if (error === undefined) close()
        else setFailure(new Error(error.message))
      },
      onError: setFailure,
    })
  return (
    <DialogTrigger>
      <Button className="button plain" aria-label={`Revoke ${name}…`}>
        Revoke…
      </Button>
      <DialogFrame role="alertdialog" title={`Revoke ${name}?`}>
        {(close) => (
          <>
            <p>
              Whoever uses it is refused from now on, and nothing brings it back.
              {isViewers && ' It is the key that this page uses: you will be asked for another one.'}
            </p>
            {failure !== null && <Failure error={failure} />}
            <Choices>
              <Button className="button" onPress={close} autoFocus>
                Cancel
              </Button>
              <Button className="button primary" isDisabled={isBusy} onPress={() => revoke(close)}>
                Revoke
              </Button>
            </Choices>
          </>
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
