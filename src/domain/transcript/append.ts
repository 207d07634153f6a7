import { randomUUID } from 'node:crypto'
import { type Db, type Store, sql } from '../../db/prisma.js'
import { conflict, type Issue, invalidInput } from '../errors.js'
import { updateSessionRow } from '../session/change.js'
import type { Session } from '../session/columns.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import { requireOwnership, requireRole } from '../session/permissions.js'
import { excerpt } from '../text.js'
import { parseUuid } from '../uuid.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import type { MessageInput } from './message.js'
import { findMessageIssues } from './rules.js'
import { findSegment, openSegment, type TranscriptContext } from './segment.js'

export interface AppendOutcome {
  session: Session
  /** The greatest seq of the transcript; null while it is empty. */
  lastSeq: number | null
  appendedCount: number
}

const MAX_MESSAGES = 500
const PREVIEW_LENGTH = 200

/**
 * Appends messages to the caller's own session, all or none, under consecutive seqs (contract 5.4).
 * A message whose id is already there is skipped, so a call may be repeated. `CONFLICT` when frozen.
 */
export async function appendTranscript(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  messages: readonly MessageInput[],
  context: TranscriptContext | null = null,
): Promise<AppendOutcome> {
  requireRole(viewer, access, 'transcript:write')
  requireMessages(messages)
  return store.$transaction(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    requireOwnership(viewer, access, session, 'transcript:write')
    if (session.frozenAt !== null) throw conflict('The session is frozen')

    const lastSeq = await findLastSeq(db, session)
    const fresh = await withoutDuplicates(db, session, messages)
    if (fresh.length === 0) return { session, lastSeq, appendedCount: 0 }
    const segment =
      context === null ? await findSegment(db, session) : await openSegment(db, session, context)
    const first = (lastSeq ?? -1) + 1
    await insertMessages(db, session, fresh, first, segment?.number ?? null)
    const opening = session.previewText === null ? fresh.find(({ role }) => role === 'user') : undefined
    const updated = await updateSessionRow(db, session, [
      sql`last_message_at = now()`,
      ...(opening === undefined ? [] : [sql`preview_text = ${excerpt(opening.content, PREVIEW_LENGTH)}`]),
    ])
    return { session: updated, lastSeq: first + fresh.length - 1, appendedCount: fresh.length }
  })
}

function requireMessages(messages: readonly MessageInput[]): void {
  const issues: Issue[] = messages.flatMap((message, index) =>
    findMessageIssues(message, ['messages', index]),
  )
  if (messages.length < 1 || messages.length > MAX_MESSAGES)
    issues.unshift({ path: ['messages'], message: `Takes 1 to ${MAX_MESSAGES} messages` })
  const [first, ...others] = issues
  if (first !== undefined) throw invalidInput(first, ...others)
}

/** The greatest seq of a transcript; null while it is empty. */
export async function findLastSeq(db: Db, session: Session): Promise<number | null> {
  const [row] = await db.$queryRaw<{ seq: number | null }[]>(sql`
    select max(m.seq) as seq from messages m
    where m.organization_id = ${session.organizationId}::uuid and m.session_id = ${session.id}::uuid`)
  return row?.seq ?? null
}

async function withoutDuplicates(db: Db, session: Session, messages: readonly MessageInput[]) {
  const identified = messages.map((message) => ({
    ...message,
    id: parseUuid(message.id ?? '') ?? randomUUID(),
  }))
  const ids = identified.map(({ id }) => id)
  const rows = await db.$queryRaw<{ id: string }[]>(sql`
    select m.id from messages m where m.organization_id = ${session.organizationId}::uuid
      and m.session_id = ${session.id}::uuid and m.id = any(${ids}::uuid[])`)
  const seen = new Set(rows.map(({ id }) => id))
  return identified.filter(({ id }) => !seen.has(id) && seen.add(id))
}

async function insertMessages(
  db: Db,
  session: Session,
  messages: readonly (MessageInput & { id: string })[],
  firstSeq: number,
  segment: number | null,
): Promise<void> {
  await db.message.createMany({
    data: messages.map((message, index) => ({
      organizationId: session.organizationId,
      sessionId: session.id,
      seq: firstSeq + index,
      place: firstSeq + index,
      segment,
      ...toRow(message),
    })),
  })
}

/** The columns that a message fills by itself. */
export function toRow({ toolCalls, metadata, usage, ...message }: MessageInput & { id: string }) {
  return {
    id: message.id,
    role: message.role,
    content: message.content,
    parentId: message.parentId ?? null,
    toolCallId: message.toolCallId ?? null,
    ...(toolCalls
      ? { toolCalls: toolCalls.map(({ id, name, arguments: text }) => ({ id, name, arguments: text })) }
      : {}),
    toolCallCount: toolCalls?.length ?? 0,
    ...(metadata ? { metadata: metadata as object } : {}),
    ...(usage ?? {}),
  }
}
