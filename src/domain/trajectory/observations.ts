import { type Db, type Sql, sql } from '../../db/prisma.js'
import type { Session } from '../session/columns.js'
import { exported, type TrajectoryRow } from './rows.js'

/** What a tool gave back, and the agent step it belongs to. */
export interface Observation {
  /** Seq of the assistant row. */
  target: number
  /** Null when no earlier agent step made that call. */
  sourceCallId: string | null
  content: string
}

interface ToolRow {
  seq: number
  content: string
  toolCallId: string | null
  /** The assistant row that made the call; null when none did. */
  caller: number | null
}

/**
 * The tool results of these assistant rows, wherever they stand: each belongs to the nearest earlier agent step that
 * made its call, or, when none did, to the nearest earlier one. Ordinary rows stand at their seq, so seqs order them.
 */
export async function findObservations(
  db: Db,
  session: Session,
  includeCompacted: boolean,
  agents: readonly TrajectoryRow[],
): Promise<Observation[]> {
  const [first, last] = [agents[0], agents.at(-1)]
  if (first === undefined || last === undefined) return []
  const rows = await db.$queryRaw<ToolRow[]>(sql`
    select seq, content, "toolCallId", caller from (
      ${answered(session, includeCompacted, agents)}
      union all
      ${loose(session, includeCompacted, first.seq, last.seq)}
    ) results order by seq`)
  return rows.flatMap(({ seq, content, toolCallId, caller }) => {
    const target = caller ?? agents.findLast((agent) => agent.seq < seq)?.seq
    return target === undefined
      ? []
      : [{ target, sourceCallId: caller === null ? null : toolCallId, content }]
  })
}

/** Results of calls that these rows made, up to the next row that makes a call of the same id. */
function answered(session: Session, includeCompacted: boolean, agents: readonly TrajectoryRow[]): Sql {
  const calls = agents.flatMap(({ seq, toolCalls }) =>
    [...new Set((toolCalls ?? []).map(({ id }) => id))].map((callId) => ({ seq, callId })),
  )
  return sql`
    select m.seq, m.content, own.call_id as "toolCallId", own.seq as caller
    from unnest(${calls.map(({ callId }) => callId)}::text[], ${calls.map(({ seq }) => seq)}::int[]) as own(call_id, seq)
    left join lateral (
      select a.seq from tool_links l ${joinRow(sql`a`)}
      where ${linkOf(session, sql`own.call_id`)} and l.seq > own.seq and ${isAgent(session, includeCompacted)}
      order by l.seq limit 1
    ) again on true
    join tool_links l on ${linkOf(session, sql`own.call_id`)} and l.seq > own.seq and l.seq < coalesce(again.seq, 2147483647)
    ${joinRow(sql`m`)}
    where ${exported(session, includeCompacted)} and m.role = 'tool' and m.tool_call_id = own.call_id`
}

/** Results without a known call that stand behind these rows and before the next agent step. */
function loose(session: Session, includeCompacted: boolean, firstSeq: number, lastSeq: number): Sql {
  return sql`
    select m.seq, m.content, m.tool_call_id as "toolCallId", null::int as caller from messages m
    where ${exported(session, includeCompacted)} and m.role = 'tool' and m.seq > ${firstSeq}::int
      and m.seq < coalesce((
        select a.seq from messages a where ${isAgent(session, includeCompacted)} and a.seq > ${lastSeq}::int
        order by a.seq limit 1), 2147483647)
      and not exists (
        select 1 from tool_links l ${joinRow(sql`a`)}
        where ${linkOf(session, sql`m.tool_call_id`)} and l.seq < m.seq and ${isAgent(session, includeCompacted)})`
}

function joinRow(alias: Sql): Sql {
  return sql`join messages ${alias} on ${alias}.organization_id = l.organization_id
    and ${alias}.session_id = l.session_id and ${alias}.seq = l.seq`
}

function linkOf(session: Session, callId: Sql): Sql {
  return sql`l.organization_id = ${session.organizationId}::uuid and l.session_id = ${session.id}::uuid
    and l.call_id = ${callId}`
}

function isAgent(session: Session, includeCompacted: boolean): Sql {
  return sql`${exported(session, includeCompacted, 'a')} and a.role = 'assistant' and not a.is_summary`
}
