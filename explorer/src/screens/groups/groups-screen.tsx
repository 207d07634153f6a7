import { Suspense, useDeferredValue, useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { groupsScreen_groups$key } from '../../__generated__/groupsScreen_groups.graphql'
import type { groupsScreenQuery } from '../../__generated__/groupsScreenQuery.graphql'
import { Chips } from '../../filter/chips'
import { ago, exact } from '../../format'
import { useQuery } from '../../gateway/use-query'
import BringIn from '../../parts/bring-in'
import { FailureBoundary } from '../../parts/failure-boundary'
import { Loading } from '../../parts/loading'
import { NoWorkspace } from '../../parts/no-workspace'
import { useNow } from '../../parts/now'
import { visibleName } from '../../parts/show-controls'
import { TableHead } from '../../parts/table-head'
import { Time } from '../../parts/time'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import { toSessionFilter } from '../../view/session-filter'
import { type Address, useAddress } from '../../view/use-address'
import { GroupPane } from './group-pane'
import { kindTitles, statusTitles } from './group-words'
import styles from './groups-screen.module.css'

const LIMIT = 50

/** What ties sessions together, with how many there are of each, and the sessions of the one that is open. */
export default function GroupsScreen({ path }: { path: PagePath }) {
  const address = useAddress(path)
  const [now] = useState(() => new Date())
  return (
    <main className={styles.screen} data-open={path.id !== null} aria-label="Groups">
      <section className={styles.list} aria-label="List of groups">
        <FailureBoundary heading="Groups">
          <Suspense fallback={<Loading what="groups" rows={20} heading="Groups" />}>
            <Groups path={path} address={address} now={now} />
          </Suspense>
        </FailureBoundary>
      </section>
      {path.id !== null && (
        <FailureBoundary key={path.id}>
          <Suspense fallback={<Loading what="the group" rows={12} />}>
            <GroupPane path={path} id={path.id} onClose={() => address.go({ id: null })} />
          </Suspense>
        </FailureBoundary>
      )}
    </main>
  )
}

function Groups({ path, address, now }: { path: PagePath; address: Address; now: Date }) {
  const { organization, workspace } = path
  const [page, setPage] = useState(1)
  const asked = useMemo(
    () => ({ organization, workspace, filter: toSessionFilter(address.filter, now), page, limit: LIMIT }),
    [organization, workspace, address.filter, now, page],
  )
  const shown = useDeferredValue(asked)
  const data = useQuery<groupsScreenQuery>(
    graphql`
      query groupsScreenQuery(
        $organization: String!
        $workspace: String!
        $filter: SessionFilter
        $page: PositiveInt!
        $limit: PositiveInt!
      ) {
        workspace(organization: $organization, slug: $workspace) {
          sessionGroups(filter: $filter, page: $page, limit: $limit) {
            total
            totalPages
            hasNextPage
            hasPreviousPage
            nodes {
              ...groupsScreen_groups
            }
          }
        }
      }
    `,
    shown as groupsScreenQuery['variables'],
    { fetchPolicy: 'store-and-network' },
  )
  const groups = data.workspace?.sessionGroups
  if (groups == null) return <NoWorkspace />
  return (
    <>
      <div className={table.head}>
        <h1>
          {exact(groups.total)} {groups.total === 1 ? 'group' : 'groups'}
        </h1>
        <span className={table.gap} />
        {groups.totalPages > 1 && (
          <>
            <Button className="button" isDisabled={!groups.hasPreviousPage} onPress={() => setPage(page - 1)}>
              Newer
            </Button>
            <span className="muted">
              {exact(page)} of {exact(groups.totalPages)}
            </span>
            <Button className="button" isDisabled={!groups.hasNextPage} onPress={() => setPage(page + 1)}>
              Older
            </Button>
          </>
        )}
      </div>
      <Chips path={path} filter={address.filter} onShow={address.show} />
      {groups.total === 0 ? (
        <div className="empty">
          <h2>No group of sessions</h2>
          <p>
            Sessions come in a group when they name one as they are saved; imported agents that call others
            make groups by themselves.
          </p>
          <BringIn path={path} />
        </div>
      ) : (
        <GroupTable groups={groups.nodes} address={address} open={path.id} isStale={asked !== shown} />
      )}
    </>
  )
}

const heads = [
  'title',
  ['kind', 'medium'],
  'status',
  ['project', 'wide'],
  ['sessions', 'number'],
  ['ago', 'number'],
] as const

interface GroupTableProps {
  groups: groupsScreen_groups$key
  address: Address
  /** Uuid of the group that is open. */
  open: string | null
  isStale: boolean
}

/** Groups, a row each: what they are, how far they are, how many sessions they have. */
function GroupTable({ groups: key, address, open, isStale }: GroupTableProps) {
  const groups = useFragment(
    graphql`
      fragment groupsScreen_groups on SessionGroup @relay(plural: true) {
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
                <td className={table.medium}>{kindTitles[group.kind]}</td>
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
