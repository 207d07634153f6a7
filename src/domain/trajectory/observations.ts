import { type Db, type Sql, sql } from '../../db/prisma.js'
import type { Session } from '../session/columns.js'
import { exported, type TrajectoryRow } from './rows.js'

/** What a tool gave back, and the agent step it belongs to. */
export interface Observation {
  /** Seq of the row that holds it. */
  seq: number
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
  const end = await findNextAgent(db, session, includeCompacted, last.seq)
  const near = await db.$queryRaw<ToolRow[]>(sql`
    select m.seq, m.content, m.tool_call_id as "toolCallId" from messages m
    where ${exported(session, includeCompacted)} and m.role = 'tool' and not m.is_summary
      and m.seq > ${first.seq}::int and m.seq < ${end}::int
    order by m.seq`)
  const called = near.map((row) => ({
    ...row,
    caller: agents.findLast((agent) => made(agent, row))?.seq ?? null,
  }))
  const unknown = called.filter(({ caller, toolCallId }) => caller === null && toolCallId !== null)
  const elsewhere = await findCalledElsewhere(db, session, includeCompacted, unknown)
  const here = called.flatMap(({ seq, content, toolCallId, caller }): Observation[] => {
    if (caller !== null) return [{ seq, target: caller, sourceCallId: toolCallId, content }]
    const nearest = agents.findLast((agent) => agent.seq < seq)
    return elsewhere.has(seq) || nearest === undefined
      ? []
      : [{ seq, target: nearest.seq, sourceCallId: null, content }]
  })
  return [...here, ...(await findLate(db, session, includeCompacted, agents, end))]
}

function made(agent: TrajectoryRow, { seq, toolCallId }: ToolRow): boolean {
  return agent.seq < seq && (agent.toolCalls ?? []).some(({ id }) => id === toolCallId)
}

/** Seq of the agent step behind this one; past every seq when there is none. */
async function findNextAgent(
  db: Db,
  session: Session,
  includeCompacted: boolean,
  seq: number,
): Promise<number> {
  const [next] = await db.$queryRaw<{ seq: number }[]>(sql`
    select a.seq from messages a
    where ${isAgent(session, includeCompacted)} and a.seq > ${seq}::int order by a.seq limit 1`)
  return next?.seq ?? 2 ** 31 - 1
}

/** Which of these results answer a call of an agent step on an earlier page. */
async function findCalledElsewhere(
  db: Db,
  session: Session,
  includeCompacted: boolean,
  rows: readonly ToolRow[],
): Promise<Set<number>> {
  if (rows.length === 0) return new Set()
  const found = await db.$queryRaw<{ seq: number }[]>(sql`
    select wanted.seq
    from unnest(${rows.map(({ toolCallId }) => toolCallId)}::text[], ${rows.map(({ seq }) => seq)}::int[])
      as wanted(call_id, seq)
    where (select a.seq from tool_links l ${joinAgent}
      where ${linkOf(session, sql`wanted.call_id`)} and l.seq < wanted.seq and ${isAgent(session, includeCompacted)}
      order by l.seq desc limit 1) is not null`)
  return new Set(found.map(({ seq }) => seq))
}

/** Results behind later agent steps: of each call's last maker here, up to the next step that makes it again. */
async function findLate(
  db: Db,
  session: Session,
  includeCompacted: boolean,
  agents: readonly TrajectoryRow[],
  end: number,
): Promise<Observation[]> {
  const makers = new Map(agents.flatMap(({ seq, toolCalls }) => (toolCalls ?? []).map(({ id }) => [id, seq])))
  if (makers.size === 0) return []
  return db.$queryRaw<Observation[]>(sql`
    select m.seq, own.seq as target, own.call_id as "sourceCallId", m.content
    from unnest(${[...makers.keys()]}::text[], ${[...makers.values()]}::int[]) as own(call_id, seq)
    cross join lateral (
      select coalesce((
        select a.seq from tool_links l ${joinAgent}
        where ${linkOf(session, sql`own.call_id`)} and l.seq > own.seq and ${isAgent(session, includeCompacted)}
        order by l.seq limit 1), 2147483647) as seq
    ) again
    cross join lateral (
      select l.seq from tool_links l
      where ${linkOf(session, sql`own.call_id`)} and l.seq > ${end}::int and l.seq < again.seq order by l.seq
    ) late
    join messages m on m.organization_id = ${session.organizationId}::uuid and m.session_id = ${session.id}::uuid
      and m.seq = late.seq
    where ${exported(session, includeCompacted)} and m.role = 'tool' and not m.is_summary
      and m.tool_call_id = own.call_id
    order by m.seq`)
}

const joinAgent = sql`join messages a on a.organization_id = l.organization_id and a.session_id = l.session_id
  and a.seq = l.seq`

function linkOf(session: Session, callId: Sql): Sql {
  return sql`l.organization_id = ${session.organizationId}::uuid and l.session_id = ${session.id}::uuid
    and l.call_id = ${callId}`
}

function isAgent(session: Session, includeCompacted: boolean): Sql {
  return sql`${exported(session, includeCompacted, 'a')} and a.role = 'assistant' and not a.is_summary`
}
