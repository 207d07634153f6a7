import { lazy, Suspense } from 'react'
import { Button, MenuTrigger, Popover } from 'react-aria-components'
import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { topBar_viewer$key } from '../__generated__/topBar_viewer.graphql'
import type { PagePath } from '../view/path'
import { useAddress } from '../view/use-address'
import { isOfTeam, noRights, offeredScreens, screenTitles } from './screen-names'
import { SearchBox } from './search-box'
import { ShortcutHelp } from './shortcut-help'
import { useShortcuts } from './shortcuts'
import { toggleTheme } from './theme'
import styles from './top-bar.module.css'

const loadMenus = () => import('./top-menus')
const WorkspacesMenu = lazy(() => loadMenus().then(({ WorkspacesMenu }) => ({ default: WorkspacesMenu })))
const ViewerMenu = lazy(() => loadMenus().then(({ ViewerMenu }) => ({ default: ViewerMenu })))

/** Where one is, where else one may go, the search, and whose key it is. */
export function TopBar({ viewer: key, path }: { viewer: topBar_viewer$key; path: PagePath }) {
  const viewer = useFragment(
    graphql`
      fragment topBar_viewer on Viewer {
        user {
          login
        }
        organization {
          slug
        }
        workspaces {
          slug
          name
          mayListKeys: viewerCan(act: KEY_LIST)
          mayReadAudit: viewerCan(act: AUDIT_READ)
          mayListOrganizations: viewerCan(act: ORGANIZATION_LIST)
        }
      }
    `,
    key,
  )
  const { organization } = viewer
  const workspace = viewer.workspaces.find(({ slug }) => slug === path.workspace)
  const offered = offeredScreens(workspace ?? noRights)
  const address = useAddress(path)
  useShortcuts(
    Object.fromEntries(
      offered.map((screen) => [screenTitles[screen].key, () => address.go({ screen, id: null })]),
    ),
  )
  return (
    <header className={styles.bar}>
      <MenuTrigger>
        <Button className="button plain" aria-label={`Workspace ${organization.slug} / ${path.workspace}`}>
          <img src="/assets/favicon.svg" alt="" width={18} height={18} />
          <span className={styles.place}>
            {organization.slug} / {path.workspace}
          </span>{' '}
          ▾
        </Button>
        <Popover className="popover">
          <Suspense>
            <WorkspacesMenu
              organization={organization.slug}
              workspaces={viewer.workspaces}
              screen={path.screen}
            />
          </Suspense>
        </Popover>
      </MenuTrigger>
      <nav className={styles.screens} aria-label="Screens">
        {offered
          .filter((screen) => !isOfTeam(screen))
          .map((screen) => (
            <Link
              key={screen}
              to={address.href({ screen, id: null })}
              className={styles.screen ?? ''}
              aria-current={path.screen === screen ? 'page' : undefined}
            >
              {screenTitles[screen].title}
            </Link>
          ))}
        <Link
          to={address.href({ screen: 'members', id: null })}
          className={styles.screen ?? ''}
          aria-current={isOfTeam(path.screen) ? 'true' : undefined}
        >
          Team
        </Link>
      </nav>
      <SearchBox path={path} />
      <ShortcutHelp screens={offered} />
      <Button className="button plain" onPress={toggleTheme} aria-label="Light or dark">
        ☾
      </Button>
      <MenuTrigger>
        <Button className="button plain">{viewer.user?.login ?? 'service key'} ▾</Button>
        <Popover className="popover">
          <Suspense>
            <ViewerMenu />
          </Suspense>
        </Popover>
      </MenuTrigger>
    </header>
  )
}
