import { all, join, raw, type Sql, sql } from '../db/sql.js'
import { isStorable } from '../rules/text.js'
import { isUuid } from '../rules/uuid.js'
import { invalidInput } from './errors.js'
import {
  type CursorValue,
  decodeCursor,
  encodeCursor,
  type PageOf,
  type PageRequest,
  readCursorMoment,
  readPageRequest,
  toPage,
} from './page.js'

/** How a list is ordered: by columns that together are unique in it, whose values its cursors carry. */
export interface Keyset {
  columns: readonly Sql[]
  isDescending?: boolean
  /** The values of a cursor as a row to compare with; null where they are of no cursor of this list. */
  read(values: readonly CursorValue[]): Sql | null
}

/** How many rows a page has where nobody says, and at most. */
export interface PageSize {
  usual: number
  most: number
}

/** What most lists give: 50 rows unless said otherwise, up to 200. */
export const usualPage: PageSize = { usual: 50, most: 200 }

/**
 * Reads a page of the rows that meet the conditions, by a keyset. `select` reads them by what follows its `from`: where, order and limit.
 * `INVALID_INPUT` for a request that is no page, and for cursors of other lists.
 */
export async function readPage<Row>(
  request: PageRequest,
  { usual, most }: PageSize,
  { columns, isDescending = false, read }: Keyset,
  conditions: readonly Sql[],
  select: (rest: Sql) => Promise<Row[]>,
): Promise<PageOf<Row>> {
  const window = readPageRequest(request, usual, most)
  const { backward, limit, after, before } = window
  const beyond = (cursor: string | null, path: string, isLater: boolean) => {
    if (cursor === null) return []
    const row = read(decodeCursor(cursor) ?? [])
    if (row === null) throw invalidInput({ path: [path], message: 'Not a cursor of this list' })
    return [sql`(${join([...columns], ', ')}) ${isLater === isDescending ? sql`<` : sql`>`} ${row}`]
  }
  const bounds = all([...conditions, ...beyond(after, 'after', true), ...beyond(before, 'before', false)])
  const direction = backward === isDescending ? sql`asc` : sql`desc`
  const order = join(
    columns.map((column) => sql`${column} ${direction}`),
    ', ',
  )
  return toPage(await select(sql`where ${bounds} order by ${order} limit ${limit + 1}::int`), window)
}

/** By when rows of this alias were made, then uuid. */
export const byTime = (alias: string): Keyset => ({
  columns: [raw(`${alias}.created_at`), raw(`${alias}.id`)],
  read: ([time, id, ...rest]) => {
    const moment = readCursorMoment(time)
    const isWhole = moment !== null && typeof id === 'string' && isUuid(id) && rest.length === 0
    return isWhole ? sql`(${moment}::timestamptz, ${id}::uuid)` : null
  },
})

/** Where a row stands in a list by time. */
export const timeCursor = ({ createdAt, id }: { createdAt: Date; id: string }): string =>
  encodeCursor([createdAt.getTime(), id])

/** By a name of rows of this alias, by code points, then uuid. */
export const byName = (alias: string, column: string): Keyset => ({
  columns: [raw(`${alias}.${column} collate "C"`), raw(`${alias}.id`)],
  read: ([name, id, ...rest]) => {
    const isWhole = isName(name) && typeof id === 'string' && isUuid(id) && rest.length === 0
    return isWhole ? sql`(${name}, ${id}::uuid)` : null
  },
})

/** Where a row stands in a list by name. */
export const nameCursor = (name: string, id: string): string => encodeCursor([name, id])

/** Whether a value of a cursor may be a name. */
export function isName(value: CursorValue | undefined): value is string {
  return typeof value === 'string' && isStorable(value)
}
