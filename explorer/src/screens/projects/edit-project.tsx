import { graphql } from 'react-relay'
import type { editProjectMutation } from '../../__generated__/editProjectMutation.graphql'
import { RenameDialog } from '../../parts/rename-dialog'
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
    <RenameDialog
      title={`Project ${project.slug}`}
      named={project}
      isBusy={isBusy}
      failure={failure}
      onOpenChange={forget}
      onSave={(names, close) => act({ organization, workspace, project: project.slug, ...names }, close)}
    />
  )
}
