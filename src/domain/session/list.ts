import { all, type Db, empty, literal, prepare, sql } from '../../db/prisma.js'
import { invalidInput } from '../errors.js'
import { totalOf } from '../facets/rows.js'
import { type PageOf, type PageRequest, readPageRequest, toPage } from '../page.js'
import type { Session } from './columns.js'
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

/** How many sessions match. */
export async function countSessions(db: Db, scope: SessionScope, filter: SessionFilter): Promise<number> {
  requireFilter(filter)
  const [row] = await db.$queryRaw<{ total: number }[]>(totalOf(scope, filter))
  return row?.total ?? 0
}

export interface SessionPage {
  rows: readonly SessionWithOwner[]
  /** Matches over all pages, from the same snapshot as the rows. */
  total: number
}

/** A page of the matching sessions by offset, with the exact total. Rows have what the selection names. */
export async function pageSessions(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  order: SessionOrder,
  { offset, limit }: { offset: number; limit: number },
  selection: SessionSelection = wholeSessions,
): Promise<SessionPage> {
  requireFilter(filter)
  requireOrder(order, filter)
  if (offset < 0) throw invalidInput({ path: ['offset'], message: 'Takes 0 or more' })
  if (limit < 0 || limit > MAX_PAGE)
    throw invalidInput({ path: ['limit'], message: `Takes 0 to ${MAX_PAGE}` })
  const where = matching(scope, filter)
  const ordered = orderBy(order, sortKey(order, filter))
  const rows = await db.$queryRaw<(Session & { total: number; position: number | null })[]>(sql`
    select matches.total, s.position, ${selection.list}
    from (${totalOf(scope, filter)}) matches left join (
      select row_number() over (order by ${ordered})::int as position, s.*
      from sessions s where ${where} order by ${ordered} limit ${limit} offset ${offset}
    ) s on true ${selection.join}
    order by s.position`)
  const listed = rows.filter(({ position }) => position !== null)
  return { total: rows[0]?.total ?? 0, rows: gatherOwners(listed, selection) }
}
