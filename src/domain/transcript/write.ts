import { type Db, sql } from '../../db/prisma.js'
import { conflict } from '../errors.js'
import type { Session } from '../session/columns.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import { requireOwnership, requireRole } from '../session/permissions.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import type { MessageInput } from './message.js'

/**
 * The caller's own session, held until the transaction ends: writes to one transcript take turns.
 * `requireInput` runs after the role is known and before the session is looked up. `CONFLICT` when frozen.
 */
export async function lockTranscript(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  requireInput: () => void = () => {},
): Promise<Session> {
  requireRole(viewer, access, 'transcript:write')
  requireInput()
  const session = await lockSession(db, scopeOf(viewer, [access]), id)
  requireOwnership(viewer, access, session, 'transcript:write')
  if (session.frozenAt !== null) throw conflict('The session is frozen')
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

/** Inserts rows into a locked transcript, with the index of their tool calls. */
export async function insertMessages(db: Db, session: Session, rows: readonly NewRow[]): Promise<void> {
  await db.message.createMany({
    data: rows.map(({ toolCalls, metadata, usage, ...row }) => ({
      organizationId: session.organizationId,
      sessionId: session.id,
      id: row.id,
      seq: row.seq,
      place: row.place,
      segment: row.segment,
      isSummary: row.isSummary ?? false,
      role: row.role,
      content: row.content,
      parentId: row.parentId ?? null,
      toolCallId: row.toolCallId ?? null,
      ...(toolCalls
        ? {
            toolCalls: toolCalls.map((call) => ({ id: call.id, name: call.name, arguments: call.arguments })),
          }
        : {}),
      toolCallCount: toolCalls?.length ?? 0,
      ...(metadata ? { metadata: metadata as object } : {}),
      ...usage,
    })),
  })
  const links = rows.flatMap(({ seq, toolCalls, toolCallId }) => {
    const callIds = new Set([...(toolCalls ?? []).map(({ id }) => id), ...(toolCallId ? [toolCallId] : [])])
    return [...callIds].map((callId) => ({ seq, callId }))
  })
  if (links.length === 0) return
  const { organizationId, id: sessionId } = session
  await db.toolLink.createMany({ data: links.map((link) => ({ organizationId, sessionId, ...link })) })
}
