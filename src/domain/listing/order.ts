import { empty, type Sql, sql } from '../../db/sql.js'
import { findTextIssues } from '../../rules/text.js'
import { isStorableTime } from '../../rules/time.js'
import { isUuid } from '../../rules/uuid.js'
import { invalidInput } from '../errors.js'
import { type CursorValue, decodeCursor, encodeCursor } from '../page.js'
import { byName, type FieldNamed } from '../session/field-kinds.js'
import { columnOf } from '../session/fields.js'
import type { SessionFilter } from '../session/filter.js'
import { relevance } from '../session/search.js'
import type { JoinedSession } from './selection.js'

/** How the values of a sort key travel in a cursor and back, exactly. */
interface KeyType {
  select: (column: Sql) => Sql
  isValue: (value: string | number) => boolean
  cast: (value: string) => Sql
}

const time: KeyType = {
  select: (column) => column,
  isValue: (value) => typeof value === 'string' && isMoment(value),
  cast: (value) => sql`${value}::timestamptz`,
}

/** A moment as cursors hold it. */
function isMoment(value: string): boolean {
  const moment = new Date(value)
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === value && isStorableTime(moment)
}

const integer: KeyType = {
  select: (column) => sql`${column}::float8`,
  isValue: Number.isSafeInteger,
  cast: (value) => sql`${value}::bigint`,
}

const double: KeyType = {
  select: (column) => column,
  isValue: Number.isFinite as (value: unknown) => boolean,
  cast: (value) => sql`${value}::float8`,
}

const decimal: KeyType = {
  select: (column) => sql`${column}::text`,
  isValue: (value) => typeof value === 'string' && /^\d{1,26}\.\d{12}$/.test(value),
  cast: (value) => sql`${value}::numeric`,
}

interface SessionSortKey {
  describe: string
  type: KeyType
  column: (filter: SessionFilter, order: SessionOrder) => Sql
  nullable?: boolean
}

function keyTypeOf(type: string): KeyType {
  return type === 'timestamptz' ? time : type === 'numeric' ? decimal : integer
}

/** Every key that sessions sort by: those that rows of `fields.ts` name, scores, and how well a search matches. */
export const sessionSortKeys: Readonly<Record<SessionSortField, SessionSortKey>> = {
  ...byName('sort', (name, { type, nullable = false }, { describe }) => ({
    describe,
    type: keyTypeOf(type),
    nullable,
    column: () => columnOf(name),
  })),
  ANNOTATION_SCORE: {
    describe:
      'The mean of the scores that `annotation` names, which must be given, as `annotationScores` gives it; sessions without one come last in both directions.',
    type: double,
    column: (_filter, { annotation }) =>
      sql`(${columnOf('annotationScores')}->>${annotation ?? ''}::text)::float8`,
    nullable: true,
  },
  RELEVANCE: {
    describe:
      'How well `search` matches, which must be given: first the title, then agent or model, then a label value, then the preview; within each an equal text before one that begins with it, before one with it behind a space, before any other; then the newest update.',
    type: integer,
    column: ({ search, searchIn }) => relevance({ text: search?.trim() ?? '', fields: searchIn }),
  },
}

export type SessionSortField = keyof FieldNamed<'sort'> | 'ANNOTATION_SCORE' | 'RELEVANCE'

export interface SessionOrder {
  field: SessionSortField
  direction: 'ASC' | 'DESC'
  /** Of which annotations the scores count. */
  annotation?: string | null
}

/** A session of a list, with the value that it is ordered by where cursors were asked for. */
export interface ListedSession extends JoinedSession {
  sortValue: Date | number | string | null
}

export const defaultSessionOrder: SessionOrder = { field: 'UPDATED_AT', direction: 'DESC' }

