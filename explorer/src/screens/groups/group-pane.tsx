import { Button } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { groupPaneQuery } from '../../__generated__/groupPaneQuery.graphql'
import { absolute, exact } from '../../format'
import { useQuery } from '../../gateway/use-query'
import { visibleName } from '../../parts/show-controls'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import { GroupSessions } from './group-sessions'
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
              ...groupSessions_sessions
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
