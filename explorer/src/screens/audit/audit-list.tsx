import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { graphql, usePaginationFragment } from 'react-relay'
import type { auditList_organization$key } from '../../__generated__/auditList_organization.graphql'
import type { auditListPageQuery } from '../../__generated__/auditListPageQuery.graphql'
import { useIsNarrow } from '../../parts/narrow'
import { useNow } from '../../parts/now'
import type { PagePath } from '../../view/path'
import { AuditRow } from './audit-row'
import styles from './audit-screen.module.css'
import type { AuditAddress } from './use-audit-address'

const ROW_HEIGHT = 36
const NARROW_HEIGHT = 60
const PAGE = 200
/** Rows before the end at which the next page is asked for. */
const AHEAD = 60

interface AuditListProps {
  organization: auditList_organization$key
  path: PagePath
  address: AuditAddress
  isStale: boolean
}

/** Entries, newest first, as many as there are: a page more whenever the end comes near. */
export function AuditList({ organization, path, address, isStale }: AuditListProps) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    auditListPageQuery,
    auditList_organization$key
  >(
    graphql`
      fragment auditList_organization on Organization
      @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }, filter: { type: "AuditFilter" })
      @refetchable(queryName: "auditListPageQuery") {
        auditEntries(first: $count, after: $cursor, filter: $filter) @connection(key: "auditList_auditEntries") {
          edges {
            cursor
            node {
              ...auditRow_entry
            }
          }
        }
      }
    `,
    organization,
  )
  const { edges } = data.auditEntries
  const scroller = useRef<HTMLDivElement>(null)
  const now = useNow()
  const height = useIsNarrow() ? NARROW_HEIGHT : ROW_HEIGHT
  const virtual = useVirtualizer({
    count: edges.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights are measured anew.
  useEffect(() => virtual.measure(), [height])
  const visible = virtual.getVirtualItems()
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasNext && !isLoadingNext && last > edges.length - AHEAD) loadNext(PAGE)
  }, [hasNext, isLoadingNext, last, edges.length, loadNext])
  if (edges.length === 0)
    return (
      <div className="empty">
        <h2>Nothing of the kind was done</h2>
        <p className="muted">
          Reading leaves no entry, and what changes nothing leaves none. Take a filter off, or look at a
          longer time.
        </p>
      </div>
    )
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      data-stale={isStale}
      tabIndex={0}
      role="table"
      aria-label="Entries"
      aria-rowcount={hasNext ? -1 : edges.length + 1}
    >
      <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.heads}`}>
        {['when', 'who', 'did', 'what', 'outcome', 'from', 'by'].map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {visible.map(({ index, start }) => {
          const edge = edges[index]
          return (
            edge && (
              <AuditRow
                key={edge.cursor}
                entry={edge.node}
                path={path}
                index={index}
                start={start}
                height={height}
                now={now}
                onNarrow={address.show}
              />
            )
          )
        })}
      </div>
    </div>
  )
}
