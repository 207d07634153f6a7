import { empty, join, raw, type Sql, sql } from '../../db/sql.js'
import { columnOf } from '../session/fields.js'
import { matching, type SessionFilter, type SessionScope } from '../session/filter.js'
import type { WorkspaceKey } from '../viewer.js'
import { type Dimension, dimensionOf, groupedBy, textOf } from './dimensions.js'
import { keyPart } from './label.js'
import { summed } from './sums.js'

/** What is counted of sessions: the dimensions, and whether also their sums. */
export interface Tallied {
  dimensions: readonly Dimension[]
  sums: boolean
}

/** What the tallies of one filter read: the matching sessions, with all that is counted and summed up, and nothing else. */
export function matchingSessions(scope: SessionScope, filter: SessionFilter, tallied: Tallied): Sql {
  return sql`select ${columnsOf(tallied)} from sessions s where ${matching(scope, filter)}`
}

/** The columns that sums are of. */
const summedColumns = sql`s.total_tokens, s.total_cost_usd, s.last_message_at, s.created_at`

function columnsOf({ dimensions, sums }: Tallied): Sql {
  const fields = new Set(dimensions.map((name) => dimensionOf(name).field))
  const columns = [...[...fields].map(columnOf), ...(sums ? [summedColumns] : [])]
  return columns.length === 0 ? empty : join(columns)
}

/** The same of every session of a workspace, whoever sees it. */
export function everySession({ organizationId, workspaceId }: WorkspaceKey, tallied: Tallied): Sql {
  return sql`select ${columnsOf(tallied)} from sessions s
    where s.organization_id = ${organizationId}::uuid and s.workspace_id = ${workspaceId}::uuid`
}

const noSums = sql`null::numeric as tokens, null::numeric as cost, null::int as unknown_costs, null::timestamptz as last_activity_at`

/** One scan of `s` for all the columns: each grouping set nulls the others. Rows of `dimension`, `value`, `count`, and sums. */
export function tallyColumns(from: Sql, dimensions: readonly Dimension[], sums: boolean): Sql {
  const parts = dimensions.map((name) => {
    return { name, by: groupedBy(name), text: textOf(name) }
  })
  const chosen = (result: (part: { name: Dimension; text: Sql }) => Sql) =>
    sql`case ${join(
      parts.map((part) => sql`when grouping(${part.by}) = 0 then ${result(part)}`),
      ' ',
    )} end`
  return sql`
    select ${chosen(({ name }) => sql`${name}::text`)} as dimension, ${chosen(({ text }) => text)} as value,
      count(*)::int as count, ${sums ? summed : noSums}
    from ${from} s group by grouping sets (${join(parts.map(({ by }) => sql`(${by})`))})
    having count(*) > 0`
}

/** The entries of a list of `s`: rows of `dimension`, `value`, `count`, and sums; of values by key only those of the keys, unless null. */
export function tallyList(
  from: Sql,
  dimension: Dimension,
  keys: readonly string[] | null,
  sums: boolean,
): Sql {
  const { keyed } = dimensionOf(dimension)
  const more = sums ? sql`, ${summedColumns}` : empty
  // In the select list, which is twice as fast as in a lateral join.
  return sql`
    select ${dimension}::text as dimension, value, count(*)::int as count, ${sums ? summed : noSums}
    from (select unnest(${groupedBy(dimension)}) as value${more} from ${from} s) s
    where value is not null ${keys === null || keyed === undefined ? raw('') : sql`and ${keyPart(sql`value`, keyed.separator)} = any(${[...keys]}::text[])`}
    group by value`
}
