import { type Db, type Sql, sql } from '../../db/sql.js'
import type { Session } from '../session/fields.js'
import { exported, type TrajectoryRow } from './rows.js'

/** Where what a tool gave back belongs. */
export interface AnchoredResult {
  /** Seq of the row that holds it. */
  seq: number
  /** Seq of the assistant row. */
  target: number
  /** Null when no earlier agent step made that call. */
  sourceCallId: string | null
  /** Length of what the row says, which may be megabytes and is not read yet. */
  bytes: number
}

/** What a tool gave back, and the agent step it belongs to. */
export interface Observation extends AnchoredResult {
  content: string
}

interface ToolRow {
  seq: number
  bytes: number
  toolCallId: string | null
}

const bytes = sql`octet_length(m.content) + coalesce(octet_length(m.metadata::text), 0) as bytes`

/**
 * The tool results of these assistant rows, wherever they stand: each belongs to the nearest earlier agent step that
 * made its call, or, when none did, to the nearest earlier one. Ordinary rows stand at their seq, so seqs order them.
 */
export async function anchorResults(
  db: Db,
  session: Session,
  includeCompacted: boolean,
  agents: readonly TrajectoryRow[],
): Promise<AnchoredResult[]> {
  const [first, last] = [agents[0], agents.at(-1)]
  if (first === undefined || last === undefined) return []
  const end = await findNextAgent(db, session, includeCompacted, last.seq)
  const near = await db.$queryRaw<ToolRow[]>(sql`
    select m.seq, ${bytes}, m.tool_call_id as "toolCallId" from messages m
    where ${exported(session, includeCompacted)} and m.role = 'tool' and not m.is_summary
      and m.seq > ${first.seq}::int and m.seq < ${end}::int
    order by m.seq`)
  const makersOf = new Map<string | null, number[]>()
  for (const { seq, toolCalls } of agents)
    for (const { id } of toolCalls ?? []) makersOf.set(id, [...(makersOf.get(id) ?? []), seq])
  const called = near.map((row) => ({
    ...row,
    caller: makersOf.get(row.toolCallId)?.findLast((seq) => seq < row.seq) ?? null,
  }))
  const unknown = called.filter(({ caller, toolCallId }) => caller === null && toolCallId !== null)
  const elsewhere = await findCalledElsewhere(db, session, includeCompacted, unknown)
  const here = called.flatMap(({ seq, bytes, toolCallId, caller }): AnchoredResult[] => {
    if (caller !== null) return [{ seq, target: caller, sourceCallId: toolCallId, bytes }]
    const nearest = agents.findLast((agent) => agent.seq < seq)
    return elsewhere.has(seq) || nearest === undefined
      ? []
      : [{ seq, target: nearest.seq, sourceCallId: null, bytes }]
  })
  return [...here, ...(await findLate(db, session, includeCompacted, agents, end))]
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
  const last = rows.at(-1)
  if (last === undefined) return new Set()
  const calls = rows.flatMap(({ toolCallId }) => toolCallId ?? [])
  const linked = await findLinked(db, session, includeCompacted, calls, sql`l.seq < ${last.seq}::int`)
  const firstMade = new Map<string, number>()
  for (const { callId, seq, isAgent } of linked)
    if (isAgent && !firstMade.has(callId)) firstMade.set(callId, seq)
  const isMade = ({ toolCallId, seq }: ToolRow) => (firstMade.get(toolCallId ?? '') ?? seq) < seq
  return new Set(rows.filter(isMade).map(({ seq }) => seq))
}

/** Results behind later agent steps: of each call's last maker here, up to the next step that makes it again. */
async function findLate(
  db: Db,
  session: Session,
  includeCompacted: boolean,
  agents: readonly TrajectoryRow[],
  end: number,
): Promise<AnchoredResult[]> {
  const makers = new Map(agents.flatMap(({ seq, toolCalls }) => (toolCalls ?? []).map(({ id }) => [id, seq])))
  const linked = await findLinked(
    db,
    session,
    includeCompacted,
    [...makers.keys()],
    sql`l.seq >= ${end}::int`,
  )
  const late: AnchoredResult[] = []
  for (const { callId, seq, isAgent, bytes } of linked) {
    const target = makers.get(callId)
    if (target === undefined) continue
    if (isAgent) makers.delete(callId)
    else late.push({ seq, target, sourceCallId: callId, bytes })
  }
  return late
}

/** A row that makes or answers a call. */
interface Linked {
  callId: string
  seq: number
  isAgent: boolean
  bytes: number
}

/**
 * The exported steps and results of these calls, by seq. Links first, then their rows: a planner takes a session for a row
 * or two, and would pass over all of it for each call.
 */
async function findLinked(
  db: Db,
  session: Session,
  includeCompacted: boolean,
  calls: readonly string[],
  range: Sql,
): Promise<Linked[]> {
  if (calls.length === 0) return []
  const links = await db.$queryRaw<{ callId: string; seq: number }[]>(sql`
    select l.call_id as "callId", l.seq from tool_links l
    where l.organization_id = ${session.organizationId}::uuid and l.session_id = ${session.id}::uuid
      and l.call_id = any(${[...new Set(calls)]}::text[]) and ${range}
    order by l.seq`)
  if (links.length === 0) return []
  const seqs = [...new Set(links.map(({ seq }) => seq))]
  const rows = await db.$queryRaw<{ seq: number; isAgent: boolean; toolCallId: string; bytes: number }[]>(sql`
    select m.seq, m.role = 'assistant' as "isAgent", m.tool_call_id as "toolCallId", ${bytes} from messages m
    where ${exported(session, includeCompacted)} and m.seq = any(${seqs}::int[]) and not m.is_summary
      and m.role in ('assistant', 'tool')`)
  const rowOf = new Map(rows.map((row) => [row.seq, row]))
  return links.flatMap(({ callId, seq }) => {
    const row = rowOf.get(seq)
    if (row === undefined || !(row.isAgent || row.toolCallId === callId)) return []
    return [{ callId, seq, isAgent: row.isAgent, bytes: row.bytes }]
  })
}

function isAgent(session: Session, includeCompacted: boolean): Sql {
  return sql`${exported(session, includeCompacted, 'a')} and a.role = 'assistant' and not a.is_summary`
}
