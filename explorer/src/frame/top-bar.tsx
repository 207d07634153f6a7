import { Suspense, useEffect, useRef, useState } from 'react'
import { Button, Input, MenuTrigger, Popover, SearchField } from 'react-aria-components'
import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { topBar_viewer$key } from '../__generated__/topBar_viewer.graphql'
import { part } from '../parts/part'
import { uuid } from '../view/address'
import type { PagePath } from '../view/path'
import { useAddress } from '../view/use-address'
import { isOfTeam, noRights, offeredScreens, screenTitles } from './screen-names'
import { ShortcutHelp } from './shortcut-help'
import { useShortcuts } from './shortcuts'
import { toggleTheme } from './theme'
import styles from './top-bar.module.css'

const loadMenus = () => import('./top-menus')
const WorkspacesMenu = part(async () => ({ default: (await loadMenus()).WorkspacesMenu }))
const ViewerMenu = part(async () => ({ default: (await loadMenus()).ViewerMenu }))
const BringInDialog = part(async () => ({ default: (await loadMenus()).BringInDialog }))

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
  const [isBringingIn, setIsBringingIn] = useState(false)
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
            <ViewerMenu onBringIn={() => setIsBringingIn(true)} />
          </Suspense>
        </Popover>
      </MenuTrigger>
      {isBringingIn && (
        <Suspense>
          <BringInDialog path={path} onClose={() => setIsBringingIn(false)} />
        </Suspense>
      )}
    </header>
  )
}

const PAUSE_MS = 200

/** Searches the sessions as one types; the id of a session opens it. */
function SearchBox({ path }: { path: PagePath }) {
  const address = useAddress(path)
  const { search } = address.filter
  const [text, setText] = useState(search)
  const [written, setWritten] = useState(search)
  const input = useRef<HTMLInputElement>(null)
  // The address changed by itself: by Back, or by a chip that was taken off.
  if (search !== written) {
    setWritten(search)
    setText(search)
  }
  useEffect(() => {
    if (text === written) return
    const timer = setTimeout(() => {
      setWritten(text)
      if (uuid.test(text.trim())) address.go({ screen: 'sessions', id: text.trim().toLowerCase() })
      else if (path.screen === 'sessions')
        address.show({ ...address.filter, search: text }, { replace: true })
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, written, address, path.screen])
  useShortcuts({ '/': () => input.current?.focus() })
  return (
    <SearchField
      className={styles.search ?? ''}
      aria-label="Search sessions"
      value={text}
      onChange={setText}
      onSubmit={() => {
        input.current?.blur()
        // Other screens are not what one searches for.
        if (path.screen !== 'sessions')
          address.go({ screen: 'sessions', id: null }, { ...address.filter, search: text })
      }}
      maxLength={200}
    >
      <Input ref={input} className="field" placeholder="/ search, or paste an id" />
    </SearchField>
  )
}
