import { Button, DialogTrigger } from 'react-aria-components'
import { graphql, usePaginationFragment } from 'react-relay'
import type { projectTable_workspace$key } from '../../__generated__/projectTable_workspace.graphql'
import type { projectTableDeleteMutation } from '../../__generated__/projectTableDeleteMutation.graphql'
import type { projectTableEditMutation } from '../../__generated__/projectTableEditMutation.graphql'
import type { projectTablePageQuery } from '../../__generated__/projectTablePageQuery.graphql'
import { exact } from '../../format'
import { AskFirst } from '../../parts/ask-first'
import { DialogFrame } from '../../parts/dialog-frame'
import { RenameDialog } from '../../parts/rename-dialog'
import { visibleName } from '../../parts/show-controls'
import { useAct } from '../../parts/use-act'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import styles from '../team/team-frame.module.css'
import { TeamTable } from '../team/team-table'

const PAGE = 100

interface ProjectTableProps {
  workspace: projectTable_workspace$key
  path: PagePath
  onChanged: () => void
}

/** Projects by key, with what may be done to each. */
export function ProjectTable({ workspace, path, onChanged }: ProjectTableProps) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    projectTablePageQuery,
    projectTable_workspace$key
  >(
    graphql`
      fragment projectTable_workspace on Workspace
      @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
      @refetchable(queryName: "projectTablePageQuery") {
        mayUpdate: viewerCan(act: PROJECT_UPDATE)
        mayDelete: viewerCan(act: PROJECT_DELETE)
        projects(first: $count, after: $cursor) @connection(key: "projectTable_projects") {
          edges {
            node {
              id
              uuid
              slug
              name
              description
              isDefault
              sessionCount
            }
          }
        }
      }
    `,
    workspace,
  )
  return (
    <TeamTable
      what="projects"
      heads={['name', ['key', 'medium'], ['what for', 'wide'], ['sessions you see', 'number']]}
      hasActs
      paging={{ hasNext, isLoadingNext, loadNext, page: PAGE }}
      rows={data.projects.edges.map(({ node: project }) => (
        <tr key={project.id}>
          <th scope="row" dir="auto">
            {visibleName(project.name)}
            {project.isDefault && <span className={styles.mark}>default</span>}
          </th>
          <td className={table.medium}>
            <code>{project.slug}</code>
          </td>
          <td className={table.wide} dir="auto">
            {project.description == null ? (
              <span className="muted">–</span>
            ) : (
              visibleName(project.description)
            )}
          </td>
          <td className={table.number}>{exact(project.sessionCount)}</td>
          <td className={styles.acts}>
            {data.mayUpdate && <EditProject path={path} project={project} />}
            {data.mayDelete && !project.isDefault && (
              <DeleteProject path={path} project={project} onDeleted={onChanged} />
            )}
          </td>
        </tr>
      ))}
    />
  )
}

interface DeleteProjectProps {
  path: PagePath
  project: { readonly uuid: string; readonly name: string }
  onDeleted: () => void
}

/** Deletes a project that nothing belongs to, after asking. */
function DeleteProject({ path, project, onDeleted }: DeleteProjectProps) {
  const { organization, workspace } = path
  const { act, isBusy, failure, forget } = useAct<projectTableDeleteMutation>(graphql`
    mutation projectTableDeleteMutation($input: DeleteProjectInput!) {
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

interface EditProjectProps {
  path: PagePath
  project: { readonly slug: string; readonly name: string; readonly description?: string | null }
}

/** Changes what a project is called and what it is for. */
function EditProject({ path, project }: EditProjectProps) {
  const { organization, workspace } = path
  const { act, isBusy, failure, forget } = useAct<projectTableEditMutation>(graphql`
    mutation projectTableEditMutation($input: UpdateProjectInput!) {
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
