import { Button, DialogTrigger } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { editProjectMutation } from '../../__generated__/editProjectMutation.graphql'
import { DialogFrame } from '../../parts/dialog-frame'
import { NameForm } from '../../parts/name-form'
import { useAct } from '../../parts/use-act'
import type { PagePath } from '../../view/path'

interface EditProjectProps {
  path: PagePath
  project: { readonly slug: string; readonly name: string; readonly description?: string | null }
}

/** Changes what a project is called and what it is for. */
export function EditProject({ path, project }: EditProjectProps) {
  const { organization, workspace } = path
  const { act, isBusy, failure, forget } = useAct<editProjectMutation>(graphql`
    mutation editProjectMutation($input: UpdateProjectInput!) {
      updateProject(input: $input) {
        project {
          name
          description
        }
      }
    }
  `)
  return (
    <DialogTrigger onOpenChange={forget}>
      <Button className="button plain" aria-label={`Rename ${project.name}…`}>
        Rename…
      </Button>
      <DialogFrame title={`Project ${project.slug}`}>
        {(close) => (
          <NameForm
            verb="Save"
            name={project.name}
            description={project.description ?? ''}
            isBusy={isBusy}
            isComplete
            failure={failure}
            onCancel={close}
            onSave={({ name, description }) =>
              act(
                {
                  ...{ organization, workspace, project: project.slug },
                  ...{ name: name || null, description: description || null },
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
