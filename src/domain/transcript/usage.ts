import { type Db, prepare, type Sql, sql } from '../../db/prisma.js'
import { isUnpriced, tokensOfRow } from './totals.js'

/** What a session's transcript consumed: derived from its rows at read time (contract 2.2). */
export interface SessionUsage {
  /** All four buckets; as `sessions.total_tokens`. */
  totalTokens: number
  totalInputTokens: number
  totalOutputTokens: number
  totalCacheReadInputTokens: number
  totalCacheCreationInputTokens: number
  totalToolCallCount: number
  totalCostUsd: number | null
  totalMessageCount: number
  lastGenerationInputTokens: number | null
  compactionCount: number
  currentMessageCount: number
  currentInputTokens: number
  currentOutputTokens: number
  currentCacheReadInputTokens: number
  currentCacheCreationInputTokens: number
  currentToolCallCount: number
  currentCostUsd: number | null
}

const nothing: SessionUsage = {
  totalTokens: 0,
  totalInputTokens: 0,
  totalOutputTokens: 0,
  totalCacheReadInputTokens: 0,
  totalCacheCreationInputTokens: 0,
  totalToolCallCount: 0,
  totalCostUsd: 0,
  totalMessageCount: 0,
  lastGenerationInputTokens: null,
  compactionCount: 0,
  currentMessageCount: 0,
  currentInputTokens: 0,
  currentOutputTokens: 0,
  currentCacheReadInputTokens: 0,
  currentCacheCreationInputTokens: 0,
  currentToolCallCount: 0,
  currentCostUsd: 0,
}

const current = sql`m.compacted_at is null`

/** The usage of each session, in the order of the ids, in one statement. */
export async function usageBySession(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<SessionUsage[]> {
  const statement = sql`
    select m.session_id as "sessionId",
      ${sum(tokensOfRow)} as "totalTokens",
      ${sum(sql`m.input_tokens`)} as "totalInputTokens",
      ${sum(sql`m.output_tokens`)} as "totalOutputTokens",
      ${sum(sql`m.cache_read_input_tokens`)} as "totalCacheReadInputTokens",
      ${sum(sql`m.cache_creation_input_tokens`)} as "totalCacheCreationInputTokens",
      ${toolCalls(sql`true`)} as "totalToolCallCount",
      ${cost(sql`true`)} as "totalCostUsd",
      count(*)::int as "totalMessageCount",
      (array_agg(m.input_tokens::float8 + m.cache_read_input_tokens + m.cache_creation_input_tokens order by m.seq desc)
        filter (where m.role = 'assistant' and m.input_tokens is not null))[1] as "lastGenerationInputTokens",
      (count(*) filter (where m.is_summary))::int as "compactionCount",
      (count(*) filter (where ${current}))::int as "currentMessageCount",
      ${sum(sql`m.input_tokens`, current)} as "currentInputTokens",
      ${sum(sql`m.output_tokens`, current)} as "currentOutputTokens",
      ${sum(sql`m.cache_read_input_tokens`, current)} as "currentCacheReadInputTokens",
      ${sum(sql`m.cache_creation_input_tokens`, current)} as "currentCacheCreationInputTokens",
      ${toolCalls(current)} as "currentToolCallCount",
      ${cost(current)} as "currentCostUsd"
    from messages m
    where m.organization_id = ${organizationId}::uuid and m.session_id = any(${[...ids]}::uuid[])
    group by m.session_id`
  const rows = await db.$queryRaw<(SessionUsage & { sessionId: string })[]>(prepare(statement))
  const bySession = new Map(rows.map(({ sessionId, ...usage }) => [sessionId, usage]))
  return ids.map((id) => bySession.get(id) ?? nothing)
}

function sum(column: Sql, rows: Sql = sql`true`): Sql {
  return sql`coalesce(sum(${column}) filter (where ${rows}), 0)::float8`
}

function toolCalls(rows: Sql): Sql {
  return sql`coalesce(sum(m.tool_call_count) filter (where m.role = 'assistant' and ${rows}), 0)::float8`
}

/** Unknown as soon as one row wrote output at an unknown cost; never a partial sum. */
function cost(rows: Sql): Sql {
  return sql`case when coalesce(bool_or(${isUnpriced}) filter (where ${rows}), false) then null
    else coalesce(sum(m.cost_usd) filter (where ${rows}), 0)::float8 end`
}
