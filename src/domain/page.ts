import { invalidInput } from './errors.js'

/** A request for a stretch of a connection, as Relay has it. */
export interface PageRequest {
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
}

/** A page request after its rules: a direction, a length, and where to start from. */
export interface PageWindow {
  backward: boolean
  limit: number
  cursor: string | null
}

/** A stretch of rows, in the connection's order, with what lies beyond it. */
export interface PageOf<Row> {
  rows: Row[]
  hasNextPage: boolean
  hasPreviousPage: boolean
}

/**
 * Reads a page request: `first` with `after`, or `last` with `before`; `first` is the default length otherwise.
 * Refuses both directions at once, and lengths outside 0..max.
 */
export function readPageRequest(request: PageRequest, defaultLimit: number, maxLimit: number): PageWindow {
  const { first, after, last, before } = request
  const backward = typeof last === 'number' || (typeof before === 'string' && typeof first !== 'number')
  if (backward && (typeof first === 'number' || typeof after === 'string'))
    throw invalidInput({ path: ['last'], message: 'Page with first and after, or with last and before' })
  if (!backward && typeof before === 'string')
    throw invalidInput({ path: ['before'], message: 'Page with first and after, or with last and before' })
  const limit = (backward ? last : first) ?? defaultLimit
  if (limit < 0 || limit > maxLimit)
    throw invalidInput({ path: [backward ? 'last' : 'first'], message: `Takes 0 to ${maxLimit}` })
  return { backward, limit, cursor: (backward ? before : after) ?? null }
}

/** Turns rows read in a window's direction, one more than asked for, into a page. */
export function toPage<Row>(rows: readonly Row[], window: PageWindow): PageOf<Row> {
  const more = rows.length > window.limit
  const kept = rows.slice(0, window.limit)
  const beyond = window.cursor !== null
  if (window.backward) return { rows: kept.reverse(), hasNextPage: beyond, hasPreviousPage: more }
  return { rows: kept, hasNextPage: more, hasPreviousPage: beyond }
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
