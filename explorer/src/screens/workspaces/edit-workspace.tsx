import { Button, DialogTrigger } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { editWorkspaceMutation } from '../../__generated__/editWorkspaceMutation.graphql'
import { DialogFrame } from '../../parts/dialog-frame'
import { NameForm } from '../../parts/name-form'
import { useAct } from '../../parts/use-act'

interface EditWorkspaceProps {
  organization: string
  workspace: { readonly slug: string; readonly name: string; readonly description?: string | null }
}

/** Changes what a workspace is called and what it is for. */
export function EditWorkspace({ organization, workspace }: EditWorkspaceProps) {
  const { act, isBusy, failure, forget } = useAct<editWorkspaceMutation>(graphql`
    mutation editWorkspaceMutation($input: UpdateWorkspaceInput!) {
      updateWorkspace(input: $input) {
        workspace {
          name
          description
          updatedAt
        }
      }
    }
  `)
  return (
    <DialogTrigger onOpenChange={forget}>
      <Button className="button plain" aria-label={`Rename ${workspace.name}…`}>
        Rename…
      </Button>
      <DialogFrame title={`Workspace ${workspace.slug}`}>
        {(close) => (
          <NameForm
            verb="Save"
            name={workspace.name}
            description={workspace.description ?? ''}
            isBusy={isBusy}
            isComplete
            failure={failure}
            onCancel={close}
            onSave={({ name, description }) =>
              act(
                {
                  organization,
                  workspace: workspace.slug,
                  name: name || null,
                  description: description || null,
                },
                close,
              )
            }
          />
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
