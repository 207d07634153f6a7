import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { groupTable_groups$key } from '../../__generated__/groupTable_groups.graphql'
import { absolute, ago, exact } from '../../format'
import { useNow } from '../../parts/now'
import { visibleName } from '../../parts/show-controls'
import table from '../../styles/table.module.css'
import type { Address } from '../../view/use-address'
import { kindTitles, statusTitles } from './group-words'
import styles from './groups-screen.module.css'

interface GroupTableProps {
  groups: groupTable_groups$key
  address: Address
  /** Uuid of the group that is open. */
  open: string | null
  isStale: boolean
}

/** Groups, a row each: what they are, how far they are, how many sessions they have. */
export function GroupTable({ groups: key, address, open, isStale }: GroupTableProps) {
  const groups = useFragment(
    graphql`
      fragment groupTable_groups on SessionGroup @relay(plural: true) {
        uuid
        title
        kind
        status
        worker
        capability
        project {
          name
        }
        sessionCount
        lastMessageAt
        updatedAt
      }
    `,
    key,
  )
  const now = useNow()
  return (
    <div className={`${table.scroller} ${styles.stale}`} data-stale={isStale}>
      <table className={`${table.table} ${styles.rows}`}>
        <thead>
          <tr>
            <th scope="col">title</th>
            <th scope="col">kind</th>
            <th scope="col">status</th>
            <th scope="col" className={table.wide}>
              project
            </th>
            <th scope="col" className={table.number}>
              sessions
            </th>
            <th scope="col" className={table.number}>
              ago
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => {
            const at = group.lastMessageAt ?? group.updatedAt
            return (
              <tr key={group.uuid} data-open={group.uuid === open}>
                <th scope="row">
                  <Link to={address.href({ id: group.uuid })} className={styles.link ?? ''} dir="auto">
                    {visibleName(
                      group.title ?? group.worker ?? group.capability ?? `Group ${group.uuid.slice(0, 8)}`,
                    )}
                  </Link>
                </th>
                <td>{kindTitles[group.kind]}</td>
                <td data-status={group.status}>{statusTitles[group.status]}</td>
                <td className={table.wide}>{group.project && visibleName(group.project.name)}</td>
                <td className={table.number}>{exact(group.sessionCount)}</td>
                <td className={table.number}>
                  <time dateTime={at} title={absolute(at)}>
                    {ago(at, now)}
                  </time>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
