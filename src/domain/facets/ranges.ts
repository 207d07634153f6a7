import { raw, type Sql } from '../../db/sql.js'
import type { Ranges } from '../session/field.js'
import type { NumberRange } from '../session/filter-shape.js'

/** The range of a column as text, which is its beginning; null for no value. */
export function rangeOf(column: Sql, ranges: Ranges): Sql {
  // As literals: what is grouped by must be the same expression everywhere.
  const cases = ranges.toReversed().map((min) => `when ${column.sql} >= ${min} then '${min}'`)
  return raw(`case ${cases.join(' ')} end`)
}

/** The greatest number of the range that begins here; null for the last one. */
export function endOf(min: number, ranges: Ranges): number | null {
  const next = ranges[ranges.indexOf(min) + 1]
  return next === undefined ? null : next - 1
}

/** The ranges that have a number in common with a range of a filter, as texts. */
export function rangesWithin(asked: NumberRange | null | undefined, ranges: Ranges): string[] {
  if (!asked) return []
  const { min: least, max: most } = asked
  const found = ranges.filter(
    (min) => min <= (most ?? Infinity) && (endOf(min, ranges) ?? Infinity) >= (least ?? 0),
  )
  return found.map(String)
}
