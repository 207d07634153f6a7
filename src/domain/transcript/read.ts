import { type Db, type MessageRole, type Sql, sql } from '../../db/sql.js'
import { isCount } from '../../rules/limits.js'
import { invalidInput } from '../errors.js'
import {
  decodeCursor,
  encodeCursor,
  type PageOf,
  type PageRequest,
  readPageRequest,
  toPage,
} from '../page.js'
import type { Session } from '../session/fields.js'
import type { ToolCall } from './message.js'
import { type Found, fitsIntoPage, foundCount, isCut, withinBytes } from './page-bytes.js'

const DEFAULT_PAGE = 100
const MAX_TRANSCRIPT_PAGE = 5000

/** A row of a transcript, with agent and model of its segment. */
export interface TranscriptMessage {
  organizationId: string
  sessionId: string
  id: string
  seq: number
  place: number
  isSummary: boolean
  role: MessageRole
  content: string
  agent: string | null
  model: string | null
  parentId: string | null
  toolCallId: string | null
  toolCalls: ToolCall[] | null
  isError: boolean | null
  metadata: Record<string, unknown> | null
  /** All null when the message came without usage. */
  inputTokens: number | null
  outputTokens: number | null
  cacheReadInputTokens: number | null
  cacheCreationInputTokens: number | null
  costUsd: number | null
  compactedAt: Date | null
  createdAt: Date
}

export interface TranscriptRequest extends PageRequest {
  includeCompacted?: boolean | null
  /** By seq instead, which leaves summaries where they were made. */
  bySeq?: boolean | null
  /** Starts after the row with this seq, or where it would stand (contract 5.3). */
  afterSeq?: number | null
}

/**
 * A page of a session's transcript: by place, then by seq, so that a summary stands where its originals stood. Rows may
 * be megabytes each: a page of such ends before it is full, and says that there are more.
 */
export async function readTranscript(
  db: Db,
  session: Pick<Session, 'organizationId' | 'id'>,
  request: TranscriptRequest,
): Promise<PageOf<TranscriptMessage>> {
  const window = readPageRequest(request, DEFAULT_PAGE, MAX_TRANSCRIPT_PAGE)
  const bySeq = request.bySeq ?? false
  const start = await findStart(db, session, request.afterSeq ?? null, bySeq)
  const order = orderBy(bySeq, window.backward)
  const rows = await db.$queryRaw<(TranscriptMessage & Found)[]>(sql`
    with page as (
      select m.* from messages m where ${ofSession(session)}
        ${request.includeCompacted ? sql`` : sql`and m.compacted_at is null`}
        ${start} ${beyond(window.after, 'after', bySeq)} ${beyond(window.before, 'before', bySeq)}
      order by ${order} limit ${window.limit + 1})
    select ${messageColumns}, ${foundCount}
    from (${withinBytes(order)}) m ${joinSegment}
    where ${fitsIntoPage}
    order by ${order}`)
  return toPage(rows, window, isCut(rows) || undefined)
}

/** The row of a session's transcript with this seq, or null. */
export async function findMessage(
  db: Db,
  session: Pick<Session, 'organizationId' | 'id'>,
  seq: number,
): Promise<TranscriptMessage | null> {
  if (!isCount(seq)) return null
  const [row] = await db.$queryRaw<TranscriptMessage[]>(
    sql`select ${messageColumns} from messages m ${joinSegment} where ${ofSession(session)} and m.seq = ${seq}::int`,
  )
  return row ?? null
}

const messageColumns = sql`
  m.organization_id as "organizationId", m.session_id as "sessionId", m.id, m.seq, m.place,
  m.is_summary as "isSummary", m.role, m.content, g.agent, g.model, m.parent_id as "parentId",
  m.tool_call_id as "toolCallId", m.tool_calls as "toolCalls", m.is_error as "isError", m.metadata, m.input_tokens as "inputTokens",
  m.output_tokens as "outputTokens", m.cache_read_input_tokens as "cacheReadInputTokens",
  m.cache_creation_input_tokens as "cacheCreationInputTokens", m.cost_usd::float8 as "costUsd",
  m.compacted_at as "compactedAt", m.created_at as "createdAt"`

