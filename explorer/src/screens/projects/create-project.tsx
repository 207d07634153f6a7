import { useState } from 'react'
import { Button, DialogTrigger, Input, Label, TextField } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { createProjectMutation } from '../../__generated__/createProjectMutation.graphql'
import { DialogFrame } from '../../parts/dialog-frame'
import { NameForm } from '../../parts/name-form'
import { useAct } from '../../parts/use-act'
import dialog from '../../styles/dialog.module.css'
import type { PagePath } from '../../view/path'

interface CreateProjectProps {
  path: PagePath
  onMade: () => void
}

/** Makes a project of a workspace, whose key stays what it is called now. */
export function CreateProject({ path, onMade }: CreateProjectProps) {
  return (
    <DialogTrigger>
      <Button className="button primary">New project…</Button>
      <DialogFrame title={`New project of ${path.workspace}`}>
        {(close) => (
          <NewProject
            path={path}
            onCancel={close}
            onMade={() => {
              close()
              onMade()
            }}
          />
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}

function NewProject({ path, onMade, onCancel }: CreateProjectProps & { onCancel: () => void }) {
  const { organization, workspace } = path
  const [slug, setSlug] = useState('')
  const { act, isBusy, failure } = useAct<createProjectMutation>(graphql`
    mutation createProjectMutation($input: CreateProjectInput!) {
      createProject(input: $input) {
        project {
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
        act(
          {
            ...{ organization, workspace, slug: slug.trim() },
            ...{ name: name || slug.trim(), description: description || null },
          },
          onMade,
        )
      }
    >
      <TextField value={slug} onChange={setSlug} autoFocus isRequired className={dialog.field ?? ''}>
        <Label>Key: lower-case letters, digits and hyphens; it stands in filters and stays</Label>
        <Input className="field number" placeholder="refunds" autoComplete="off" maxLength={63} />
      </TextField>
    </NameForm>
  )
}
