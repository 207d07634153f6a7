import { Button, DialogTrigger } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { createProjectMutation } from '../../__generated__/createProjectMutation.graphql'
import { CreateForm } from '../../parts/create-form'
import { DialogFrame } from '../../parts/dialog-frame'
import { useAct } from '../../parts/use-act'
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
    <CreateForm
      keyIn="filters"
      example="refunds"
      isBusy={isBusy}
      failure={failure}
      onCancel={onCancel}
      onMake={(texts) => act({ organization, workspace, ...texts, name: texts.name ?? texts.slug }, onMade)}
    />
  )
}