const joinSegment = sql`
  left join segments g on g.organization_id = m.organization_id and g.session_id = m.session_id and g.number = m.segment`

const ofSession = ({ organizationId, id }: Pick<Session, 'organizationId' | 'id'>): Sql =>
  sql`m.organization_id = ${organizationId}::uuid and m.session_id = ${id}::uuid`

/**
 * Messages by session and seq, in the order of the places; null where there is none. Where they are large they end before
 * they amount to more than a page, and so does the list. One statement.
 */
export async function messagesAt(
  db: Db,
  organizationId: string,
  places: readonly { sessionId: string; seq: number }[],
): Promise<(TranscriptMessage | null)[]> {
  if (places.length === 0) return []
  const found = await db.$queryRaw<(TranscriptMessage & Found & { rank: number })[]>(sql`
    with page as (
      select m.*, wanted.rank::int as rank
      from unnest(${places.map(({ sessionId }) => sessionId)}::uuid[], ${places.map(({ seq }) => seq)}::int[])
        with ordinality as wanted(session_id, seq, rank)
      join messages m on m.organization_id = ${organizationId}::uuid and m.session_id = wanted.session_id
        and m.seq = wanted.seq)
    select ${messageColumns}, ${foundCount}, m.rank
    from (${withinBytes(sql`m.rank`)}) m ${joinSegment}
    where ${fitsIntoPage} order by m.rank`)
  const byRank = new Map(found.map((row) => [row.rank, row]))
  const end = isCut(found) ? found.at(-1)?.rank : places.length
  return places.slice(0, end).map((_place, index) => byRank.get(index + 1) ?? null)
}

/** Where a message stands in its transcript. */
export function cursorOf(message: Pick<TranscriptMessage, 'place' | 'seq'>): string {
  return encodeCursor([message.place, message.seq])
}

/** Transcript order: by place, then by seq (contract 5.1). */
export function orderBy(bySeq: boolean, backward: boolean): Sql {
  if (bySeq) return backward ? sql`m.seq desc` : sql`m.seq`
  return backward ? sql`m.place desc, m.seq desc` : sql`m.place, m.seq`
}

/** The rows of a transcript beyond a cursor of it. @throws INVALID_INPUT when it is none */
export function beyond(cursor: string | null, side: 'after' | 'before', bySeq: boolean): Sql {
  if (cursor === null) return sql``
  const [place, seq, ...rest] = decodeCursor(cursor) ?? []
  if (!isCount(place) || !isCount(seq) || rest.length > 0)
    throw invalidInput({ path: [side], message: 'Not a cursor of this transcript' })
  const before = side === 'before'
  if (bySeq) return before ? sql`and m.seq < ${seq}::int` : sql`and m.seq > ${seq}::int`
  return before
    ? sql`and (m.place, m.seq) < (${place}::int, ${seq}::int)`
    : sql`and (m.place, m.seq) > (${place}::int, ${seq}::int)`
}

async function findStart(
  db: Db,
  session: Pick<Session, 'organizationId' | 'id'>,
  afterSeq: number | null,
  bySeq: boolean,
): Promise<Sql> {
  if (afterSeq === null) return sql``
  if (!isCount(afterSeq)) throw invalidInput({ path: ['afterSeq'], message: 'Takes a seq of 0 or more' })
  if (bySeq) return sql`and m.seq > ${afterSeq}::int`
  const [row] = await db.$queryRaw<{ place: number }[]>(sql`
    select m.place from messages m where m.organization_id = ${session.organizationId}::uuid
      and m.session_id = ${session.id}::uuid and m.seq = ${afterSeq}::int`)
  return row === undefined
    ? sql`and m.place > ${afterSeq}::int`
    : sql`and (m.place, m.seq) > (${row.place}::int, ${afterSeq}::int)`
}
