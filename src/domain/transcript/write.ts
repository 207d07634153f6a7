import { type Db, empty, join, prepare, type Sql, sql } from '../../db/sql.js'
import { moved } from '../acting/change.js'
import { requireRole } from '../acting/permissions.js'
import { requireRight } from '../acting/rights.js'
import { type AuditedAct, entriesFor } from '../audit/note.js'
import type { Session } from '../session/fields.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import { sessionColumns } from '../session/select-list.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { adding, lastGeneration, type Sums, sums } from './counts.js'
import type { MessageInput } from './message.js'

/**
 * The caller's own session, held until the transaction ends: writes to one transcript take turns.
 * `CONFLICT` when its state forbids the right.
 */
export async function lockTranscript(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  right: 'writeTranscript' | 'rewindTranscript' | 'startTurn',
  id: string,
): Promise<Session> {
  requireRole(viewer, access, 'transcript:write')
  const session = await lockSession(db, scopeOf(viewer, [access]), id)
  requireRight(viewer, access, session, right)
  return session
}

/** The greatest seq of a transcript; null while it is empty. */
export async function findLastSeq(db: Db, session: Session): Promise<number | null> {
  const [row] = await db.$queryRaw<{ seq: number | null }[]>(sql`
    select max(m.seq) as seq from messages m
    where m.organization_id = ${session.organizationId}::uuid and m.session_id = ${session.id}::uuid`)
  return row?.seq ?? null
}

export interface NewRow extends MessageInput {
  id: string
  /** Where it stands in the transcript; at its seq when absent. */
  place?: number
  isSummary?: boolean
}

export interface RowsWrite {
  /** What leaves an entry of the audit with them; null where the caller writes one for several writes. */
  audited: AuditedAct | null
  /** Not empty. */
  rows: readonly NewRow[]
  /** Their segment, as `segment` and `model` of one row, with all of `segmentUnder` where it may have to be opened. */
  segment: Sql
  mayOpenSegment?: boolean
  /** What the rows amount to that were compacted with them. */
  compacted?: Sums
  /** Columns of the session `s` that change with them; `total.last_at` is the newest of their times. */
  sets?: readonly Sql[]
  /** What must hold of the session `s`, or nothing is written. */
  condition?: Sql
}

export interface Written {
  session: Session
  /** The greatest seq of the transcript, which is that of the last row. */
  lastSeq: number
}

/**
 * Adds rows to the end of a transcript under consecutive seqs, with segment, index of tool calls and counts, in one statement.
 * Null, with nothing written, when the condition does not hold or, of a session not locked, somebody else wrote meanwhile.
 */
export async function addRows(
  db: Db,
  { organizationId, id }: Pick<Session, 'organizationId' | 'id'>,
  { audited, rows, segment, mayOpenSegment = false, compacted, sets = [], condition = sql`true` }: RowsWrite,
): Promise<Written | null> {
  // The end is read before the session is locked: `xmin` tells whether it is still that version. Messages come before what refers
  // to them. One JSON parameter: with one for each value, appending takes twice as long (test/load/transcripts.ts).
  const [written] = await db.$queryRaw<(Session & { next: number })[]>(
    prepare(sql`
    with r as (select *, coalesce(least(made_at, now()), now())::timestamptz(3) as created_at
        from json_to_recordset(${JSON.stringify(rows.map(toRecord))}::json) as r(seq int, id uuid,
        place int, is_summary boolean, role message_role, content text, parent_id uuid, tool_call_id text,
        tool_calls jsonb, tool_call_count int, is_error boolean, metadata jsonb, input_tokens int, output_tokens int,
        cache_read_input_tokens int, cache_creation_input_tokens int, cost_usd numeric(20,12), made_at timestamptz)),
      total as (select ${sums}, ${lastGeneration} as last_generation, min(m.created_at) as first_at,
        max(m.created_at) as last_at from r as m),
      seen as materialized (select s.xmin as version, coalesce((select max(m.seq) + 1 from messages m
          where m.organization_id = ${organizationId}::uuid and m.session_id = ${id}::uuid), 0) as next
        from sessions s
        where s.organization_id = ${organizationId}::uuid and s.id = ${id}::uuid and ${condition}),
      g as (${segment}),
      s as (update sessions s set ${join([...adding(compacted), ...naming(rows), ...spanning, ...sets, moved])}
        from total, seen, g
        where s.organization_id = ${organizationId}::uuid and s.id = ${id}::uuid and s.xmin = seen.version
        returning ${sessionColumns}, seen.next),
      ${mayOpenSegment ? openingSegment : empty}
      m as (insert into messages (organization_id, session_id, id, seq, place, segment, is_summary, role, content,
          parent_id, tool_call_id, tool_calls, tool_call_count, is_error, metadata, input_tokens, output_tokens,
          cache_read_input_tokens, cache_creation_input_tokens, cost_usd, created_at)
        select s."organizationId", s.id, r.id, s.next + r.seq, coalesce(r.place, s.next + r.seq), g.segment,
          coalesce(r.is_summary, false), r.role, r.content, r.parent_id, r.tool_call_id, r.tool_calls,
          coalesce(r.tool_call_count, 0), r.is_error, r.metadata, r.input_tokens, r.output_tokens,
          r.cache_read_input_tokens, r.cache_creation_input_tokens, r.cost_usd, r.created_at
        from r, s, g)
      ${rows.some(({ toolCalls, toolCallId }) => toolCalls?.length || toolCallId) ? linking : empty}
      ${audited === null ? empty : sql`, ${entriesFor(audited, sql`s`)}`}
    select * from s`),
  )
  if (written === undefined) return null
  const { next, ...session } = written
  return { session, lastSeq: next + rows.length - 1 }
}

