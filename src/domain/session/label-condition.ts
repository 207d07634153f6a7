import { all, type Sql, sql } from '../../db/sql.js'

/** Up to so many values, comparing each label with each of them costs less than looking it up. */
const FEW_VALUES = 16

/**
 * What sessions with one of the values under the key of every entry fulfil. However many values there are, a row costs no
 * more than a look-up for each of its labels: a plain overlap compares every label with every value.
 */
export function labelCondition(entries: readonly { key: string; values: readonly string[] }[]): Sql {
  const wanted = entries.map(({ key, values }) => values.map((value) => `${key}:${value}`))
  // All at once: thousands of conditions take the planner longer than the scan.
  const single = wanted.flatMap((values) => (values.length === 1 ? values : []))
  return all([
    ...(single.length === 0 ? [] : [sql`s.labels @> ${[...new Set(single)]}::text[]`]),
    ...wanted.filter(({ length }) => length !== 1).map(overlap),
  ])
}

function overlap(values: readonly string[]): Sql {
  if (values.length <= FEW_VALUES) return sql`s.labels && ${values}::text[]`
  // The keys of an object are found by halves.
  const wanted = JSON.stringify(Object.fromEntries(values.map((value) => [value, 0])))
  return sql`jsonb_exists_any(${wanted}::jsonb, s.labels)`
}
