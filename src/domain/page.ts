import { type Sql, sql } from '../db/prisma.js'
import { isStorable } from '../rules/text.js'
import { isStorableTime } from '../rules/time.js'
import { isUuid } from '../rules/uuid.js'
import { invalidInput } from './errors.js'

/** A request for a page of a connection, as Relay has it. */
export interface PageRequest {
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
}

/** A page request after its rules: the bounds, and how many rows to take from which end of what lies between. */
export interface PageWindow {
  backward: boolean
  limit: number
  after: string | null
  before: string | null
}

/** A page of rows, in the connection's order, with what lies beyond it. */
export interface PageOf<Row> {
  rows: readonly Row[]
  hasNextPage: boolean
  hasPreviousPage: boolean
}

/**
 * Reads a page request. Both cursors bound the rows; `first` takes from their beginning, `last` from their end.
 * Without a length it is the default one, from the end when only `before` is given.
 * Refuses both lengths at once, and lengths outside 0..max.
 */
export function readPageRequest(request: PageRequest, defaultLimit: number, maxLimit: number): PageWindow {
  const { first = null, last = null, after = null, before = null } = request
  if (first !== null && last !== null)
    throw invalidInput({ path: ['last'], message: 'Takes first or last, not both' })
  const backward = last !== null || (first === null && before !== null && after === null)
  const limit = first ?? last ?? defaultLimit
  if (limit < 0 || limit > maxLimit)
    throw invalidInput({ path: [backward ? 'last' : 'first'], message: `Takes 0 to ${maxLimit}` })
  return { backward, limit, after, before }
}

/**
 * Turns rows read in a window's direction, one more than asked for, into a page. A cursor is taken to be that of a row,
 * so there is a page on its other side. Whoever leaves rows out on the way says that there are more.
 */
export function toPage<Row>(
  rows: readonly Row[],
  { backward, limit, after, before }: PageWindow,
  more = rows.length > limit,
): PageOf<Row> {
  const kept = rows.slice(0, limit)
  return {
    rows: backward ? kept.reverse() : kept,
    hasNextPage: backward ? before !== null : more,
    hasPreviousPage: backward ? more : after !== null,
  }
}

/** An opaque cursor that carries these values. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The values of a cursor, or null when it is not one of ours. */
export function decodeCursor(cursor: string): (string | number | null)[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(values) && values.every(isCursorValue) ? values : null
  } catch {
    return null
  }
}

function isCursorValue(value: unknown): value is string | number | null {
  return value === null || typeof value === 'string' || typeof value === 'number'
}

/** The moment that a cursor holds as milliseconds; null when it is none, or none that can be stored. */
export function readCursorMoment(value: string | number | null | undefined): Date | null {
  if (!Number.isSafeInteger(value)) return null
  const moment = new Date(value as number)
  return isStorableTime(moment) ? moment : null
}

/** Of a list by time, then uuid: where a row stands in it. */
export const timeCursor = ({ createdAt, id }: { createdAt: Date; id: string }): string =>
  encodeCursor([createdAt.getTime(), id])

/** What `timeCursor` gave, as a row to compare with; `INVALID_INPUT` at the path for anything else. */
export function readTimeCursor(cursor: string, path: string): Sql {
  const [time, id, ...rest] = decodeCursor(cursor) ?? []
  const moment = readCursorMoment(time)
  if (moment === null || typeof id !== 'string' || !isUuid(id) || rest.length > 0)
    throw invalidInput({ path: [path], message: 'Not a cursor of this list' })
  return sql`(${moment}::timestamptz, ${id}::uuid)`
}

/** Of a list by name, then uuid: where a row stands in it. */
export const nameCursor = (name: string, id: string): string => encodeCursor([name, id])

/** What `nameCursor` gave, as a row to compare with; `INVALID_INPUT` at the path for anything else. */
export function readNameCursor(cursor: string, path: string): Sql {
  const [name, id, ...rest] = decodeCursor(cursor) ?? []
  if (
    typeof name !== 'string' ||
    !isStorable(name) ||
    typeof id !== 'string' ||
    !isUuid(id) ||
    rest.length > 0
  )
    throw invalidInput({ path: [path], message: 'Not a cursor of this list' })
  return sql`(${name}, ${id}::uuid)`
}
