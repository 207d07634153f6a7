import { type Db, sql } from '../../db/sql.js'
import type { Session } from '../session/fields.js'
import { exported } from './rows.js'

/** What the agent steps of an export consumed. */
export interface TrajectoryMetrics {
  promptTokens: number
  completionTokens: number
  cachedTokens: number
  /** Null as soon as one step wrote output at an unknown cost. */
  costUsd: number | null
}

/** The sums over the agent steps of an export, in one statement. */
export async function findMetrics(
  db: Db,
  session: Session,
  includeCompacted: boolean,
): Promise<TrajectoryMetrics> {
  const [metrics] = await db.$queryRaw<TrajectoryMetrics[]>(sql`
    select
      coalesce(sum(m.input_tokens::bigint + m.cache_read_input_tokens + m.cache_creation_input_tokens), 0)::float8
        as "promptTokens",
      coalesce(sum(m.output_tokens), 0)::float8 as "completionTokens",
      coalesce(sum(m.cache_read_input_tokens), 0)::float8 as "cachedTokens",
      case when coalesce(bool_or(m.output_tokens > 0 and m.cost_usd is null), false) then null
        else coalesce(sum(m.cost_usd), 0)::float8 end as "costUsd"
    from messages m
    where ${exported(session, includeCompacted)} and m.role = 'assistant' and not m.is_summary`)
  return metrics ?? { promptTokens: 0, completionTokens: 0, cachedTokens: 0, costUsd: 0 }
}
