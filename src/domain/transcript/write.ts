import { type Db, empty, join, prepare, type Sql, sql } from '../../db/prisma.js'
import { moved } from '../session/change.js'
import { type Session, sessionColumns } from '../session/columns.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import { requireRole } from '../session/permissions.js'
import { requireRight } from '../session/rights.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import type { MessageInput } from './message.js'
import type { Segment } from './segment.js'
import { adding, totalsOfRows } from './totals.js'

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

export interface NewRow extends MessageInput {
  id: string
  seq: number
  place: number
  segment: number | null
  isSummary?: boolean
}

export interface RowsWrite {
  /** Not empty. */
  rows: readonly NewRow[]
  /** Opened with them; null opens none. */
  segment?: Segment | null
  /** Columns of the session `s` that change with them. */
  sets?: readonly Sql[]
  /** Written only while the row of the session is this version of it; null for a locked session. */
  version?: string | null
}

/**
 * Inserts rows into a transcript, with the index of their tool calls and what they consumed, in one statement.
 * Gives the session as it is then; null, with nothing written, when it is no more of the version.
 */
export async function writeRows(
  db: Db,
  { organizationId, id }: Pick<Session, 'organizationId' | 'id'>,
  { rows, segment = null, sets = [], version = null }: RowsWrite,
): Promise<Session | null> {
  const links = linksOf(rows)
  // One JSON parameter: with a parameter for each value, appending takes twice as long (test/load/transcripts.ts).
  const [session] = await db.$queryRaw<Session[]>(
    prepare(sql`
    with r as (select * from jsonb_to_recordset(${JSON.stringify(rows.map(toRecord))}::jsonb) as r(id uuid, seq int,
        place int, segment int, is_summary boolean, role message_role, content text, parent_id uuid, tool_call_id text,
        tool_calls jsonb, tool_call_count int, metadata jsonb, input_tokens int, output_tokens int,
        cache_read_input_tokens int, cache_creation_input_tokens int, cost_usd numeric(20,12))),
      total as (select ${totalsOfRows} from r as m),
      s as (update sessions s set ${join([...adding, ...sets, moved])} from total
        where s.organization_id = ${organizationId}::uuid and s.id = ${id}::uuid
          ${version === null ? empty : sql`and s.xmin = ${version}::xid`}
        returning ${sessionColumns}),
      ${segment === null ? empty : openingSegment(segment)}
      m as (insert into messages (organization_id, session_id, id, seq, place, segment, is_summary, role, content,
          parent_id, tool_call_id, tool_calls, tool_call_count, metadata, input_tokens, output_tokens,
          cache_read_input_tokens, cache_creation_input_tokens, cost_usd)
        select s."organizationId", s.id, r.id, r.seq, r.place, r.segment, coalesce(r.is_summary, false), r.role,
          r.content, r.parent_id, r.tool_call_id, r.tool_calls, coalesce(r.tool_call_count, 0), r.metadata,
          r.input_tokens, r.output_tokens, r.cache_read_input_tokens, r.cache_creation_input_tokens, r.cost_usd
        from r, s)
      ${links.length === 0 ? empty : linking(links)}
    select * from s`),
  )
  return session ?? null
}

function openingSegment({ number, agent, model, systemPrompt }: Segment): Sql {
  return sql`g as (insert into segments (organization_id, session_id, number, agent, model, system_prompt)
    select s."organizationId", s.id, ${number}::int, ${agent}::text, ${model}::text, ${systemPrompt}::text from s),`
}

function linking(links: readonly { seq: number; callId: string }[]): Sql {
  return sql`, l as (insert into tool_links (organization_id, session_id, call_id, seq)
    select s."organizationId", s.id, l.call_id, l.seq
    from unnest(${links.map(({ callId }) => callId)}::text[], ${links.map(({ seq }) => seq)}::int[]) as l(call_id, seq), s)`
}

/** Which rows make or answer which tool calls. */
function linksOf(rows: readonly NewRow[]): { seq: number; callId: string }[] {
  return rows.flatMap(({ seq, toolCalls, toolCallId }) => {
    const callIds = new Set([...(toolCalls ?? []).map(({ id }) => id), ...(toolCallId ? [toolCallId] : [])])
    return [...callIds].map((callId) => ({ seq, callId }))
  })
}

/** A row as the statement reads it; absent members are null there. */
function toRecord({ toolCalls, usage, ...row }: NewRow) {
  return {
    id: row.id,
    seq: row.seq,
    place: row.place,
    segment: row.segment ?? undefined,
    is_summary: row.isSummary,
    role: row.role,
    content: row.content,
    parent_id: row.parentId ?? undefined,
    tool_call_id: row.toolCallId ?? undefined,
    tool_calls: toolCalls?.map((call) => ({ id: call.id, name: call.name, arguments: call.arguments })),
    tool_call_count: toolCalls?.length,
    metadata: row.metadata ?? undefined,
    input_tokens: usage?.inputTokens,
    output_tokens: usage?.outputTokens,
    cache_read_input_tokens: usage?.cacheReadInputTokens,
    cache_creation_input_tokens: usage?.cacheCreationInputTokens,
    cost_usd: usage?.costUsd ?? undefined,
  }
}
