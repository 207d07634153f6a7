import { type Sql, sql } from '../../db/prisma.js'

/** What some rows of a transcript consumed; texts hold the numbers exactly. */
export interface UsageTotals {
  tokens: string
  pricedCostUsd: string
  /** Rows that wrote output at an unknown cost. */
  unpricedCount: number
}

/** The tokens of all four buckets of a row of `messages m`; null when it came without usage. */
export const tokensOfRow = sql`(m.input_tokens::bigint + m.output_tokens + m.cache_read_input_tokens
  + m.cache_creation_input_tokens)`

/** Whether a row of `messages m` wrote output at an unknown cost, which makes the session's cost unknown. */
export const isUnpriced = sql`(m.output_tokens > 0 and m.cost_usd is null)`

/** `UsageTotals` of the rows of `m`. */
export const totalsOfRows = sql`coalesce(sum(${tokensOfRow}), 0)::text as tokens,
  coalesce(sum(m.cost_usd), 0)::text as "pricedCostUsd", (count(*) filter (where ${isUnpriced}))::int as "unpricedCount"`

/** The columns of `messages` that the totals are made from. */
export const totalledColumns = sql`input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens,
  cost_usd`

/** Adds the `UsageTotals` in `total` to their session `s`. */
export const adding: readonly Sql[] = [
  sql`total_tokens = s.total_tokens + total.tokens::bigint`,
  sql`priced_cost_usd = s.priced_cost_usd + total."pricedCostUsd"::numeric`,
  sql`unpriced_count = s.unpriced_count + total."unpricedCount"`,
]

/** Takes the totals of deleted rows out of their session `s`. */
export function subtracting({ tokens, pricedCostUsd, unpricedCount }: UsageTotals): Sql[] {
  return [
    sql`total_tokens = s.total_tokens - ${tokens}::bigint`,
    sql`priced_cost_usd = s.priced_cost_usd - ${pricedCostUsd}::numeric`,
    sql`unpriced_count = s.unpriced_count - ${unpricedCount}::int`,
  ]
}
