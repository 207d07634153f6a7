import { type ComponentType, Suspense, useMemo } from 'react'
import { graphql } from 'react-relay'
import { Link, Redirect, useLocation } from 'wouter'
import type { frameQuery } from './__generated__/frameQuery.graphql'
import styles from './frame/frame.module.css'
import type { ScreenName } from './frame/screen-names'
import { TopBar } from './frame/top-bar'
import { useQuery } from './gateway/use-query'
import { FailureBoundary } from './parts/failure-boundary'
import { Loading } from './parts/loading'
import { part } from './parts/part'
import { SessionsScreen } from './screens/sessions/sessions-screen'
import { type PagePath, readPath, writePath } from './view/path'

const screens: Readonly<Record<ScreenName, ComponentType<{ path: PagePath }>>> = {
  sessions: SessionsScreen,
  groups: part(() => import('./screens/groups/groups-screen')),
  members: part(() => import('./screens/members/members-screen')),
  projects: part(() => import('./screens/projects/projects-screen')),
  organizations: part(() => import('./screens/organizations/organizations-screen')),
  workspaces: part(() => import('./screens/workspaces/workspaces-screen')),
  keys: part(() => import('./screens/keys/keys-screen')),
  audit: part(() => import('./screens/audit/audit-screen')),
  overview: part(() => import('./screens/overview/overview-screen')),
}

/** What stands around every screen, and the screen that the address names. */
export function Frame() {
  const [location] = useLocation()
  const path = useMemo(() => readPath(location), [location])
  const { viewer } = useQuery<frameQuery>(
    graphql`
      query frameQuery {
        viewer {
          organization {
            slug
          }
          defaultWorkspace {
            slug
          }
          workspaces {
            slug
          }
          ...topBar_viewer
        }
      }
    `,
    {},
  )
  if (path === null) {
    const workspace = viewer.defaultWorkspace ?? viewer.workspaces[0]
    if (workspace === undefined)
      return <p className="empty">The key may enter no workspace. An admin gives its user a role in one.</p>
    return (
      <Redirect
        to={writePath({
          organization: viewer.organization.slug,
          workspace: workspace.slug,
          screen: 'sessions',
          id: null,
        })}
        replace
      />
    )
  }
  return (
    <div className={styles.frame}>
      <TopBar viewer={viewer} path={path} />
      <FailureBoundary key={`${path.organization}/${path.workspace}/${path.screen}`}>
        <Suspense fallback={<Loading what="the screen" rows={20} />}>
          <Screen path={path} />
        </Suspense>
      </FailureBoundary>
    </div>
  )
}

function Screen({ path }: { path: PagePath }) {
  const Found = screens[path.screen as ScreenName]
  if (Found === undefined)
    return (
      <div className="empty">
        <p>There is no screen of that name.</p>
        <Link to={writePath({ ...path, screen: 'sessions', id: null })}>To the sessions</Link>
      </div>
    )
  return <Found path={path} />
}
