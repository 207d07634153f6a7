import { empty, join, raw, type Sql, sql } from '../../db/sql.js'
import { foldText } from '../../rules/case-folding.js'
import type { SessionFilter } from '../session/filter.js'
import { namedAsJson } from '../tenancy/select-list.js'
import { dimensionOf } from './dimensions.js'
import { keyPart, valuePart } from './label.js'
import { type FacetPage, MAX_LISTED_KEYS, type NamedRow, toPage, toRow } from './lists.js'
import type { FacetPosition, FacetRequest } from './request.js'
import { type JsonSums, readSums, sumsAsJson } from './sums.js'

/** A list as a statement cuts it. */
export interface JsonPage {
  key: string | null
  total: number
  /** How many values lie on the side of the cursor that is read. */
  ahead: number
  /** Count, name, value, row and sums of each on the page, in the order of reading. */
  values: [number, string, string, NamedRow | null, JsonSums | null][] | null
}

/** What is listed beside what was counted. */
export interface PageContext {
  organizationId: string
  /** Whose values are listed though no session has them, where the request wants so. */
  filter: SessionFilter
  userId: string | null
}

/** The pages of a request on a tally, cut where the counts are made: a JSON array of `JsonPage`s. */
export function pagesOf(request: FacetRequest, tally: Sql, context: PageContext): Sql {
  return sql`select coalesce(json_agg(page), '[]') from (${pageOf(request, tally, context)}) page`
}

/** The page of each list of a request. */
function pageOf(request: FacetRequest, tally: Sql, context: PageContext): Sql {
  const { dimension, window } = request
  const isListed = dimensionOf(dimension).keyed !== undefined
  const order = window.backward
    ? raw('count, name collate "C" desc, value collate "C" desc')
    : raw('count desc, name collate "C", value collate "C"')
  // One sort serves both: such values are ranked by key, and grouped by it.
  return sql`
    select ${raw(isListed ? 'key' : 'null::text as key')}, count(*)::int as total,
      (count(*) filter (where ahead))::int as ahead,
      json_agg(json_build_array(count, name, value, entity, sums) order by place)
        filter (where ahead and place <= ${window.limit}) as values
    from (
      select *, row_number() over (partition by ${raw(isListed ? 'key, ahead' : 'ahead')} order by ${order}) as place
      from (${nameValues(request, tally, context)}) named
    ) placed
    ${isListed ? sql`group by key order by key limit ${MAX_LISTED_KEYS}` : empty}`
}

/** The pages of what a statement gave; of lists that have no value, none. */
export function readPages({ window }: FacetRequest, pages: readonly JsonPage[]): FacetPage[] {
  return pages
    .filter(({ total }) => total > 0)
    .map(({ key, total, ahead, values: json }) => {
      const values = (json ?? []).map(([count, name, value, row, sums]) => ({
        count,
        name,
        value,
        row: row === null ? null : toRow(row),
        sums: sums === null ? null : readSums(sums),
      }))
      return toPage(key, values, { total, ahead }, window)
    })
}

/** The values with what they are ordered by; those without a name where there must be one fall out. */
function nameValues(request: FacetRequest, tally: Sql, { organizationId, ...context }: PageContext): Sql {
  const { dimension, keys, exceptKeys, prefix, search, position, sums, window } = request
  const { named, keyed } = dimensionOf(dimension)
  const value = keyed ? valuePart(sql`c.value`, keyed.separator) : sql`c.value`
  const key = keyed ? keyPart(sql`c.value`, keyed.separator) : sql`null::text`
  const column = (member: string) => raw(`n.${named?.columns[member]}`)
  const name = named ? column(named.name) : sql`''`
  const texts = named ? sql`array[${join(named.texts.map(column))}]` : sql`array[${value}]`
  return sql`
    select ${key} as key, c.count, ${name} as name, ${value} as value, ${named ? namedAsJson(named.columns) : raw('null::json')} as entity,
      ${raw(sums ? 'c.sums' : 'null::json')} as sums,
      ${position === null ? raw('true') : isAhead(position, name, value, window.backward)} as ahead
    from (${countedValues(request, tally, context)}) c ${named ? sql`join ${named.table} n on ${named.within(organizationId)} n.id = c.value::uuid` : empty}
    where true
      ${keys === null ? empty : sql`and ${key} = any(${[...keys]}::text[])`}
      ${exceptKeys.length === 0 ? empty : sql`and ${key} <> all(${[...exceptKeys]}::text[])`}
      ${prefix === null ? empty : sql`and ${someText(texts, (text) => sql`starts_with(${text}, ${foldText(prefix)})`)}`}
      ${search === null ? empty : sql`and ${someText(texts, (text) => sql`strpos(${text}, ${foldText(search)}) > 0`)}`}`
}

/** Values with their counts and sums; with those that are listed anyway. */
function countedValues(
  { dimension, withChosen, sums }: FacetRequest,
  tally: Sql,
  { filter, userId }: Omit<PageContext, 'organizationId'>,
): Sql {
  const own = sql`select value, count,
      ${sums ? sumsAsJson : raw('null::json')} as sums
    from ${tally} where ${raw(`dimension = '${dimension}'`)} and value is not null
    ${sums ? raw('group by 1, 2') : empty}`
  const chosen = withChosen ? (dimensionOf(dimension).chosen?.(filter, userId) ?? []) : []
  if (chosen.length === 0) return own
  return sql`
    with own as (${own})
    select * from own union all
    select v, 0, ${sums ? sql`json_build_array('0', '0', 0, null)` : raw('null::json')}
    from (select distinct v from unnest(${[...chosen]}::text[]) v) chosen where v not in (select value from own)`
}

function someText(texts: Sql, is: (folded: Sql) => Sql): Sql {
  return sql`exists (select from unnest(${texts}) t where ${is(folded(sql`t`))})`
}

/** A text without its case; `fold_text` does the same to one in ASCII, but is not inlined. */
function folded(text: Sql): Sql {
  return sql`case when octet_length(${text}) = char_length(${text}) then lower(${text} collate "C") else fold_text(${text}) end`
}

/** Whether a value lies behind the cursor, or before it when reading backward. */
function isAhead({ count, name, value }: FacetPosition, names: Sql, values: Sql, backward: boolean): Sql {
  const at = sql`(${name}, ${value})`
  const [fewer, later] = backward ? [raw('>'), raw('<')] : [raw('<'), raw('>')]
  return sql`(c.count ${fewer} ${count} or (c.count = ${count}
    and (${names} collate "C", ${values} collate "C") ${later} ${at}))`
}
