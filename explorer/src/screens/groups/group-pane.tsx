import { Button } from 'react-aria-components'
import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { groupPane_sessions$key } from '../../__generated__/groupPane_sessions.graphql'
import type { groupPaneQuery } from '../../__generated__/groupPaneQuery.graphql'
import { absolute, ago, compact, exact, money } from '../../format'
import { useQuery } from '../../gateway/use-query'
import { useNow } from '../../parts/now'
import { visibleName } from '../../parts/show-controls'
import { StateMarks } from '../../parts/state-marks'
import { TableHead } from '../../parts/table-head'
import { Time } from '../../parts/time'
import table from '../../styles/table.module.css'
import { type PagePath, writePath } from '../../view/path'
import { kindTitles, statusTitles } from './group-words'
import styles from './groups-screen.module.css'

/** A group: what is known of it, and its sessions that the viewer sees. */
export function GroupPane({ path, id, onClose }: { path: PagePath; id: string; onClose: () => void }) {
  const { organization, workspace } = path
  const data = useQuery<groupPaneQuery>(
    graphql`
      query groupPaneQuery($organization: String!, $workspace: String!, $id: UUID!) {
        workspace(organization: $organization, slug: $workspace) {
          sessionGroup(id: $id) {
            title
            kind
            status
            worker
            capability
            capabilityVersion
            createdAt
            completedAt
            sessionCount
            sessions(archived: ANY, includeWorkload: true) {
              ...groupPane_sessions
            }
          }
        }
      }
    `,
    { organization, workspace, id },
    { fetchPolicy: 'store-and-network' },
  )
  const group = data.workspace?.sessionGroup
  if (group == null)
    return (
      <article className={styles.pane} aria-label="Group">
        <div className="empty">
          <h1>Nothing to see here</h1>
          <p>There is no such group in this workspace, or none of its sessions is yours to see.</p>
        </div>
      </article>
    )
  const facts = [
    kindTitles[group.kind],
    statusTitles[group.status],
    group.worker && visibleName(group.worker),
    group.capability && visibleName(`${group.capability} ${group.capabilityVersion ?? ''}`),
    `made ${absolute(group.createdAt)}`,
    group.completedAt == null ? null : `done ${absolute(group.completedAt)}`,
  ].filter((fact) => fact != null && fact !== '')
  return (
    <article className={styles.pane} aria-label="Group">
      <div className={table.head}>
        <h1 dir="auto">{visibleName(group.title ?? 'Group')}</h1>
        <span className={table.gap} />
        <Button className="button plain" onPress={onClose} aria-label="Close the group">
          ×
        </Button>
      </div>
      <p className={styles.facts}>{facts.join(' · ')}</p>
      <h2 className={styles.facts}>
        {exact(group.sessionCount)} {group.sessionCount === 1 ? 'session' : 'sessions'}
        {group.sessions.length < group.sessionCount && `, the newest ${exact(group.sessions.length)}`}
      </h2>
      <GroupSessions sessions={group.sessions} path={path} />
    </article>
  )
}

const heads = [
  'session',
  ['agent', 'medium'],
  ['msgs', 'number'],
  ['cost', 'number'],
  ['ago', 'number'],
] as const

/** The sessions of a group; each leads to itself. */
function GroupSessions({ sessions: key, path }: { sessions: groupPane_sessions$key; path: PagePath }) {
  const sessions = useFragment(
    graphql`
      fragment groupPane_sessions on Session @relay(plural: true) {
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
