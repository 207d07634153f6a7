import { type Db, sql } from '../../db/prisma.js'
import type { Session } from '../session/columns.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import { requireRole } from '../session/permissions.js'
import { requireRight } from '../session/rights.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import type { MessageInput } from './message.js'
import { totalledColumns, totalsOfRows, type UsageTotals } from './totals.js'

/**
 * The caller's own session, held until the transaction ends: writes to one transcript take turns.
 * `requireInput` runs after the role is known and before the session is looked up. `CONFLICT` when its state forbids the right.
 */
export async function lockTranscript(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  right: 'writeTranscript' | 'rewindTranscript' | 'startTurn',
  id: string,
  requireInput: () => void = () => {},
): Promise<Session> {
  requireRole(viewer, access, 'transcript:write')
  requireInput()
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
  seq: number
  place: number
  segment: number | null
  isSummary?: boolean
}

/**
 * Inserts rows into a locked transcript, with the index of their tool calls: two statements for any number.
 * Gives what the rows consumed, which the caller writes to the session.
 */
export async function insertMessages(
  db: Db,
  session: Session,
  rows: readonly NewRow[],
): Promise<UsageTotals> {
  const { organizationId, id: sessionId } = session
  // One JSON parameter: with a parameter for each value, appending takes twice as long (test/load/transcripts.ts).
  const [totals] = await db.$queryRaw<[UsageTotals]>(sql`
    with m as (insert into messages (organization_id, session_id, id, seq, place, segment, is_summary, role, content, parent_id,
      tool_call_id, tool_calls, tool_call_count, metadata, input_tokens, output_tokens, cache_read_input_tokens,
      cache_creation_input_tokens, cost_usd)
    select ${organizationId}::uuid, ${sessionId}::uuid, r.id, r.seq, r.place, r.segment, r.is_summary,
      r.role::message_role, r.content, r.parent_id, r.tool_call_id, r.tool_calls, r.tool_call_count, r.metadata,
      r.input_tokens, r.output_tokens, r.cache_read_input_tokens, r.cache_creation_input_tokens, r.cost_usd
    from jsonb_to_recordset(${JSON.stringify(rows.map(toRecord))}::jsonb) as r(id uuid, seq int, place int, segment int,
      is_summary boolean, role text, content text, parent_id uuid, tool_call_id text, tool_calls jsonb,
      tool_call_count int, metadata jsonb, input_tokens int, output_tokens int, cache_read_input_tokens int,
      cache_creation_input_tokens int, cost_usd numeric)
    returning ${totalledColumns})
    select ${totalsOfRows} from m`)
  const links = rows.flatMap(({ seq, toolCalls, toolCallId }) => {
    const callIds = new Set([...(toolCalls ?? []).map(({ id }) => id), ...(toolCallId ? [toolCallId] : [])])
    return [...callIds].map((callId) => ({ seq, callId }))
  })
  if (links.length > 0) await insertLinks(db, session, links)
  return totals
}

async function insertLinks(
  db: Db,
  { organizationId, id: sessionId }: Session,
  links: readonly { seq: number; callId: string }[],
): Promise<void> {
  await db.$executeRaw(sql`
    insert into tool_links (organization_id, session_id, call_id, seq)
    select ${organizationId}::uuid, ${sessionId}::uuid, l.call_id, l.seq
    from unnest(${links.map(({ callId }) => callId)}::text[], ${links.map(({ seq }) => seq)}::int[]) as l(call_id, seq)`)
}

function toRecord({ toolCalls, metadata, usage, ...row }: NewRow) {
  return {
    id: row.id,
    seq: row.seq,
    place: row.place,
    segment: row.segment,
    is_summary: row.isSummary ?? false,
    role: row.role,
    content: row.content,
    parent_id: row.parentId ?? null,
    tool_call_id: row.toolCallId ?? null,
    tool_calls:
      toolCalls?.map((call) => ({ id: call.id, name: call.name, arguments: call.arguments })) ?? null,
    tool_call_count: toolCalls?.length ?? 0,
    metadata: metadata ?? null,
    input_tokens: usage?.inputTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    cache_read_input_tokens: usage?.cacheReadInputTokens ?? null,
    cache_creation_input_tokens: usage?.cacheCreationInputTokens ?? null,
    cost_usd: usage?.costUsd ?? null,
  }
}
