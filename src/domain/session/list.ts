import { all, type Db, empty, literal, prepare, type Sql, sql } from '../../db/prisma.js'
import { invalidInput } from '../errors.js'
import { type PageOf, type PageRequest, readPageRequest, toPage } from '../page.js'
import { matching, type SessionFilter, type SessionScope } from './filter.js'
import { requireFilter } from './filter-rules.js'
import {
  beyondCursor,
  type ListedSession,
  orderBy,
  requireOrder,
  type SessionOrder,
  sortKey,
  sortValue,
} from './order.js'
import { gatherOwners, type SessionSelection, type SessionWithOwner, wholeSessions } from './selection.js'

const DEFAULT_PAGE = 20
export const MAX_PAGE = 100

/**
 * A stretch of the matching sessions by cursor; `INVALID_INPUT` for a bad filter, order, length or cursor.
 * Rows have what the selection names.
 */
export async function listSessions(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  order: SessionOrder,
  request: PageRequest,
  selection: SessionSelection = wholeSessions,
): Promise<PageOf<ListedSession>> {
  requireFilter(filter)
  requireOrder(order, filter)
  const window = readPageRequest(request, DEFAULT_PAGE, MAX_PAGE)
  const bounds = (['after', 'before'] as const).flatMap((side) => {
    const cursor = window[side]
    return cursor === null ? [] : [beyondCursor(cursor, order, filter, side)]
  })
  const key = sortKey(order, filter)
  const listedKey = sql`s.sort_key`
  // Owners join the page: joined to all that match, they would be looked up before the page is cut.
  const statement = sql`
    select ${selection.list}${selection.cursors ? sql`, ${sortValue(order, listedKey)} as "sortValue"` : empty}
    from (
      select s.*, ${key} as sort_key from sessions s where ${all([matching(scope, filter), ...bounds])}
      order by ${orderBy(order, key, window.backward)} limit ${literal(window.limit + 1)}
    ) s ${selection.join}
    order by ${orderBy(order, listedKey, window.backward)}`
  const isPlain = Object.values(filter).every((value) => value === undefined || value === null)
  const rows = await db.$queryRaw<ListedSession[]>(isPlain ? prepare(statement) : statement)
  return toPage(gatherOwners(rows, selection), window)
}

export interface SessionPage {
  rows: readonly SessionWithOwner[]
  /** Matches over all pages, from the same snapshot as the rows. */
  total: number
}

/** A stretch of the matching sessions by offset, in an order, with what the selection names. */
export interface Stretch {
  order: SessionOrder
  offset: number
  limit: number
  selection: SessionSelection
}

/** Refuses a bad order or length. */
export function requireStretch({ order, offset, limit }: Stretch, filter: SessionFilter): void {
  requireOrder(order, filter)
  if (offset < 0) throw invalidInput({ path: ['offset'], message: 'Takes 0 or more' })
  if (limit < 0 || limit > MAX_PAGE)
    throw invalidInput({ path: ['limit'], message: `Takes 0 to ${MAX_PAGE}` })
}

/** The rows of a stretch, as a relation with their `position` among all that match. */
export function rowsOfStretch(scope: SessionScope, filter: SessionFilter, stretch: Stretch): Sql {
  const { order, offset, limit, selection } = stretch
  const ordered = orderBy(order, sortKey(order, filter))
  return sql`
    select s.position, ${selection.list} from (
      select row_number() over (order by ${ordered})::int as position, s.*
      from sessions s where ${matching(scope, filter)} order by ${ordered} limit ${limit} offset ${offset}
    ) s ${selection.join} order by s.position`
}
