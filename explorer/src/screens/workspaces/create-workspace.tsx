import { useState } from 'react'
import { Button, DialogTrigger, Input, Label, TextField } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { createWorkspaceMutation } from '../../__generated__/createWorkspaceMutation.graphql'
import { DialogFrame } from '../../parts/dialog-frame'
import { NameForm } from '../../parts/name-form'
import { useAct } from '../../parts/use-act'
import dialog from '../../styles/dialog.module.css'

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
  const [slug, setSlug] = useState('')
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
    <NameForm
      verb="Make it"
      name=""
      description=""
      isBusy={isBusy}
      isComplete={slug.trim() !== ''}
      failure={failure}
      onCancel={onCancel}
      onSave={({ name, description }) =>
        act({ organization, slug: slug.trim(), name: name || null, description: description || null }, onMade)
      }
    >
      <TextField value={slug} onChange={setSlug} autoFocus isRequired className={dialog.field ?? ''}>
        <Label>Key: lower-case letters, digits and hyphens; it stands in addresses and stays</Label>
        <Input className="field number" placeholder="payments" autoComplete="off" maxLength={63} />
      </TextField>
    </NameForm>
  )
}
