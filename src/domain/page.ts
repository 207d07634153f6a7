import { isStorableTime } from '../rules/time.js'
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
 * Reads a page request: cursors bound the rows, `first` takes from their beginning, `last` (or a lone `before`) from their end.
 * `INVALID_INPUT` for both lengths at once, and for lengths outside 0..max.
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

/** What a cursor carries. */
export type CursorValue = string | number | null

/** An opaque cursor that carries these values. */
export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The values of a cursor, or null when it is not one of ours. */
export function decodeCursor(cursor: string): CursorValue[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(values) && values.every(isCursorValue) ? values : null
  } catch {
    return null
  }
}

function isCursorValue(value: unknown): value is CursorValue {
  return value === null || typeof value === 'string' || typeof value === 'number'
}

/** The moment that a cursor holds as milliseconds; null when it is none, or none that can be stored. */
export function readCursorMoment(value: CursorValue | undefined): Date | null {
  if (!Number.isSafeInteger(value)) return null
  const moment = new Date(value as number)
  return isStorableTime(moment) ? moment : null
}
