import { Suspense } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { moveDialogQuery } from '../__generated__/moveDialogQuery.graphql'
import { useQuery } from '../gateway/use-query'
import { Loading } from '../parts/loading'
import { visibleName } from '../parts/show-controls'
import type { PagePath } from '../view/path'
import type { Moved } from './use-bulk'

interface MoveDialogProps {
  path: PagePath
  sessions: readonly Moved[]
  onMove: (sessions: readonly Moved[], projectId: string | null) => void
}

/** Offers the projects that the selected sessions can move to. */
export function MoveDialog({ path, sessions, onMove }: MoveDialogProps) {
  if (sessions.length === 0) return null
  return (
    <MenuTrigger>
      <Button className="button">Move ▾</Button>
      <Popover className="popover">
        <Suspense fallback={<Loading what="projects" rows={3} />}>
          <Projects path={path} onPick={(projectId) => onMove(sessions, projectId)} />
        </Suspense>
      </Popover>
    </MenuTrigger>
  )
}

function Projects({ path, onPick }: { path: PagePath; onPick: (projectId: string | null) => void }) {
  const { workspace } = useQuery<moveDialogQuery>(
    graphql`
      query moveDialogQuery($organization: String!, $workspace: String!) {
        workspace(organization: $organization, slug: $workspace) {
          projects(first: 100) {
            edges {
              node {
                uuid
                name
              }
            }
          }
        }
      }
    `,
    { organization: path.organization, workspace: path.workspace },
  )
  return (
    <Menu className="menu" aria-label="Projects">
      {(workspace?.projects.edges ?? []).map(({ node }) => (
        <MenuItem key={node.uuid} className="menu-item" onAction={() => onPick(node.uuid)}>
          {visibleName(node.name)}
        </MenuItem>
      ))}
      <MenuItem className="menu-item" onAction={() => onPick(null)}>
        No project
      </MenuItem>
    </Menu>
  )
}