/** Refuses an order that the filter gives nothing to go by. */
export function requireOrder({ field, annotation = null }: SessionOrder, filter: SessionFilter): void {
  const path = ['orderBy', 'annotation']
  if (field === 'ANNOTATION_SCORE' && annotation === null)
    throw invalidInput({ path, message: 'ANNOTATION_SCORE takes the name of annotations' })
  const [issue] = findTextIssues(annotation, path, 100)
  if (issue !== undefined) throw invalidInput(issue)
  if (field === 'RELEVANCE' && !filter.search?.trim())
    throw invalidInput({ path: ['orderBy', 'field'], message: 'RELEVANCE takes a filter with search' })
}

/** What sessions are ordered by. */
export function sortKey(order: SessionOrder, filter: SessionFilter): Sql {
  return sessionSortKeys[order.field].column(filter, order)
}

/** A sort key as the value that cursors hold. */
export function sortValue({ field }: SessionOrder, key: Sql): Sql {
  return sessionSortKeys[field].type.select(key)
}

/** ORDER BY of a list with this sort key: nulls last and ids descending in both directions; `backward` reads it from the end. */
export function orderBy({ field, direction }: SessionOrder, key: Sql, backward = false): Sql {
  const { nullable } = sessionSortKeys[field]
  const keyDirection = (direction === 'ASC') !== backward ? sql`asc` : sql`desc`
  // Stated only where needed: an index serves an order whose nulls stand where the index has them.
  const nulls = nullable ? (backward ? sql` nulls first` : sql` nulls last`) : empty
  return sql`${key} ${keyDirection}${nulls}, s.id ${backward ? sql`asc` : sql`desc`}`
}

/** Where a session stands in a list of this order. */
export function cursorOf({ id, sortValue }: ListedSession, { field }: SessionOrder): string {
  return encodeCursor([field, sortValue instanceof Date ? sortValue.toISOString() : sortValue, id])
}

/** The rows behind the cursor, or before it. */
export function beyondCursor(
  cursor: string,
  order: SessionOrder,
  filter: SessionFilter,
  side: 'after' | 'before',
): Sql {
  const { field, direction } = order
  const { value, id } = readCursor(cursor, field, side)
  const { type, nullable } = sessionSortKeys[field]
  const key = sortKey(order, filter)
  const before = side === 'before'
  const idBeyond = before ? sql`s.id > ${id}::uuid` : sql`s.id < ${id}::uuid`
  if (value === null)
    return before ? sql`(${key} is not null or ${idBeyond})` : sql`(${key} is null and ${idBeyond})`
  const keyBeyond = beyondKey(key, type.cast(String(value)), id, direction, before)
  return nullable && !before ? sql`(${keyBeyond} or ${key} is null)` : keyBeyond
}

function beyondKey(column: Sql, key: Sql, id: string, direction: 'ASC' | 'DESC', before: boolean): Sql {
  // Both parts descend, so one row comparison serves, which an index answers in one range.
  if (direction === 'DESC')
    return before
      ? sql`(${column}, s.id) > (${key}, ${id}::uuid)`
      : sql`(${column}, s.id) < (${key}, ${id}::uuid)`
  return before
    ? sql`(${column} <= ${key} and (${column} < ${key} or s.id > ${id}::uuid))`
    : sql`(${column} >= ${key} and (${column} > ${key} or s.id < ${id}::uuid))`
}

function readCursor(cursor: string, field: SessionSortField, path: string) {
  const [cursorField, value, id, ...rest] = decodeCursor(cursor) ?? []
  if (typeof id !== 'string' || !isUuid(id) || rest.length > 0 || value === undefined)
    throw invalidInput({ path: [path], message: 'Not a cursor of this list' })
  if (cursorField !== field && Object.hasOwn(sessionSortKeys, String(cursorField)))
    throw invalidInput({
      path: [path],
      message: `This cursor belongs to a list ordered by ${String(cursorField)}`,
    })
  if (cursorField !== field || !isSortValue(field, value))
    throw invalidInput({ path: [path], message: 'Not a cursor of this list' })
  return { value, id }
}

function isSortValue(field: SessionSortField, value: CursorValue): boolean {
  const { type, nullable } = sessionSortKeys[field]
  return value === null ? nullable === true : type.isValue(value)
}
