import { type Db, type Sql, sql } from '../../db/sql.js'
import type { Session } from '../session/fields.js'
import {
  type Found,
  fitsIntoPage,
  foundCount,
  MAX_PAGE_BYTES,
  withinBytes,
} from '../transcript/page-bytes.js'
import type { TranscriptMessage } from '../transcript/read.js'

/** A row of a transcript as trajectories need it. */
export interface TrajectoryRow
  extends Pick<
    TranscriptMessage,
    | 'id'
    | 'seq'
    | 'place'
    | 'role'
    | 'content'
    | 'isSummary'
    | 'agent'
    | 'model'
    | 'parentId'
    | 'toolCallId'
    | 'toolCalls'
    | 'isError'
    | 'metadata'
    | 'inputTokens'
    | 'outputTokens'
    | 'cacheReadInputTokens'
    | 'cacheCreationInputTokens'
    | 'costUsd'
    | 'compactedAt'
    | 'createdAt'
  > {
  segment: number | null
}

/** A place in transcript order. */
export interface Position {
  place: number
  seq: number
}

/** The exported rows of a session, as a condition on `messages m`. */
export function exported(session: Session, includeCompacted: boolean, alias: 'm' | 'a' = 'm'): Sql {
  return alias === 'm'
    ? sql`m.organization_id = ${session.organizationId}::uuid and m.session_id = ${session.id}::uuid
        ${includeCompacted ? sql`` : sql`and m.compacted_at is null`}`
    : sql`a.organization_id = ${session.organizationId}::uuid and a.session_id = ${session.id}::uuid
        ${includeCompacted ? sql`` : sql`and a.compacted_at is null`}`
}

/** The columns of a row, from `messages m` and its segment `g`; metadata may be large, and is read where it is told. */
function rowColumns(extended: boolean): Sql {
  return sql`m.id, m.seq, m.place, m.segment, m.role, m.content, m.is_summary as "isSummary", g.agent, g.model,
    m.parent_id as "parentId", m.tool_call_id as "toolCallId", m.tool_calls as "toolCalls", m.is_error as "isError", ${extended ? sql`m.metadata` : sql`null::jsonb`} as metadata,
    m.input_tokens as "inputTokens", m.output_tokens as "outputTokens",
    m.cache_read_input_tokens as "cacheReadInputTokens",
    m.cache_creation_input_tokens as "cacheCreationInputTokens", m.cost_usd::float8 as "costUsd",
    m.compacted_at as "compactedAt", m.created_at as "createdAt"`
}

const joinSegment = sql`left join segments g
  on g.organization_id = m.organization_id and g.session_id = m.session_id and g.number = m.segment`

/** The rows with these seqs, whole, by seq. */
export async function findRows(
  db: Db,
  session: Session,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, TrajectoryRow>> {
  if (seqs.length === 0) return new Map()
  const rows = await db.$queryRaw<TrajectoryRow[]>(sql`
    select ${rowColumns(true)} from messages m ${joinSegment}
    where ${exported(session, true)} and m.seq = any(${[...seqs]}::int[])`)
  return new Map(rows.map((row) => [row.seq, row]))
}

/** The contents of the rows with these seqs, by seq. */
export async function findContents(
  db: Db,
  session: Session,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, { content: string }>> {
  if (seqs.length === 0) return new Map()
  const rows = await db.$queryRaw<{ seq: number; content: string }[]>(sql`
    select m.seq, m.content from messages m where ${exported(session, true)} and m.seq = any(${[...seqs]}::int[])`)
  return new Map(rows.map((row) => [row.seq, row]))
}

/** Up to `limit` rows behind a position that pass the condition, in transcript order; fewer where they are large. */
export function readRows(
  db: Db,
  session: Session,
  includeCompacted: boolean,
  {
    after,
    limit,
    condition = sql`true`,
    extended,
  }: { after: Position | null; limit: number; condition?: Sql; extended: boolean },
): Promise<(TrajectoryRow & Found)[]> {
  return db.$queryRaw<(TrajectoryRow & Found)[]>(sql`
    with page as (
      select m.* from messages m where ${exported(session, includeCompacted)} and ${condition}
        ${after === null ? sql`` : sql`and (m.place, m.seq) > (${after.place}::int, ${after.seq}::int)`}
      order by m.place, m.seq limit ${limit})
    select ${rowColumns(extended)}, ${foundCount}
    from (${withinBytes(sql`m.place, m.seq`)}) m ${joinSegment}
    where ${fitsIntoPage} order by m.place, m.seq`)
}

/**
 * The system prompts of these segments, null where there is none: in their order as many as amount to a page, the first two
 * whatever their size.
 */
export async function findPrompts(
  db: Db,
  session: Session,
  segments: readonly number[],
): Promise<ReadonlyMap<number, string | null>> {
  if (segments.length === 0) return new Map()
  const found = await db.$queryRaw<{ number: number; prompt: string | null }[]>(sql`
    select g.number, g.system_prompt as prompt
    from (
      select wanted.*, g.system_prompt,
        sum(coalesce(octet_length(g.system_prompt), 0)) over (order by wanted.place) as bytes
      from unnest(${[...segments]}::int[]) with ordinality as wanted(number, place)
      left join segments g on g.organization_id = ${session.organizationId}::uuid and g.session_id = ${session.id}::uuid
        and g.number = wanted.number) g
    where g.place <= 2 or g.bytes <= ${MAX_PAGE_BYTES}::int`)
  return new Map(found.map(({ number, prompt }) => [number, prompt]))
}
