import { graphql, usePaginationFragment } from 'react-relay'
import type { projectTable_workspace$key } from '../../__generated__/projectTable_workspace.graphql'
import type { projectTablePageQuery } from '../../__generated__/projectTablePageQuery.graphql'
import { exact } from '../../format'
import { visibleName } from '../../parts/show-controls'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import styles from '../team/team-frame.module.css'
import { TeamTable } from '../team/team-table'
import { DeleteProject } from './delete-project'
import { EditProject } from './edit-project'

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
