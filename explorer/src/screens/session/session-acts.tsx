import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { graphql, useFragment, useRelayEnvironment } from 'react-relay'
import type { sessionActs_session$key } from '../../__generated__/sessionActs_session.graphql'
import { ActButton, fitting } from '../../acts/act-button'
import { type BulkActName, bulkActNames } from '../../acts/bulk-acts'
import { Outcomes } from '../../acts/outcomes'
import { useActRows } from '../../acts/use-act-rows'
import { useBulk } from '../../acts/use-bulk'
import { Failure } from '../../parts/failure-boundary'
import type { PagePath } from '../../view/path'
import { asCurl, asGraphql } from './copies'
import { exportFormats, saveExport } from './export'
import styles from './session-pane.module.css'

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
  const run = (name: BulkActName) => bulk.run(name, rows)
  const [told, setTold] = useState('')
  const [failure, setFailure] = useState<{ error: Error; again: () => void } | null>(null)
  const attempt = (work: () => Promise<void>, done: string) => {
    setFailure(null)
    setTold('')
    work().then(
      () => setTold(done),
      (error: Error) => setFailure({ error, again: () => attempt(work, done) }),
    )
  }
  const copy = (what: string, text: string) =>
    attempt(() => navigator.clipboard.writeText(text), `${what} copied.`)
  return (
    <>
      {bulkActNames.map((name) => (
        <ActButton key={name} name={name} count={fitting(rows, name).length} onRun={() => run(name)} />
      ))}
      <Button className="button" aria-label="Copy link" onPress={() => copy('Link', location.href)}>
        Copy<span className={styles.wide}> link</span>
      </Button>
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
                onAction={() =>
                  attempt(
                    () => saveExport(environment, path, session.uuid, format.name),
                    `Exported as ${format.title}.`,
                  )
                }
              >
                Export as {format.title}
              </MenuItem>
            ))}
            <MenuItem className="menu-item" onAction={() => copy('curl command', asCurl(path, session.uuid))}>
              Copy as curl
            </MenuItem>
            <MenuItem
              className="menu-item"
              onAction={() => copy('GraphQL document', asGraphql(path, session.uuid))}
            >
              Copy as GraphQL
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <span className="muted" role="status">
        {told}
      </span>
      {failure !== null && <Failure error={failure.error} onRetry={failure.again} />}
      <Outcomes bulk={bulk} />
    </>
  )
}