/** The context of the newest answer, and the times of the first row and the last. */
const spanning: readonly Sql[] = [
  sql`last_generation_input_tokens = coalesce(total.last_generation, s.last_generation_input_tokens)`,
  sql`first_message_at = least(s.first_message_at, total.first_at)`,
  sql`last_row_at = greatest(s.last_row_at, total.last_at)`,
]

/** The model that answers in the rows, and the tools that it calls, beside those that the session `s` has already. */
function naming(rows: readonly NewRow[]): Sql[] {
  const answers = rows.filter(({ role }) => role === 'assistant')
  const tools = new Set<string>()
  for (const { toolCalls } of answers) for (const { name } of toolCalls ?? []) tools.add(name)
  // A long list that stays as it is must stay the same value, which is then not stored anew.
  return [
    sql`answering_models = case when not ${answers.length > 0}::boolean or g.model = any(s.answering_models)
      then s.answering_models else merged_names(s.answering_models, array[g.model]) end`,
    sql`tool_names = case when ${[...tools]}::text[] <@ s.tool_names then s.tool_names
      else merged_names(s.tool_names, ${[...tools]}::text[]) end`,
  ]
}

const openingSegment = sql`opened as (insert into segments (organization_id, session_id, number, agent, model, system_prompt)
  select s."organizationId", s.id, g.segment, g.agent, g.model, g.system_prompt from s, g where g.opens),`

/** Which rows make or answer which tool calls; read there, as there may be tens of thousands. */
const linking = sql`, linked as (insert into tool_links (organization_id, session_id, call_id, seq)
  select s."organizationId", s.id, l.call_id, s.next + l.at
  from s, (select call ->> 'id' as call_id, r.seq as at from r, jsonb_array_elements(r.tool_calls) as call
    union select r.tool_call_id, r.seq from r where r.tool_call_id <> '') as l)`

/** A row as the statement reads it; absent members are null there. */
function toRecord(row: NewRow, seq: number) {
  const { toolCalls, usage } = row
  return {
    seq,
    id: row.id,
    place: row.place,
    is_summary: row.isSummary,
    role: row.role,
    content: row.content,
    parent_id: row.parentId ?? undefined,
    tool_call_id: row.toolCallId ?? undefined,
    tool_calls: toolCalls ?? undefined,
    tool_call_count: toolCalls?.length,
    is_error: row.isError ?? undefined,
    metadata: row.metadata ?? undefined,
    input_tokens: usage?.inputTokens,
    output_tokens: usage?.outputTokens,
    cache_read_input_tokens: usage?.cacheReadInputTokens,
    cache_creation_input_tokens: usage?.cacheCreationInputTokens,
    cost_usd: usage?.costUsd ?? undefined,
    made_at: row.createdAt?.toISOString(),
  }
}
