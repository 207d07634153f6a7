import { Button, DialogTrigger } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { revokeKeyMutation } from '../../__generated__/revokeKeyMutation.graphql'
import { AskFirst } from '../../parts/ask-first'
import { DialogFrame } from '../../parts/dialog-frame'
import { visibleName } from '../../parts/show-controls'
import { useAct } from '../../parts/use-act'
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
  const { organization, workspace } = path
  const { act, isBusy, failure } = useAct<revokeKeyMutation>(graphql`
    mutation revokeKeyMutation($input: RevokeApiKeyInput!) {
      revokeApiKey(input: $input) {
        apiKey {
          id
          revokedAt
        }
      }
    }
  `)
  return (
    <DialogTrigger>
      <Button className="button plain" aria-label={`Revoke ${visibleName(name)}…`}>
        Revoke…
      </Button>
      <DialogFrame role="alertdialog" title={`Revoke ${visibleName(name)}?`}>
        {(close) => (
          <AskFirst
            verb="Revoke"
            isBusy={isBusy}
            failure={failure}
            onCancel={close}
            onAgree={() => act({ organization, workspace, id: uuid }, close)}
          >
            Whoever uses it is refused from now on, and nothing brings it back.
            {isViewers && ' It is the key that this page uses: you will be asked for another one.'}
          </AskFirst>
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
