import { empty, join, type Project, raw, type Sql, sql, type User } from '../../db/prisma.js'
import type { PageWindow } from '../page.js'
import { type Dimension, dimensionOf, isOfIds } from './dimensions.js'
import { allIds, type CountedId } from './ids.js'
import type { FacetPosition, FacetRequest } from './request.js'

/** Label keys that one answer lists; the ones that come first. */
const MAX_LISTED_KEYS = 1000

/** A value on a page; where values are ids, with the user or the project whose id it is. */
export interface CountedValue extends FacetPosition {
  row: User | Project | null
}

/** A page of one list of values: a dimension's, or of one label key. */
export interface FacetPage {
  /** The label's key; null in every other dimension. */
  key: string | null
  values: CountedValue[]
  /** Values in all. */
  total: number
  /** How many values come before the page, and how many up to its end. */
  start: number
  stop: number
}

/** A row of a statement of pages: one list of one request. */
export interface PageRow {
  request: number
  key: string | null
  total: number
  /** How many values lie on the side of the cursor that is read. */
  ahead: number
  /** Count, name, value and row of each on the page, in the order of reading. */
  values: [number, string, string, JsonRow?][] | null
  /** Where values are ids and all were asked for: all of them, unless they are too many. */
  ids: CountedId[] | null
}

type JsonRow = { createdAt: string } & Record<string, unknown>

/**
 * Cuts the pages of numbered requests where the counts are made, so that only what is asked for travels: subqueries of
 * `PageRow`s. `tallies` name the rows of dimension, key, value and count of each dimension. `withIds` asks for `ids` too.
 */
export function pagesOf(
  requests: readonly [number, FacetRequest][],
  tallies: ReadonlyMap<Dimension, Sql>,
  organizationId: string,
  withIds = false,
): Sql[] {
  const together = new Map<Sql, [number, FacetRequest][]>()
  const pages: Sql[] = []
  for (const [number, request] of requests) {
    const tally = tallies.get(request.dimension)
    if (tally === undefined) throw new Error(`Nothing counts ${request.dimension}`)
    if (isPlain(request)) together.set(tally, [...(together.get(tally) ?? []), [number, request]])
    else pages.push(pageOf(request, number, tally, organizationId, withIds))
  }
  return [...[...together].map(([tally, plain]) => firstPagesOf(plain, tally)), ...pages]
}

/** Whether the page is the first of one list, and of nothing but values. */
function isPlain({ dimension, prefix, position, window }: FacetRequest): boolean {
  const isOneList = dimension !== 'labels' && !isOfIds(dimension)
  return isOneList && prefix === null && position === null && !window.backward
}

/** The pages of several such requests at once: planning and starting a subquery for each takes longer than to cut them. */
function firstPagesOf(requests: readonly [number, FacetRequest][], tally: Sql): Sql {
  const asked = requests.map(
    ([number, { dimension, window }]) => sql`(${raw(`${number}, '${dimension}'`)}, ${window.limit}::int)`,
  )
  return sql`
    select request, null::text as key, count(*)::int as total, count(*)::int as ahead,
      json_agg(json_build_array(count, '', value) order by place) filter (where place <= most) as values,
      null::json as ids
    from (
      select request, most, value, count,
        row_number() over (partition by request order by count desc, value collate "C") as place
      from (values ${join(asked)}) asked (request, dimension, most) join ${tally} c using (dimension)
      where value is not null
    ) placed
    group by request`
}

/** The page of each list of a request. */
function pageOf(
  request: FacetRequest,
  number: number,
  tally: Sql,
  organizationId: string,
  withIds: boolean,
): Sql {
  const { dimension, window } = request
  const isListed = dimension === 'labels'
  const { named } = dimensionOf(dimension)
  const ids = named && withIds ? allIds(dimension, tally) : raw('null::json')
  const order = window.backward
    ? raw('count, name collate "C" desc, value collate "C" desc')
    : raw('count desc, name collate "C", value collate "C"')
  // One sort serves both: labels are ranked by key, and grouped by it.
  return sql`
    select ${raw(`${number}`)} as request, ${raw(isListed ? 'key' : 'null::text as key')}, count(*)::int as total,
      (count(*) filter (where ahead))::int as ahead,
      json_agg(json_build_array(count, name, value${named ? raw(', entity') : empty}) order by place)
        filter (where ahead and place <= ${window.limit}) as values, ${ids} as ids
    from (
      select *, row_number() over (partition by ${raw(isListed ? 'key, ahead' : 'ahead')} order by ${order}) as place
      from (${nameValues(request, tally, organizationId)}) named
    ) placed
    ${isListed ? sql`group by key order by key limit ${MAX_LISTED_KEYS}` : empty}`
}

/** What the rows say of a request's lists; of those that have no value, nothing. */
export function readPages({ window }: FacetRequest, rows: readonly PageRow[]): FacetPage[] {
  return rows.filter(({ total }) => total > 0).map((row) => readPage(window, row))
}

function readPage({ limit, backward }: PageWindow, row: PageRow): FacetPage {
  const { key, total, ahead } = row
  const values = (row.values ?? []).map(([count, name, value, json]) => ({
    count,
    name,
    value,
    row: json ? ({ ...json, createdAt: new Date(json.createdAt) } as unknown as User | Project) : null,
  }))
  return backward
    ? { key, values: values.reverse(), total, start: Math.max(ahead - limit, 0), stop: ahead }
    : { key, values, total, start: total - ahead, stop: Math.min(total - ahead + limit, total) }
}

/** The values with what they are ordered by; those without a name where there must be one fall out. */
function nameValues(
  { dimension, keys, prefix, position, window }: FacetRequest,
  tally: Sql,
  organizationId: string,
): Sql {
  const named = dimensionOf(dimension).named ?? {
    join: null,
    name: sql`''`,
    texts: sql`array[c.value]`,
    row: raw('null'),
  }
  return sql`
    select c.key, c.count, ${named.name} as name, c.value, ${named.row} as entity,
      ${position === null ? raw('true') : isAhead(position, named.name, window.backward)} as ahead
    from ${tally} c ${named.join === null ? empty : sql`join ${named.join(organizationId)}`}
    where c.dimension = ${raw(`'${dimension}'`)} and c.value is not null
      ${keys === null ? empty : sql`and c.key = any(${[...keys]}::text[])`}
      ${
        prefix === null
          ? empty
          : sql`and exists (
        select from unnest(${named.texts}) t where starts_with(lower(t), lower(${prefix})))`
      }`
}

/** Whether a value lies behind the cursor, or before it when reading backward. */
function isAhead({ count, name, value }: FacetPosition, nameOf: Sql, backward: boolean): Sql {
  const at = sql`(${name}, ${value})`
  const [fewer, later] = backward ? [raw('>'), raw('<')] : [raw('<'), raw('>')]
  return sql`(c.count ${fewer} ${count} or (c.count = ${count}
    and (${nameOf} collate "C", c.value collate "C") ${later} ${at}))`
}
