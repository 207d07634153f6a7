import { all, raw, type Sql, sql } from '../../db/sql.js'
import { greatestUnits, leastUnits, toDecimal } from '../../rules/number-bounds.js'
import { byName, type CodeField, type FieldMembers, type ListField, type NumberField } from './field-kinds.js'
import { columnOf, sessionFields } from './fields.js'
import type { NumberRange, SessionFilter, SessionScope, TimeRange } from './filter-shape.js'
import type { RowTest, TestContext } from './row-test.js'
import type { TextTest } from './search.js'

/** What a condition is compiled for. */
export interface ConditionContext {
  scope: SessionScope
  searchIn: SessionFilter['searchIn']
}

/** What one member of a filter asks of a row. */
export interface FilterMember<Value> {
  /** Whether it does not narrow with this value. */
  isIdle?: (value: Value) => boolean
  condition: (value: Value, context: ConditionContext) => Sql
  /** The same for columns in memory; null for a search, which is in `texts` then. */
  test: ((value: Value, context: TestContext) => readonly RowTest[]) | null
  texts?: (value: Value, context: Pick<SessionFilter, 'searchIn'>) => readonly TextTest[]
}

/** No count is as large. */
const MAX_BIGINT = 2n ** 63n - 1n
/** Of `numeric(38,12)`. */
const COST_DECIMALS = 12

export const costMember: FilterMember<NumberRange> = {
  isIdle: ({ min, max }) => isOpen(min) && isOpen(max),
  condition: ({ min, max }) => {
    const bound = (units: bigint) => sql`${toDecimal(units, COST_DECIMALS)}::numeric`
    return all([
      ...(isOpen(min) ? [] : [sql`${columnOf('totalCostUsd')} >= ${bound(leastUnits(min, COST_DECIMALS))}`]),
      ...(isOpen(max)
        ? []
        : [sql`${columnOf('totalCostUsd')} <= ${bound(greatestUnits(max, COST_DECIMALS))}`]),
    ])
  },
  test: ({ min, max }) => [
    {
      of: 'cost',
      min: isOpen(min) ? undefined : leastUnits(min, COST_DECIMALS),
      max: isOpen(max) ? undefined : greatestUnits(max, COST_DECIMALS),
    },
  ],
}

const moments = {
  createdAt: columnOf('createdAt'),
  lastActivityAt: sql`coalesce(${columnOf('lastMessageAt')}, ${columnOf('createdAt')})`,
}

/** A column of counts, which every session has. */
function countMember(field: NumberField): FilterMember<NumberRange> {
  return { ...numberMember(field), isIdle: ({ min, max }) => (min ?? 0) <= 0 && isOpen(max) }
}

/** A column of whole numbers; compared as the API shows it, but as it is, so that its index serves. */
function numberMember(field: NumberField): FilterMember<NumberRange> {
  const column = columnOf(field)
  const bound = (units: bigint) =>
    sql`${toDecimal(units > MAX_BIGINT ? MAX_BIGINT : units < -MAX_BIGINT ? -MAX_BIGINT : units, 0)}::bigint`
  return {
    isIdle: ({ min, max }) => isOpen(min) && isOpen(max),
    condition: ({ min, max }) =>
      all([
        ...(isOpen(min) ? [] : [sql`${column} >= ${bound(leastUnits(min, 0))}`]),
        ...(isOpen(max) ? [] : [sql`${column} <= ${bound(greatestUnits(max, 0))}`]),
      ]),
    test: ({ min, max }) => [{ of: 'number', field, min: min ?? undefined, max: max ?? undefined }],
  }
}

/** A column of ids or texts: it is one of those asked for. */
function valuesMember(field: CodeField): FilterMember<readonly string[]> {
  const list = raw(`${sessionFields[field].type}[]`)
  return {
    condition: (values) => sql`${columnOf(field)} = any(${[...values]}::${list})`,
    test: (values) => [{ of: 'code', field, values }],
  }
}

/** Up to so many values, comparing each text of a row with each of them costs less than looking it up. */
const FEW_VALUES = 16

/**
 * What rows with one of these texts in a list fulfil. However many there are, a row costs no more than a look-up for each of
 * its own: a plain overlap compares every one with every one.
 */
export function overlapCondition(list: Sql, texts: readonly string[]): Sql {
  if (texts.length <= FEW_VALUES) return sql`${list} && ${[...texts]}::text[]`
  // The keys of an object are found by halves.
  const wanted = JSON.stringify(Object.fromEntries(texts.map((text) => [text, 0])))
  return sql`jsonb_exists_any(${wanted}::jsonb, ${list})`
}

/** A column that holds a set of names: one of them is among those asked for. */
function namesMember(field: ListField): FilterMember<readonly string[]> {
  return {
    condition: (names) => overlapCondition(columnOf(field), names),
    test: (values) => [{ of: 'list', field, values }],
  }
}

/** The members that the table of fields names. */
export const fieldMembers = byName('filter', (field, { type, nullable }) => {
  if (type === 'text[]') return namesMember(field as ListField)
  if (type === 'uuid' || type === 'text') return valuesMember(field as CodeField)
  return nullable ? numberMember(field as NumberField) : countMember(field as NumberField)
}) as { [Name in keyof FieldMembers]-?: FilterMember<NonNullable<FieldMembers[Name]>> }

/** Whether the time from `start` to `end`, both included, overlaps the range. */
export function timeMember(stretch: Record<'start' | 'end', keyof typeof moments>): FilterMember<TimeRange> {
  return {
    isIdle: ({ from, to }) => isOpen(from) && isOpen(to),
    condition: ({ from, to }) =>
      all([
        ...(isOpen(from) ? [] : [sql`${moments[stretch.end]} >= ${from.toISOString()}::timestamptz`]),
        ...(isOpen(to) ? [] : [sql`${moments[stretch.start]} < ${to.toISOString()}::timestamptz`]),
      ]),
    test: ({ from, to }) => [{ of: 'time', ...stretch, from: from?.getTime(), to: to?.getTime() }],
  }
}

function isOpen(end: unknown): end is null | undefined {
  return end === null || end === undefined
}
