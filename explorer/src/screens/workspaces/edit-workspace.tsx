import { graphql } from 'react-relay'
import type { editWorkspaceMutation } from '../../__generated__/editWorkspaceMutation.graphql'
import { RenameDialog } from '../../parts/rename-dialog'
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
    <RenameDialog
      title={`Workspace ${workspace.slug}`}
      named={workspace}
      isBusy={isBusy}
      failure={failure}
      onOpenChange={forget}
      onSave={(names, close) => act({ organization, workspace: workspace.slug, ...names }, close)}
    />
  )
}
