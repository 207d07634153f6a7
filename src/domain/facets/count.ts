import { type Db, join, type Sql, sql } from '../../db/prisma.js'
import { matching, type SessionFilter, type SessionScope } from '../session/filter.js'
import { requireFilter } from '../session/list.js'
import { type ColumnDimension, type Dimension, facetDimensions, withoutOwnFilter } from './dimensions.js'

/** One value of a dimension and the number of sessions that have it. */
export interface FacetValue {
  dimension: Dimension
  /** The label's key; null in every other dimension. */
  key: string | null
  value: string
  count: number
}

export const facetModes = ['ALL_FILTERS', 'OWN_FILTER_EXCLUDED'] as const
export type FacetMode = (typeof facetModes)[number]

/**
 * Counts the matching sessions per value of each dimension asked for; values come by count, then by code points.
 * Dimensions under the same filter share one statement and so one snapshot.
 */
export async function countFacets(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  mode: FacetMode,
  dimensions: readonly Dimension[],
): Promise<FacetValue[]> {
  requireFilter(filter)
  const batches = new Map<string, { filter: SessionFilter; dimensions: Dimension[] }>()
  for (const dimension of dimensions) {
    const own = mode === 'OWN_FILTER_EXCLUDED' ? withoutOwnFilter(filter, dimension) : filter
    const key = JSON.stringify(
      Object.entries(own).filter(([, value]) => value !== null && value !== undefined),
    )
    const batch = batches.get(key) ?? { filter: own, dimensions: [] }
    batch.dimensions.push(dimension)
    batches.set(key, batch)
  }
  const answers = await Promise.all(
    [...batches.values()].map((batch) => countUnder(db, matching(scope, batch.filter), batch.dimensions)),
  )
  return answers.flat()
}

function countUnder(db: Db, where: Sql, dimensions: readonly Dimension[]): Promise<FacetValue[]> {
  const columns = dimensions.filter((dimension): dimension is ColumnDimension => dimension !== 'labels')
  const parts = [
    ...(columns.length > 0 ? [countColumns(where, columns)] : []),
    ...(columns.length < dimensions.length ? [countLabels(where)] : []),
  ]
  return db.$queryRaw<FacetValue[]>(sql`
    select dimension, key, value, count from (${join(parts, ' union all ')}) counted
    where value is not null
    order by dimension, key collate "C", count desc, value collate "C"`)
}

/** One scan for all the columns: each grouping set nulls the other columns, and `grouping` tells which one it is. */
function countColumns(where: Sql, dimensions: readonly ColumnDimension[]): Sql {
  const values = dimensions.map((name) => ({ name, value: facetDimensions[name].value }))
  const cases = (result: (one: { name: string; value: Sql }) => Sql) =>
    sql`case ${join(
      values.map((one) => sql`when grouping(${one.value}) = 0 then ${result(one)}`),
      ' ',
    )} end`
  return sql`
    select ${cases(({ name }) => sql`${name}::text`)} as dimension, null::text as key,
      ${cases(({ value }) => value)} as value, count(*)::int as count
    from sessions s where ${where}
    group by grouping sets (${join(values.map(({ value }) => sql`(${value})`))})`
}

function countLabels(where: Sql): Sql {
  return sql`
    select 'labels' as dimension, split_part(label, ':', 1) as key, substr(label, strpos(label, ':') + 1) as value,
      count(*)::int as count
    from sessions s cross join unnest(s.labels) label where ${where} group by label`
}
