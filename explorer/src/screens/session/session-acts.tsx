import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { graphql, useFragment, useRelayEnvironment } from 'react-relay'
import type { sessionActs_session$key } from '../../__generated__/sessionActs_session.graphql'
import type { PagePath } from '../../frame/address'
import { ActButton, fitting } from '../sessions/act-button'
import { type BulkActName, bulkActNames } from '../sessions/bulk-acts'
import { Outcomes } from '../sessions/outcomes'
import { useActRows } from '../sessions/use-act-rows'
import { useBulk } from '../sessions/use-bulk'
import { asCurl, asGraphql } from './copies'
import { exportFormats, saveExport } from './export'

interface SessionActsProps {
  session: sessionActs_session$key
  path: PagePath
  /** After the session was deleted. */
  onGone: () => void
}

/** What the viewer may do to a session, its exports, and how to ask for it elsewhere. */
export function SessionActs({ session: key, path, onGone }: SessionActsProps) {
  const session = useFragment(
    graphql`
      fragment sessionActs_session on Session {
        uuid
        ...useActRows_sessions
      }
    `,
    key,
  )
  const environment = useRelayEnvironment()
  const bulk = useBulk(path, (name) => name === 'delete' && onGone())
  const rows = useActRows([session])
  const run = (name: BulkActName) => bulk.run(name, [session.uuid])
  const copy = (text: string) => void navigator.clipboard.writeText(text)
  return (
    <>
      {bulkActNames.map((name) => (
        <ActButton key={name} name={name} count={fitting(rows, name).length} onRun={() => run(name)} />
      ))}
      <MenuTrigger>
        <Button className="button" aria-label="More">
          ⋯
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label="More">
            {exportFormats.map((format) => (
              <MenuItem
                key={format.name}
                className="menu-item"
                onAction={() => void saveExport(environment, path, session.uuid, format.name)}
              >
                Export as {format.title}
              </MenuItem>
            ))}
            <MenuItem className="menu-item" onAction={() => copy(location.href)}>
              Copy link
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => copy(asCurl(path, session.uuid))}>
              Copy as curl
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => copy(asGraphql(path, session.uuid))}>
              Copy as GraphQL
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <Outcomes bulk={bulk} />
    </>
  )
}
