import { type Sql, sql } from '../../db/sql.js'

/** What sessions come to together. */
export interface Sums {
  /** Of all four buckets. */
  tokens: bigint
  /** In 10^-12 US dollars, of the sessions whose cost is known. */
  cost: bigint
  /** Sessions whose cost is not known. */
  unknownCosts: number
  /** Milliseconds since 1970; null where there is no session. */
  lastActivityAt: number | null
}

/** As texts, in the order of `readSums`; of rows with the columns of `summed`. */
export const sumsAsJson: Sql = sql`json_build_array(coalesce(sum(tokens), 0)::text, (coalesce(sum(cost), 0) * 1e12)::numeric(50, 0)::text,
  coalesce(sum(unknown_costs), 0)::int, (extract(epoch from max(last_activity_at)) * 1000)::float8)`

/** Sums of sessions `s`, for rows that are counted. */
export const summed: Sql = sql`sum(s.total_tokens) as tokens, sum(s.total_cost_usd) as cost,
  count(*) filter (where s.total_cost_usd is null) as unknown_costs,
  max(coalesce(s.last_message_at, s.created_at)) as last_activity_at`

export type JsonSums = [tokens: string, cost: string, unknownCosts: number, lastActivityAt: number | null]

/** Sums as the database gives them in JSON. */
export function readSums([tokens, cost, unknownCosts, lastActivityAt]: JsonSums): Sums {
  return { tokens: BigInt(tokens), cost: BigInt(cost), unknownCosts, lastActivityAt }
}

/** What no session comes to. */
export const noSums: Sums = { tokens: 0n, cost: 0n, unknownCosts: 0, lastActivityAt: null }

/** What two disjoint sets of sessions come to together. */
export function addSums(a: Sums, b: Sums): Sums {
  const newest = Math.max(a.lastActivityAt ?? -Infinity, b.lastActivityAt ?? -Infinity)
  return {
    tokens: a.tokens + b.tokens,
    cost: a.cost + b.cost,
    unknownCosts: a.unknownCosts + b.unknownCosts,
    lastActivityAt: a.lastActivityAt === null && b.lastActivityAt === null ? null : newest,
  }
}
