import { Button, DialogTrigger } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { removeMemberMutation } from '../../__generated__/removeMemberMutation.graphql'
import { AskFirst } from '../../parts/ask-first'
import { DialogFrame } from '../../parts/dialog-frame'
import { visibleName } from '../../parts/show-controls'
import { useAct } from '../../parts/use-act'
import type { PagePath } from '../../view/path'

interface RemoveMemberProps {
  path: PagePath
  user: { readonly uuid: string; readonly login: string }
  isViewer: boolean
  onRemoved: () => void
}

/** Takes a member out of the workspace, after asking. */
export function RemoveMember({ path, user, isViewer, onRemoved }: RemoveMemberProps) {
  const { organization, workspace } = path
  const { act, isBusy, failure, forget } = useAct<removeMemberMutation>(graphql`
    mutation removeMemberMutation($input: RemoveWorkspaceMemberInput!) {
      removeWorkspaceMember(input: $input) {
        user {
          login
        }
      }
    }
  `)
  return (
    <DialogTrigger onOpenChange={forget}>
      <Button className="button plain" aria-label={`Remove ${visibleName(user.login)}…`}>
        Remove…
      </Button>
      <DialogFrame role="alertdialog" title={`Remove ${visibleName(user.login)} from ${workspace}?`}>
        {(close) => (
          <AskFirst
            verb="Remove"
            isBusy={isBusy}
            failure={failure}
            onCancel={close}
            onAgree={() =>
              act({ organization, workspace, user: user.uuid }, () => {
                close()
                onRemoved()
              })
            }
          >
            {isViewer ? 'You enter' : 'They enter'} it no more, with any key. The user stays, and so do its
            sessions.
          </AskFirst>
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
