import { all, type Db, empty, literal, prepare, prepareWithValues, type Sql, sql } from '../../db/sql.js'
import { invalidInput } from '../errors.js'
import { type PageOf, type PageRequest, type PageWindow, readPageRequest, toPage } from '../page.js'
import { isPlain, matching, type SessionFilter, type SessionScope } from '../session/filter.js'
import { requireFilter } from '../session/filter-rules.js'
import {
  beyondCursor,
  type ListedSession,
  orderBy,
  requireOrder,
  type SessionOrder,
  sortKey,
  sortValue,
} from './order.js'
import { gatherJoined, type JoinedSession, type SessionSelection } from './selection.js'

const DEFAULT_PAGE = 20
export const MAX_PAGE = 100

/**
 * A page of the matching sessions by cursor; `INVALID_INPUT` for a bad filter, order, length or cursor.
 * Rows have what the selection names.
 */
export async function listSessions(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  order: SessionOrder,
  request: PageRequest,
  selection: SessionSelection,
): Promise<PageOf<ListedSession>> {
  requireFilter(filter)
  requireOrder(order, filter)
  const window = readPageRequest(request, DEFAULT_PAGE, MAX_PAGE)
  const bounds = (['after', 'before'] as const).flatMap((side) => {
    const cursor = window[side]
    return cursor === null ? [] : [beyondCursor(cursor, order, filter, side)]
  })
  const where = all([matching(scope, filter), ...bounds])
  const page = { order, selection, window, where, scope }
  const plain = isPlain(filter)
  // An index gives the rows in this order, so that what joins them is looked up for those of the page alone.
  const isIndexed = order.field !== 'ANNOTATION_SCORE' && order.direction === 'DESC'
  const isInOrder = plain && isIndexed && scope.workspaceIds.length === 1
  const statement = isInOrder ? joinedPage(filter, page) : cutPage(filter, page)
  const rows = await db.$queryRaw<ListedSession[]>(plain ? prepare(statement) : prepareWithValues(statement))
  return toPage(gatherJoined(rows, selection), window)
}

interface Page {
  order: SessionOrder
  selection: SessionSelection
  window: PageWindow
  where: Sql
  scope: SessionScope
}

/** A page in one step. */
function joinedPage(filter: SessionFilter, { order, selection, window, where, scope }: Page): Sql {
  const key = sortKey(order, filter)
  return sql`
    select ${selection.list}${selection.cursors ? sql`, ${sortValue(order, key)} as "sortValue"` : empty}
    from sessions s ${selection.join(scope)} where ${where}
    order by ${orderBy(order, key, window.backward)} limit ${literal(window.limit + 1)}`
}

/** A page that is joined once it is cut: joined to all that match, owners would be looked up before. */
function cutPage(filter: SessionFilter, { order, selection, window, where, scope }: Page): Sql {
  const key = sortKey(order, filter)
  const listedKey = sql`s.sort_key`
  return sql`
    select ${selection.ofPage}${selection.cursors ? sql`, ${sortValue(order, listedKey)} as "sortValue"` : empty}
    from (
      select ${selection.ofSessions}, ${key} as sort_key from sessions s where ${where}
      order by ${orderBy(order, key, window.backward)} limit ${literal(window.limit + 1)}
    ) s ${selection.joinPage(scope)}
    order by ${orderBy(order, listedKey, window.backward)}`
}

export interface SessionPage {
  rows: readonly JoinedSession[]
  /** Matches over all pages, from the same snapshot as the rows. */
  total: number
}

/** A page of the matching sessions by offset, in an order, with what the selection names. */
export interface OffsetPage {
  order: SessionOrder
  offset: number
  limit: number
  selection: SessionSelection
}

/** Refuses a bad order or length. */
export function requireOffsetPage({ order, offset, limit }: OffsetPage, filter: SessionFilter): void {
  requireOrder(order, filter)
  if (offset < 0) throw invalidInput({ path: ['offset'], message: 'Takes 0 or more' })
  if (limit < 0 || limit > MAX_PAGE)
    throw invalidInput({ path: ['limit'], message: `Takes 0 to ${MAX_PAGE}` })
}

/**
 * The rows of a page, as a relation with their `position` among all that match; marked by `prepare` where a statement with
 * it is worth preparing.
 */
export function rowsOfPage(scope: SessionScope, filter: SessionFilter, offsetPage: OffsetPage): Sql {
  const { order, offset, limit, selection } = offsetPage
  const ordered = orderBy(order, sortKey(order, filter))
  const rows = sql`
    select s.position, ${selection.ofPage} from (
      select row_number() over (order by ${ordered})::int as position, ${selection.ofSessions}
      from sessions s where ${matching(scope, filter)} order by ${ordered}
      limit ${literal(limit)} ${offset === 0 ? empty : sql`offset ${offset}`}
    ) s ${selection.joinPage(scope)} order by s.position`
  // How far a page lies behind the first row decides its plan.
  return isPlain(filter) && offset === 0 ? prepare(rows) : rows
}
