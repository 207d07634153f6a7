import { useState } from 'react'
import { Button } from 'react-aria-components'
import { graphql } from 'react-relay'
import { Link } from 'wouter'
import type { workspacesScreenQuery } from '../../__generated__/workspacesScreenQuery.graphql'
import type { workspacesScreenRenameMutation } from '../../__generated__/workspacesScreenRenameMutation.graphql'
import type { workspacesScreenRenameOrganizationMutation } from '../../__generated__/workspacesScreenRenameOrganizationMutation.graphql'
import { date, exact } from '../../format'
import { useQuery } from '../../gateway/use-query'
import { RenameDialog } from '../../parts/rename-dialog'
import { visibleName } from '../../parts/show-controls'
import { Time } from '../../parts/time'
import { useAct } from '../../parts/use-act'
import table from '../../styles/table.module.css'
import { type PagePath, writePath } from '../../view/path'
import { roles } from '../members/roles'
import { TeamFrame } from '../team/team-frame'
import styles from '../team/team-frame.module.css'
import { TeamTable } from '../team/team-table'
import { CreateWorkspace } from './create-workspace'

const heads = [
  'name',
  ['key', 'medium'],
  ['what for', 'wide'],
  'your role',
  ['projects', 'medium', 'number'],
  ['made', 'wide'],
] as const

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
      <TeamTable
        what="workspaces"
        heads={heads}
        hasActs
        rows={workspaces.map((workspace) => (
          <tr key={workspace.id}>
            <th scope="row" dir="auto">
              <Link to={writePath({ organization, workspace: workspace.slug, screen: 'sessions', id: null })}>
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
              <Time at={workspace.createdAt}>{date(workspace.createdAt)}</Time>
            </td>
            <td className={styles.acts}>
              {workspace.mayUpdate && <EditWorkspace organization={organization} workspace={workspace} />}
            </td>
          </tr>
        ))}
      />
    </>
  )
}

interface EditOrganizationProps {
  organization: { readonly slug: string; readonly name: string; readonly description?: string | null }
}

/** Changes what the viewer's organization is called and what it is. */
function EditOrganization({ organization: { slug, name, description } }: EditOrganizationProps) {
  const { act, isBusy, failure, forget } = useAct<workspacesScreenRenameOrganizationMutation>(graphql`
    mutation workspacesScreenRenameOrganizationMutation($input: UpdateOrganizationInput!) {
      updateOrganization(input: $input) {
        organization {
          name
          description
        }
      }
    }
  `)
  return (
    <RenameDialog
      title={`Organization ${slug}`}
      button={<Button className="button">Rename the organization…</Button>}
      named={{ name, description: description ?? null }}
      isBusy={isBusy}
      failure={failure}
      onOpenChange={forget}
      onSave={(names, close) => act({ organization: slug, ...names }, close)}
    />
  )
}

interface EditWorkspaceProps {
  organization: string
  workspace: { readonly slug: string; readonly name: string; readonly description?: string | null }
}

/** Changes what a workspace is called and what it is for. */
function EditWorkspace({ organization, workspace }: EditWorkspaceProps) {
  const { act, isBusy, failure, forget } = useAct<workspacesScreenRenameMutation>(graphql`
    mutation workspacesScreenRenameMutation($input: UpdateWorkspaceInput!) {
      updateWorkspace(input: $input) {
        workspace {
          name
          description
          updatedAt
        }
      }
    }
  `)
  return (
    <RenameDialog
      title={`Workspace ${workspace.slug}`}
      named={workspace}
      isBusy={isBusy}
      failure={failure}
      onOpenChange={forget}
      onSave={(names, close) => act({ organization, workspace: workspace.slug, ...names }, close)}
    />
  )
}
