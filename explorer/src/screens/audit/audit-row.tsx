import { memo } from 'react'
import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { auditRow_entry$key } from '../../__generated__/auditRow_entry.graphql'
import { absolute, since } from '../../format'
import { visibleName } from '../../parts/show-controls'
import { type PagePath, writePath } from '../../view/path'
import styles from './audit-screen.module.css'
import { type AuditView, actTitle } from './audit-view'

interface AuditRowProps {
  entry: auditRow_entry$key
  path: PagePath
  index: number
  /** Pixels from the first row, and of the row. */
  start: number
  height: number
  now: number
  onNarrow: (change: Partial<AuditView>) => void
}

const faces = {
  CLI: 'command line',
  DREADNODE: 'workspace API',
  EVERRUNS: 'organization API',
  GATEWAY: 'a retention rule',
  GRAPHQL: 'GraphQL',
  OTLP: 'OpenTelemetry',
} as const

/** An entry: who did what to what; a click on any of them shows the entries that share it. */
export const AuditRow = memo(function AuditRow(props: AuditRowProps) {
  const { entry: key, path, index, start, height, now, onNarrow } = props
  const entry = useFragment(
    graphql`
      fragment auditRow_entry on AuditEntry {
        at
        act
        outcome
        code
        face
        address
        userAgent
        keyPrefix
        userUuid
        user {
          login
        }
        subjectUuid
        subjectName
        session {
          uuid
          title
          previewText
        }
      }
    `,
    key,
  )
  const { session, subjectUuid, userUuid, keyPrefix } = entry
  const who = entry.user?.login ?? (userUuid == null ? null : `${userUuid.slice(0, 8)} (gone)`)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles.row}
      style={{ transform: `translateY(${start}px)`, height }}
    >
      <time role="cell" dateTime={entry.at} title={absolute(entry.at)}>
        {since(entry.at, now)}
      </time>
      <span role="cell" dir="auto">
        {who === null || userUuid == null ? (
          <span className="muted">{keyPrefix == null ? faces[entry.face] : 'a service key'}</span>
        ) : (
          <Narrow text={visibleName(who)} onPress={() => onNarrow({ user: userUuid })} />
        )}
      </span>
      <span role="cell">
        <Narrow text={actTitle(entry.act)} onPress={() => onNarrow({ acts: [entry.act] })} />
      </span>
      <span role="cell" className={styles.subject}>
        {session != null ? (
          <Link
            to={writePath({ ...path, screen: 'sessions', id: session.uuid })}
            className={styles.name ?? ''}
            dir="auto"
          >
            {visibleName(session.title ?? session.previewText ?? 'Untitled')}
          </Link>
        ) : (
          subjectUuid != null && <code title={subjectUuid}>{subjectUuid.slice(0, 8)}</code>
        )}
        {entry.subjectName != null && <code>{visibleName(entry.subjectName)}</code>}
        {subjectUuid != null && (
          <Narrow text="only this" isQuiet onPress={() => onNarrow({ subject: subjectUuid })} />
        )}
      </span>
      <span role="cell" className={entry.outcome === 'REFUSED' ? styles.refused : 'muted'}>
        {entry.outcome === 'REFUSED' ? `✗ ${entry.code ?? 'refused'}` : '✓ done'}
      </span>
      <span
        role="cell"
        className="muted"
        title={entry.userAgent == null ? undefined : visibleName(entry.userAgent)}
      >
        {entry.address == null ? '–' : entry.address}
      </span>
      <span role="cell" className="muted">
        {keyPrefix != null && <Narrow text={keyPrefix} onPress={() => onNarrow({ key: keyPrefix })} isCode />}{' '}
        {faces[entry.face]}
      </span>
    </div>
  )
})

interface NarrowProps {
  text: string
  isQuiet?: boolean
  isCode?: boolean
  onPress: () => void
}

function Narrow({ text, isQuiet = false, isCode = false, onPress }: NarrowProps) {
  const style = isQuiet ? styles.quiet : isCode ? styles.code : ''
  return (
    <button
      type="button"
      className={`${styles.narrow} ${style}`}
      title="Show only entries like this"
      onClick={onPress}
    >
      {text}
    </button>
  )
}
