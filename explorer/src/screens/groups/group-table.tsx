import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { groupTable_groups$key } from '../../__generated__/groupTable_groups.graphql'
import { ago, exact } from '../../format'
import { useNow } from '../../parts/now'
import { visibleName } from '../../parts/show-controls'
import { TableHead } from '../../parts/table-head'
import { Time } from '../../parts/time'
import table from '../../styles/table.module.css'
import type { Address } from '../../view/use-address'
import { kindTitles, statusTitles } from './group-words'
import styles from './groups-screen.module.css'

const heads = [
  'title',
  'kind',
  'status',
  ['project', 'wide'],
  ['sessions', 'number'],
  ['ago', 'number'],
] as const

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
        <TableHead heads={heads} />
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
