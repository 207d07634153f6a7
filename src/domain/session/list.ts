import { all, type Db, prepare, sql } from '../../db/prisma.js'
import { invalidInput } from '../errors.js'
import { totalOf } from '../facets/rows.js'
import { type PageOf, type PageRequest, readPageRequest, toPage } from '../page.js'
import { type Session, sessionColumns } from './columns.js'
import { matching, type SessionFilter, type SessionScope } from './filter.js'
import { requireFilter } from './filter-rules.js'
import {
  beyondCursor,
  type ListedSession,
  orderBy,
  requireOrder,
  type SessionOrder,
  sortValue,
} from './order.js'

const DEFAULT_PAGE = 20
export const MAX_PAGE = 100

/** A stretch of the matching sessions by cursor; `INVALID_INPUT` for a bad filter, order, length or cursor. */
export async function listSessions(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  order: SessionOrder,
  request: PageRequest,
): Promise<PageOf<ListedSession>> {
  requireFilter(filter)
  requireOrder(order, filter)
  const window = readPageRequest(request, DEFAULT_PAGE, MAX_PAGE)
  const bounds = (['after', 'before'] as const).flatMap((side) => {
    const cursor = window[side]
    return cursor === null ? [] : [beyondCursor(cursor, order, filter, side)]
  })
  const statement = sql`
    select ${sessionColumns}, ${sortValue(order, filter)} from sessions s
    where ${all([matching(scope, filter), ...bounds])}
    order by ${orderBy(order, filter, window.backward)} limit ${window.limit + 1}`
  const isPlain = Object.values(filter).every((value) => value === undefined || value === null)
  const rows = await db.$queryRaw<ListedSession[]>(isPlain ? prepare(statement) : statement)
  return toPage(rows, window)
}

/** How many sessions match. */
export async function countSessions(db: Db, scope: SessionScope, filter: SessionFilter): Promise<number> {
  requireFilter(filter)
  const [row] = await db.$queryRaw<{ total: number }[]>(totalOf(scope, filter))
  return row?.total ?? 0
}

export interface SessionPage {
  rows: Session[]
  /** Matches over all pages, from the same snapshot as the rows. */
  total: number
}

/** A page of the matching sessions by offset, with the exact total. */
export async function pageSessions(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  order: SessionOrder,
  { offset, limit }: { offset: number; limit: number },
): Promise<SessionPage> {
  requireFilter(filter)
  requireOrder(order, filter)
  if (offset < 0) throw invalidInput({ path: ['offset'], message: 'Takes 0 or more' })
  if (limit < 0 || limit > MAX_PAGE)
    throw invalidInput({ path: ['limit'], message: `Takes 0 to ${MAX_PAGE}` })
  const where = matching(scope, filter)
  const rows = await db.$queryRaw<(Session & { total: number; position: number | null })[]>(sql`
    with page as (
      select row_number() over (order by ${orderBy(order, filter)})::int as position, ${sessionColumns}
      from sessions s where ${where} order by ${orderBy(order, filter)} limit ${limit} offset ${offset}
    )
    select matches.total, page.*
    from (${totalOf(scope, filter)}) matches left join page on true
    order by page.position`)
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.flatMap(({ total: _, position, ...session }) => (position === null ? [] : [session])),
  }
}
