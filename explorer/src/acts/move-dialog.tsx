import { Suspense } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { graphql, usePaginationFragment } from 'react-relay'
import type { moveDialog_workspace$key } from '../__generated__/moveDialog_workspace.graphql'
import type { moveDialogPageQuery } from '../__generated__/moveDialogPageQuery.graphql'
import type { moveDialogQuery } from '../__generated__/moveDialogQuery.graphql'
import { useQuery } from '../gateway/use-query'
import { FailureBoundary } from '../parts/failure-boundary'
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
        <FailureBoundary>
          <Suspense fallback={<Loading what="projects" rows={3} />}>
            <Projects path={path} onPick={(projectId) => onMove(sessions, projectId)} />
          </Suspense>
        </FailureBoundary>
      </Popover>
    </MenuTrigger>
  )
}

const PAGE = 100

interface ProjectsProps {
  path: PagePath
  onPick: (projectId: string | null) => void
}

function Projects({ path: { organization, workspace }, onPick }: ProjectsProps) {
  const data = useQuery<moveDialogQuery>(
    graphql`
      query moveDialogQuery($organization: String!, $workspace: String!, $count: Int!) {
        workspace(organization: $organization, slug: $workspace) {
          ...moveDialog_workspace @arguments(count: $count)
        }
      }
    `,
    { organization, workspace, count: PAGE },
  )
  return data.workspace && <ProjectMenu workspace={data.workspace} onPick={onPick} />
}

interface ProjectMenuProps {
  workspace: moveDialog_workspace$key
  onPick: ProjectsProps['onPick']
}

function ProjectMenu({ workspace, onPick }: ProjectMenuProps) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    moveDialogPageQuery,
    moveDialog_workspace$key
  >(
    graphql`
      fragment moveDialog_workspace on Workspace
      @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
      @refetchable(queryName: "moveDialogPageQuery") {
        projects(first: $count, after: $cursor) @connection(key: "moveDialog_projects") {
          edges {
            node {
              uuid
              name
            }
          }
        }
      }
    `,
    workspace,
  )
  return (
    <>
      <Menu className="menu" aria-label="Projects">
        {data.projects.edges.map(({ node }) => (
          <MenuItem key={node.uuid} className="menu-item" onAction={() => onPick(node.uuid)}>
            {visibleName(node.name)}
          </MenuItem>
        ))}
        <MenuItem className="menu-item" onAction={() => onPick(null)}>
          No project
        </MenuItem>
      </Menu>
      {hasNext && (
        <Button className="button plain" isDisabled={isLoadingNext} onPress={() => loadNext(PAGE)}>
          Show more projects
        </Button>
      )}
    </>
  )
}
