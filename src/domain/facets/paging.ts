import { type Db, join, raw, type Sql, sql } from '../../db/prisma.js'
import { type Dimension, dimensionOf } from './dimensions.js'
import type { FacetPosition, FacetRequest } from './request.js'

/** Label keys that one answer lists; the ones that come first. */
const MAX_LISTED_KEYS = 1000

/** A request, and the batch of counts that answers it. */
export interface PlacedRequest extends FacetRequest {
  batch: number
}

/** A page of one list of values: a dimension's, or of one label key. */
export interface FacetPage {
  /** The label's key; null in every other dimension. */
  key: string | null
  values: FacetPosition[]
  /** Values in all. */
  total: number
  /** How many values come before the page, and how many up to its end. */
  start: number
  stop: number
}

/**
 * Pages counts in the database, where they are made: only the pages asked for travel.
 * The rows of `tallies` are batch, dimension, key, value and count. Gives the pages of each request, labels by key.
 */
export async function pageCounts(
  db: Db,
  tallies: readonly Sql[],
  organizationId: string,
  requests: readonly PlacedRequest[],
): Promise<FacetPage[][]> {
  // Each tally is planned by itself: as arms of one union they would share the workers of a parallel plan.
  const names = tallies.map((_, index) => raw(`tally_${index}`))
  const pages = await db.$queryRaw<(FacetPage & { request: number })[]>(sql`
    with ${join(tallies.map((tally, index) => sql`${names[index] as Sql} as materialized (${tally})`))},
    counted as (${join(
      names.map((name) => sql`select * from ${name}`),
      ' union all ',
    )}),
    named as (${nameValues(requests, organizationId)}),
    request as (${requestRows(requests)}),
    ordered as (
      select r.id, r.size, r.backward, n.key, n.value, n.name, n.count,
        row_number() over (list order by n.count desc, n.name collate "C", n.value collate "C") as place,
        count(*) over list as total,
        count(*) filter (where ${isPassed}) over list as passed
      from request r join named n on n.batch = r.batch and n.dimension = r.dimension
      where (r.keys is null or n.key = any(r.keys))
        and (r.prefix is null or exists (
          select from unnest(n.texts) t where starts_with(lower(t), lower(r.prefix))))
      window list as (partition by r.id, n.key)
    ),
    cut as (
      select *, case when backward then greatest(passed - size, 0) else passed end as start,
        case when backward then passed else least(passed + size, total) end as stop
      from ordered
    )
    select id as request, key, total::int, start::int, stop::int, values from (
      select id, key, total, start, stop, row_number() over (partition by id order by key collate "C") as number,
        coalesce(jsonb_agg(jsonb_build_object('count', count, 'name', name, 'value', value) order by place)
          filter (where place > start and place <= stop), '[]') as values
      from cut group by id, key, total, start, stop
    ) lists where number <= ${MAX_LISTED_KEYS} order by id, number`)
  const byRequest: FacetPage[][] = requests.map(() => [])
  for (const { request, ...page } of pages) byRequest[request]?.push(page)
  return byRequest
}

/** Whether a value lies before the page: up to the cursor, or when reading backward all before it. */
const isPassed = sql`case
  when not r.backward then n.count > r.cursor_count or (n.count = r.cursor_count
    and (n.name collate "C", n.value collate "C") <= (r.cursor_name, r.cursor_value))
  else r.cursor_count is null or n.count > r.cursor_count or (n.count = r.cursor_count
    and (n.name collate "C", n.value collate "C") < (r.cursor_name, r.cursor_value)) end`

/** The counts with what their values are ordered and found by; values without a name where there must be one fall out. */
function nameValues(requests: readonly FacetRequest[], organizationId: string): Sql {
  const named = [...new Set(requests.map(({ dimension }) => dimension))].flatMap((dimension) => {
    const { named } = dimensionOf(dimension)
    return named === undefined ? [] : [{ dimension, ...named }]
  })
  const plain = sql`select c.*, '' as name, array[c.value] as texts from counted c
    where c.dimension <> all(${named.map(({ dimension }) => dimension as Dimension)}::text[]) and c.value is not null`
  return join(
    [
      plain,
      ...named.map(
        ({ dimension, join, name, texts }) => sql`select c.*, ${name} as name, ${texts} as texts
          from counted c join ${join(organizationId)} where c.dimension = ${dimension}`,
      ),
    ],
    ' union all ',
  )
}

/** The requests as rows, so that their number and their pages do not change the statement. */
function requestRows(requests: readonly PlacedRequest[]): Sql {
  const rows = requests.map(({ batch, dimension, keys, prefix, window, position }, id) => ({
    id,
    batch,
    dimension,
    keys,
    prefix,
    size: window.limit,
    backward: window.backward,
    cursor_count: position?.count,
    cursor_name: position?.name,
    cursor_value: position?.value,
  }))
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
    id int, batch int, dimension text, keys text[], prefix text, size int, backward boolean,
    cursor_count bigint, cursor_name text, cursor_value text)`
}
