import { empty, type Sql, sql } from '../../db/prisma.js'
import { invalidInput } from '../errors.js'
import { decodeCursor, encodeCursor } from '../page.js'
import { isUuid } from '../uuid.js'
import type { Session } from './columns.js'

interface SessionSortKey {
  describe: string
  column: Sql
  nullable?: true
  /** SQL that reads the key back from a cursor's value. */
  cast: (value: string | number) => Sql
  value: (session: Session) => Date | number | null
}

const timestamp = (value: string | number) => sql`${String(value)}::timestamptz`
const integer = (value: string | number) => sql`${Number(value)}::int`

/** Every key that sessions sort by is declared here and nowhere else. */
export const sessionSortKeys = {
  UPDATED_AT: {
    describe: 'When anything stored about the session last changed.',
    column: sql`s.updated_at`,
    cast: timestamp,
    value: (session) => session.updatedAt,
  },
  LAST_MESSAGE_AT: {
    describe: 'When the newest message was appended; sessions without messages come last in both directions.',
    column: sql`s.last_message_at`,
    nullable: true,
    cast: timestamp,
    value: (session) => session.lastMessageAt,
  },
  CREATED_AT: {
    describe: 'When the session was first saved.',
    column: sql`s.created_at`,
    cast: timestamp,
    value: (session) => session.createdAt,
  },
  MESSAGE_COUNT: {
    describe: 'The number of messages that the client last sent.',
    column: sql`s.message_count`,
    cast: integer,
    value: (session) => session.messageCount,
  },
} as const satisfies Record<string, SessionSortKey>

export type SessionSortField = keyof typeof sessionSortKeys

export interface SessionOrder {
  field: SessionSortField
  direction: 'ASC' | 'DESC'
}

export const defaultSessionOrder: SessionOrder = { field: 'UPDATED_AT', direction: 'DESC' }

/** ORDER BY of a list: nulls last and ids descending in both directions; `backward` reads it from the end. */
export function orderBy({ field, direction }: SessionOrder, backward = false): Sql {
  const { column, nullable }: SessionSortKey = sessionSortKeys[field]
  const keyDirection = (direction === 'ASC') !== backward ? sql`asc` : sql`desc`
  // Stated only where needed: an index serves an order whose nulls stand where the index has them.
  const nulls = nullable ? (backward ? sql` nulls first` : sql` nulls last`) : empty
  return sql`${column} ${keyDirection}${nulls}, s.id ${backward ? sql`asc` : sql`desc`}`
}

/** Where a session stands in a list of this order. */
export function cursorOf(session: Session, { field }: SessionOrder): string {
  const value = sessionSortKeys[field].value(session)
  return encodeCursor([field, value instanceof Date ? value.toISOString() : value, session.id])
}

/** The rows behind the cursor, or before it when reading backward. */
export function beyondCursor(cursor: string, { field, direction }: SessionOrder, backward: boolean): Sql {
  const { value, id } = readCursor(cursor, field, backward ? 'before' : 'after')
  const { column, cast, nullable }: SessionSortKey = sessionSortKeys[field]
  const idBeyond = backward ? sql`s.id > ${id}::uuid` : sql`s.id < ${id}::uuid`
  if (value === null)
    return backward ? sql`(${column} is not null or ${idBeyond})` : sql`(${column} is null and ${idBeyond})`
  const keyBeyond = beyondKey(column, cast(value), id, direction, backward)
  return nullable && !backward ? sql`(${keyBeyond} or ${column} is null)` : keyBeyond
}

function beyondKey(column: Sql, key: Sql, id: string, direction: 'ASC' | 'DESC', backward: boolean): Sql {
  // Both parts descend, so one row comparison serves, which an index answers in one range.
  if (direction === 'DESC')
    return backward
      ? sql`(${column}, s.id) > (${key}, ${id}::uuid)`
      : sql`(${column}, s.id) < (${key}, ${id}::uuid)`
  return backward
    ? sql`(${column} <= ${key} and (${column} < ${key} or s.id > ${id}::uuid))`
    : sql`(${column} >= ${key} and (${column} > ${key} or s.id < ${id}::uuid))`
}

function readCursor(cursor: string, field: SessionSortField, path: string) {
  const [cursorField, value, id, ...rest] = decodeCursor(cursor) ?? []
  const readable = typeof id === 'string' && isUuid(id) && rest.length === 0 && value !== undefined
  if (!readable || !isSortValue(field, value))
    throw invalidInput({ path: [path], message: 'Not a cursor of this list' })
  if (cursorField !== field)
    throw invalidInput({
      path: [path],
      message: `This cursor belongs to a list ordered by ${String(cursorField)}`,
    })
  return { value, id }
}

function isSortValue(field: SessionSortField, value: string | number | null): boolean {
  if (value === null) return field === 'LAST_MESSAGE_AT'
  return field === 'MESSAGE_COUNT'
    ? Number.isSafeInteger(value) && Math.abs(Number(value)) < 2 ** 31
    : typeof value === 'string' &&
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
        !Number.isNaN(Date.parse(value))
}
