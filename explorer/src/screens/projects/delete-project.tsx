import { Button, DialogTrigger } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { deleteProjectMutation } from '../../__generated__/deleteProjectMutation.graphql'
import { AskFirst } from '../../parts/ask-first'
import { DialogFrame } from '../../parts/dialog-frame'
import { visibleName } from '../../parts/show-controls'
import { useAct } from '../../parts/use-act'
import type { PagePath } from '../../view/path'

interface DeleteProjectProps {
  path: PagePath
  project: { readonly uuid: string; readonly name: string }
  onDeleted: () => void
}

/** Deletes a project that nothing belongs to, after asking. */
export function DeleteProject({ path, project, onDeleted }: DeleteProjectProps) {
  const { organization, workspace } = path
  const { act, isBusy, failure, forget } = useAct<deleteProjectMutation>(graphql`
    mutation deleteProjectMutation($input: DeleteProjectInput!) {
      deleteProject(input: $input) {
        deletedUuid
      }
    }
  `)
  return (
    <DialogTrigger onOpenChange={forget}>
      <Button className="button plain" aria-label={`Delete ${visibleName(project.name)}…`}>
        Delete…
      </Button>
      <DialogFrame role="alertdialog" title={`Delete the project ${visibleName(project.name)}?`}>
        {(close) => (
          <AskFirst
            verb="Delete"
            isBusy={isBusy}
            failure={failure}
            onCancel={close}
            onAgree={() =>
              act({ organization, workspace, project: project.uuid }, () => {
                close()
                onDeleted()
              })
            }
          >
            It goes for good. A project that a session or a group belongs to stays.
          </AskFirst>
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
