import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { topBar_viewer$key } from '../__generated__/topBar_viewer.graphql'
import { holdKey, readKey, signOut } from '../gateway/key'
import { type PagePath, writePath } from '../view/path'
import { useAddress } from '../view/use-address'
import { isOfTeam, noRights, offeredScreens, screenTitles } from './screen-names'
import { SearchBox } from './search-box'
import { ShortcutHelp } from './shortcut-help'
import { useShortcuts } from './shortcuts'
import { toggleTheme } from './theme'
import styles from './top-bar.module.css'

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
          <Menu className="menu" aria-label="Workspaces">
            {viewer.workspaces.map(({ slug, name }) => (
              <MenuItem
                key={slug}
                className="menu-item"
                textValue={name}
                href={writePath({
                  organization: organization.slug,
                  workspace: slug,
                  screen: path.screen,
                  id: null,
                })}
              >
                {name} <span className="muted">{slug}</span>
              </MenuItem>
            ))}
          </Menu>
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
          <Menu className="menu" aria-label="Viewer">
            <MenuItem className="menu-item" href="/graphql" target="_blank">
              GraphiQL
            </MenuItem>
            <MenuItem className="menu-item" href="/docs" target="_blank">
              REST reference
            </MenuItem>
            {readKey() === null ? (
              <MenuItem className="menu-item" onAction={signOut}>
                Sign out
              </MenuItem>
            ) : (
              <MenuItem className="menu-item" onAction={() => holdKey(null, false)}>
                Forget the key
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
    </header>
  )
}
