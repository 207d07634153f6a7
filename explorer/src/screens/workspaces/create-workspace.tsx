import { Button, DialogTrigger } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { createWorkspaceMutation } from '../../__generated__/createWorkspaceMutation.graphql'
import { CreateForm } from '../../parts/create-form'
import { DialogFrame } from '../../parts/dialog-frame'
import { useAct } from '../../parts/use-act'

interface CreateWorkspaceProps {
  organization: string
  onMade: () => void
}

/** Makes a workspace, whose key in addresses stays what it is called now. */
export function CreateWorkspace({ organization, onMade }: CreateWorkspaceProps) {
  return (
    <DialogTrigger>
      <Button className="button primary">New workspace…</Button>
      <DialogFrame title="New workspace">
        {(close) => (
          <NewWorkspace
            organization={organization}
            onMade={() => {
              close()
              onMade()
            }}
            onCancel={close}
          />
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}

function NewWorkspace({ organization, onMade, onCancel }: CreateWorkspaceProps & { onCancel: () => void }) {
  const { act, isBusy, failure } = useAct<createWorkspaceMutation>(graphql`
    mutation createWorkspaceMutation($input: CreateWorkspaceInput!) {
      createWorkspace(input: $input) {
        workspace {
          slug
        }
      }
    }
  `)
  return (
    <CreateForm
      keyIn="addresses"
      example="payments"
      isBusy={isBusy}
      failure={failure}
      onCancel={onCancel}
      onMake={(texts) => act({ organization, ...texts }, onMade)}
    />
  )
}
