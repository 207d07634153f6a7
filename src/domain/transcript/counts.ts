import { join, raw, type Sql, sql } from '../../db/sql.js'

/** A column of `sessions` that adds up over rows of its transcript. */
interface Count {
  /** Over all rows. */
  total: string
  /** Over the rows that are not compacted; absent where the session keeps none. */
  current?: string
  type: 'int' | 'bigint' | 'numeric'
  /** The sum over those rows of `messages m` for which the condition holds. */
  over: (rows: Sql) => Sql
}

const bucket = (name: string): Count => ({
  total: `total_${name}`,
  current: `current_${name}`,
  type: 'bigint',
  over: (rows) => sql`coalesce(sum(m.${raw(name)}) filter (where ${rows}), 0)`,
})

/** Every column of a session that adds up over its rows is declared here and nowhere else (contract 2.2). */
const counts: readonly Count[] = [
  {
    total: 'total_message_count',
    current: 'current_message_count',
    type: 'int',
    over: (rows) => sql`count(m.seq) filter (where ${rows})`,
  },
  {
    total: 'compaction_count',
    type: 'int',
    over: (rows) => sql`count(m.seq) filter (where ${rows} and m.is_summary)`,
  },
  bucket('input_tokens'),
  bucket('output_tokens'),
  bucket('cache_read_input_tokens'),
  bucket('cache_creation_input_tokens'),
  {
    total: 'total_tool_call_count',
    current: 'current_tool_call_count',
    type: 'int',
    over: (rows) => sql`coalesce(sum(m.tool_call_count) filter (where ${rows} and m.role = 'assistant'), 0)`,
  },
  {
    total: 'priced_cost_usd',
    current: 'current_priced_cost_usd',
    type: 'numeric',
    over: (rows) => sql`coalesce(sum(m.cost_usd) filter (where ${rows}), 0)`,
  },
  {
    // Rows that wrote output at an unknown cost, which makes the cost of the session unknown.
    total: 'unpriced_count',
    current: 'current_unpriced_count',
    type: 'int',
    over: (rows) => sql`count(m.seq) filter (where ${rows} and m.output_tokens > 0 and m.cost_usd is null)`,
  },
  {
    total: 'failed_call_count',
    type: 'int',
    over: (rows) => sql`count(m.seq) filter (where ${rows} and m.role = 'tool' and m.is_error)`,
  },
]

/** The columns of `messages` that counts are made from. */
export const countedColumns = sql`seq, is_summary, role, input_tokens, output_tokens, cache_read_input_tokens,
  cache_creation_input_tokens, cost_usd, tool_call_count, is_error`

/** What the rows of `m` add up to, by the names of the columns over all rows. */
export const sums: Sql = join(counts.map(({ total, over }) => sql`${over(sql`true`)} as ${raw(total)}`))

/** `sums`, as texts that hold the numbers exactly. */
export const sumsAsTexts: Sql = join(
  counts.map(({ total, over }) => sql`(${over(sql`true`)})::text as ${raw(total)}`),
)

/** What some rows add up to, as `sumsAsTexts` reads it. */
export type Sums = Readonly<Record<string, string>>

/** What the newest row of an answer says of the model's context: input, cached too; null in `m` without usage. */
export const lastGeneration = sql`(max(array[m.seq, m.input_tokens::bigint + m.cache_read_input_tokens
  + m.cache_creation_input_tokens]) filter (where m.role = 'assistant' and m.input_tokens is not null))[2]`

/** Adds the `sums` in `total` to their session `s`, and takes rows that were compacted with it from what is current. */
export function adding(compacted: Sums = {}): Sql[] {
  return counts.flatMap(({ total, current, type }) => {
    const added = raw(`total.${total}`)
    const left = compacted[total] === undefined ? added : sql`${added} - ${compacted[total]}::${raw(type)}`
    return [
      sql`${raw(total)} = s.${raw(total)} + ${added}`,
      ...(current === undefined ? [] : [sql`${raw(current)} = s.${raw(current)} + ${left}`]),
    ]
  })
}

const alone: Readonly<Record<string, Sql>> = {
  last_generation_input_tokens: lastGeneration,
  answering_models: sql`merged_names('{}', array_agg(distinct g.model) filter (where m.role = 'assistant'))`,
  tool_names: sql`merged_names('{}', names_of_calls(jsonb_agg(jsonb_path_query_array(m.tool_calls, '$[*].name'))
    filter (where m.role = 'assistant' and m.tool_call_count > 0)))`,
  first_message_at: sql`min(m.created_at)`,
  last_row_at: sql`max(m.created_at)`,
  last_message_at: sql`max(m.created_at) filter (where not m.is_summary)`,
}

/** All that a transcript amounts to, counted anew: a relation of one row for each of the ids, over those rows of `messages m`. */
export function recountOf(organizationId: string, ids: readonly string[], rows: Sql = sql`true`): Sql {
  const columns = [
    ...counts.flatMap(({ total, current, over }) => [
      sql`${over(sql`true`)} as ${raw(total)}`,
      ...(current === undefined ? [] : [sql`${over(sql`m.compacted_at is null`)} as ${raw(current)}`]),
    ]),
    ...Object.entries(alone).map(([name, value]) => sql`${value} as ${raw(name)}`),
  ]
  return sql`select counted.id, ${join(columns)}
    from unnest(${[...ids]}::uuid[]) as counted(id)
    left join messages m on m.organization_id = ${organizationId}::uuid and m.session_id = counted.id and ${rows}
    left join segments g on g.organization_id = ${organizationId}::uuid and g.session_id = counted.id
      and g.number = m.segment
    group by counted.id`
}

/** The columns of a session that its transcript decides. */
export const countColumns: readonly string[] = [
  ...counts.flatMap(({ total, current }) => (current === undefined ? [total] : [total, current])),
  ...Object.keys(alone),
]

/** Writes what `recountOf` gives, under the name `recount`, into its session. */
export const recounted: readonly Sql[] = countColumns.map((name) => sql`${raw(name)} = recount.${raw(name)}`)
