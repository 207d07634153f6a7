import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { groupSessions_sessions$key } from '../../__generated__/groupSessions_sessions.graphql'
import { ago, compact, exact, money } from '../../format'
import { useNow } from '../../parts/now'
import { visibleName } from '../../parts/show-controls'
import { StateMarks } from '../../parts/state-marks'
import { TableHead } from '../../parts/table-head'
import { Time } from '../../parts/time'
import table from '../../styles/table.module.css'
import { type PagePath, writePath } from '../../view/path'
import styles from './groups-screen.module.css'

const heads = [
  'session',
  ['agent', 'medium'],
  ['msgs', 'number'],
  ['cost', 'number'],
  ['ago', 'number'],
] as const

/** The sessions of a group; each leads to itself. */
export function GroupSessions({
  sessions: key,
  path,
}: {
  sessions: groupSessions_sessions$key
  path: PagePath
}) {
  const sessions = useFragment(
    graphql`
      fragment groupSessions_sessions on Session @relay(plural: true) {
        uuid
        title
        previewText
        agent
        messageCount
        createdAt
        lastMessageAt
        usage {
          totalCostUsd
        }
        ...stateMarks_session
      }
    `,
    key,
  )
  const now = useNow()
  return (
    <div className={table.scroller}>
      <table className={`${table.table} ${styles.rows}`}>
        <TableHead heads={heads} />
        <tbody>
          {sessions.map((session) => {
            const at = session.lastMessageAt ?? session.createdAt
            return (
              <tr key={session.uuid}>
                <th scope="row">
                  <Link
                    to={writePath({ ...path, screen: 'sessions', id: session.uuid })}
                    className={styles.link ?? ''}
                    dir="auto"
                  >
                    {visibleName(session.title ?? session.previewText ?? 'Untitled')}{' '}
                    <StateMarks session={session} />
                  </Link>
                </th>
                <td className={table.medium}>{session.agent && visibleName(session.agent)}</td>
                <td className={table.number} title={exact(session.messageCount)}>
                  {compact(session.messageCount)}
                </td>
                <td className={table.number}>{money(session.usage.totalCostUsd as string | null)}</td>
                <td className={table.number}>
                  <Time at={at}>{ago(at, now)}</Time>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
