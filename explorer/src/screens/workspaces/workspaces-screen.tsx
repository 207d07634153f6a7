import { useState } from 'react'
import { graphql } from 'react-relay'
import { Link } from 'wouter'
import type { workspacesScreenQuery } from '../../__generated__/workspacesScreenQuery.graphql'
import { absolute, date, exact } from '../../format'
import { useQuery } from '../../gateway/use-query'
import { visibleName } from '../../parts/show-controls'
import table from '../../styles/table.module.css'
import { type PagePath, writePath } from '../../view/path'
import { roles } from '../members/roles'
import { TeamFrame } from '../team/team-frame'
import styles from '../team/team-frame.module.css'
import { CreateWorkspace } from './create-workspace'
import { EditOrganization } from './edit-organization'
import { EditWorkspace } from './edit-workspace'

/** The workspaces that the viewer may enter; admins make new ones, and say what they are called. */
export default function WorkspacesScreen({ path }: { path: PagePath }) {
  return (
    <TeamFrame path={path} screen="workspaces">
      <Workspaces path={path} />
    </TeamFrame>
  )
}

function Workspaces({ path }: { path: PagePath }) {
  const { organization } = path
  const [round, setRound] = useState(0)
  const { viewer } = useQuery<workspacesScreenQuery>(
    graphql`
      query workspacesScreenQuery {
        viewer {
          organization {
            slug
            name
            description
          }
          workspaces {
            id
            slug
            name
            description
            isDefault
            projectCount
            createdAt
            viewerRole
            mayCreate: viewerCan(act: WORKSPACE_CREATE)
            mayUpdate: viewerCan(act: WORKSPACE_UPDATE)
            mayUpdateOrganization: viewerCan(act: ORGANIZATION_UPDATE)
          }
          # The bar offers what is new as well.
          ...topBar_viewer
        }
      }
    `,
    {},
    { fetchPolicy: 'store-and-network', fetchKey: round },
  )
  const { workspaces } = viewer
  // New ones are made from the default one.
  const mayUpdate = workspaces.some(
    ({ isDefault, mayUpdateOrganization }) => isDefault && mayUpdateOrganization,
  )
  const mayCreate = workspaces.some(({ isDefault, mayCreate }) => isDefault && mayCreate)
  return (
    <>
      <div className={table.head}>
        <h1>Workspaces of {organization}</h1>
        <span className="muted" dir="auto">
          {visibleName(viewer.organization.name)}
        </span>
        <span className={table.gap} />
        {mayUpdate && <EditOrganization organization={viewer.organization} />}
        {mayCreate && <CreateWorkspace organization={organization} onMade={() => setRound(round + 1)} />}
      </div>
      <div className={table.scroller} tabIndex={0} role="region" aria-label="List of workspaces">
        <table className={`${table.table} ${styles.rows}`}>
          <thead>
            <tr>
              <th scope="col">name</th>
              <th scope="col" className={table.medium}>
                key
              </th>
              <th scope="col" className={table.wide}>
                what for
              </th>
              <th scope="col">your role</th>
              <th scope="col" className={`${table.medium} ${table.number}`}>
                projects
              </th>
              <th scope="col" className={table.wide}>
                made
              </th>
              <th scope="col">
                <span className="unseen">acts</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {workspaces.map((workspace) => (
              <tr key={workspace.id}>
                <th scope="row" dir="auto">
                  <Link
                    to={writePath({ organization, workspace: workspace.slug, screen: 'sessions', id: null })}
                  >
                    {visibleName(workspace.name)}
                  </Link>
                  {workspace.isDefault && <span className={styles.mark}>default</span>}
                  {workspace.slug === path.workspace && <span className={styles.mark}>you are here</span>}
                </th>
                <td className={table.medium}>
                  <code>{workspace.slug}</code>
                </td>
                <td className={table.wide} dir="auto">
                  {workspace.description == null ? (
                    <span className="muted">–</span>
                  ) : (
                    visibleName(workspace.description)
                  )}
                </td>
                <td title={roles[workspace.viewerRole].may}>{roles[workspace.viewerRole].title}</td>
                <td className={`${table.medium} ${table.number}`}>{exact(workspace.projectCount)}</td>
                <td className={table.wide}>
                  <time dateTime={workspace.createdAt} title={absolute(workspace.createdAt)}>
                    {date(workspace.createdAt)}
                  </time>
                </td>
                <td className={styles.acts}>
                  {workspace.mayUpdate && <EditWorkspace organization={organization} workspace={workspace} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
