import { useVirtualizer } from '@tanstack/react-virtual'
import { Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { graphql, usePaginationFragment } from 'react-relay'
import type { sessionList_workspace$key } from '../../__generated__/sessionList_workspace.graphql'
import type { sessionListPageQuery } from '../../__generated__/sessionListPageQuery.graphql'
import { Emptiness } from '../../filter/emptiness'
import { useShortcuts } from '../../frame/shortcuts'
import { useLatest } from '../../parts/latest'
import { useIsNarrow, useIsVast } from '../../parts/narrow'
import { useNow } from '../../parts/now'
import { part } from '../../parts/part'
import type { PagePath } from '../../view/path'
import type { SessionFilter } from '../../view/session-filter'
import type { Address } from '../../view/use-address'
import { ColumnHeads } from './column-heads'
import { factsOf, isFact, rememberColumns, tracksOf } from './columns'
import { ListHead, loadMenus } from './list-head'
import styles from './session-list.module.css'
import { SessionRow } from './session-row'
import { useColumns } from './use-columns'
import { useFocusBack } from './use-focus-back'
import { useLiveSessions } from './use-live-sessions'
import { useBroughtIn, useLeft } from './use-own-acts'
import { useSelection } from './use-selection'
import { ROW_HEIGHT, TALL_ROW_HEIGHT } from './view-questions'

// What can be done to rows comes behind them, before anybody could choose one.
const ACTS_AFTER_MS = 200
const BulkBar = part(() => import('./bulk-bar'))

/** Sessions a page, behind the first. */
const PAGE = 100
/** Rows before the end at which the next page is asked for. */
const AHEAD = 60
/** A view that is looked at for so long gets its second page before one scrolls. */
const LOOKED_AT_MS = 300

interface SessionListProps {
  workspace: sessionList_workspace$key
  address: Address
  path: PagePath
  filter: SessionFilter
  now: Date
  isStale: boolean
  onRenew: () => void
}

/** A million rows by their cursors: a page more whenever the end comes near. */
export function SessionList({
  workspace,
  address,
  path,
  filter,
  now: moment,
  isStale,
  onRenew,
}: SessionListProps) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    sessionListPageQuery,
    sessionList_workspace$key
  >(
    graphql`
      fragment sessionList_workspace on Workspace
      @argumentDefinitions(
        count: { type: "Int!" }
        cursor: { type: "String" }
        filter: { type: "SessionFilter" }
        orderBy: { type: "SessionOrder" }
      )
      @refetchable(queryName: "sessionListPageQuery") {
        sessions(first: $count, after: $cursor, filter: $filter, orderBy: $orderBy)
          @connection(key: "sessionList_sessions") {
          totalCount
          edges {
            node {
              id
              uuid
              createdAt
              ...sessionRow_session
              ...useActRows_sessions
              ...exportMenu_sessions
            }
          }
        }
      }
    `,
    workspace,
  )
  const loaded = useMemo(() => data.sessions.edges.map(({ node }) => node), [data.sessions.edges])
  const live = useLiveSessions(path, filter, loaded, onRenew)
  const left = useLeft(loaded, path, filter)
  const rows = useMemo(
    () => loaded.filter(({ uuid }) => !live.gone.has(uuid) && !left.has(uuid)),
    [loaded, live.gone, left],
  )
  const total = data.sessions.totalCount - (loaded.length - rows.length)
  const [shown, setShown] = useColumns()
  const { selected, isAll, toggle, toggleAll, clear } = useSelection(rows)
  const [current, setCurrent] = useState(-1)
  const scroller = useRef<HTMLDivElement>(null)
  const now = useNow()
  const [isNarrow, isVast] = [useIsNarrow(), useIsVast()]
  const isSlim = isNarrow || (path.id !== null && !isVast)
  const rowHeight = isSlim && factsOf(shown).length > 0 ? TALL_ROW_HEIGHT : ROW_HEIGHT
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  // Rows of another height begin elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is measured depends on it.
  useLayoutEffect(() => virtual.measure(), [rowHeight, virtual])
  const visible = virtual.getVirtualItems()
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (!hasNext || isLoadingNext || last <= rows.length - AHEAD) return
    const timer = setTimeout(() => loadNext(PAGE), rows.length < PAGE ? LOOKED_AT_MS : 0)
    return () => clearTimeout(timer)
  }, [hasNext, isLoadingNext, last, rows.length, loadNext])

  const open = (uuid: string) => address.go({ id: uuid })
  const move = (by: number) => {
    const next = Math.min(Math.max(current + by, 0), rows.length - 1)
    setCurrent(next)
    virtual.scrollToIndex(next)
    const row = rows[next]
    if (path.id !== null && row !== undefined) open(row.uuid)
  }
  const openAt = useLatest((index: number) => {
    setCurrent(index)
    const row = rows[index]
    if (row !== undefined) open(row.uuid)
  })
  const selectAt = useLatest((index: number, isRange: boolean) => {
    setCurrent(index)
    toggle(index, isRange)
  })
  // The last row may be gone.
  const at = rows[Math.min(current, rows.length - 1)]
  const [canAct, setCanAct] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      setCanAct(true)
      loadMenus().catch(() => {})
    }, ACTS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    x: at && (() => toggle(current)),
    Enter: at && (() => address.enter(at.uuid)),
    Escape: () => (selected.size > 0 ? clear() : path.id !== null && address.go({ id: null })),
  })
  useFocusBack(scroller, path.id)
  const renew = useLatest(() => {
    live.renew()
    onRenew()
    scroller.current?.scrollTo({ top: 0 })
  })
  useBroughtIn(live.newer, () => (scroller.current?.scrollTop ?? 0) === 0 && renew())
  const columns = useMemo(() => (isSlim ? shown.filter((name) => !isFact(name)) : shown), [isSlim, shown])
  const facts = useMemo(() => (isSlim ? factsOf(shown) : []), [isSlim, shown])
  const tracks = tracksOf(columns)
  return (
    <section className={styles.list} data-stale={isStale}>
      <ListHead
        total={total}
        address={address}
        path={path}
        now={moment}
        shown={shown}
        onShow={(names) => {
          rememberColumns(names)
          setShown(names)
        }}
        newer={live.newer.size}
        isLive={live.isLive}
        onRenew={renew}
      />
      {rows.length === 0 ? (
        <Emptiness address={address} path={path} />
      ) : (
        <div
          ref={scroller}
          className={styles.scroller}
          tabIndex={0}
          role="grid"
          aria-label="Sessions"
          aria-rowcount={total + 1}
        >
          <ColumnHeads
            address={address}
            shown={columns}
            tracks={tracks}
            isAllSelected={isAll}
            onSelectAll={toggleAll}
          />
          <div role="presentation" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
            {visible.map(({ index, start }) => {
              const row = rows[index]
              if (row === undefined) return null
              return (
                // By its place: another list writes into the same rows.
                <SessionRow
                  key={index}
                  session={row}
                  index={index}
                  start={start}
                  shown={columns}
                  facts={facts}
                  tracks={tracks}
                  now={now}
                  isSelected={selected.has(row.uuid)}
                  isCurrent={index === current}
                  isOpen={row.uuid === path.id}
                  onOpen={openAt}
                  onSelect={selectAt}
                />
              )
            })}
          </div>
        </div>
      )}
      {canAct && (
        <Suspense fallback={null}>
          <BulkBar
            path={path}
            sessions={rows.filter(({ uuid }) => selected.has(uuid))}
            current={at === undefined ? null : at}
            onClear={clear}
          />
        </Suspense>
      )}
    </section>
  )
}
