import { randomUUID } from 'node:crypto'
import { type Db, type Store, sql } from '../../db/prisma.js'
import { type Issue, invalidInput } from '../errors.js'
import { updateSessionRow } from '../session/change.js'
import type { Session } from '../session/columns.js'
import { excerpt } from '../text.js'
import { parseUuid } from '../uuid.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import type { MessageInput } from './message.js'
import { findContextIssues, findMessageIssues } from './rules.js'
import { findSegment, openSegment, type TranscriptContext } from './segment.js'
import { adding } from './totals.js'
import { findLastSeq, insertMessages, lockTranscript } from './write.js'

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
  return store.$transaction(async (db) => {
    const session = await lockTranscript(db, viewer, access, 'writeTranscript', id, () =>
      requireInput(messages, context),
    )
    const lastSeq = await findLastSeq(db, session)
    const fresh = await withoutDuplicates(db, session, messages)
    if (fresh.length === 0) return { session, lastSeq, appendedCount: 0 }

    const segment =
      context === null ? await findSegment(db, session) : await openSegment(db, session, context)
    const first = (lastSeq ?? -1) + 1
    const rows = fresh.map((message, index) => ({
      ...message,
      seq: first + index,
      place: first + index,
      segment: segment?.number ?? null,
    }))
    const totals = await insertMessages(db, session, rows)
    const opening = session.previewText === null ? fresh.find(({ role }) => role === 'user') : undefined
    const updated = await updateSessionRow(db, session, [
      // Forward always: of two appends, the one that began first may wait for the other.
      sql`last_message_at = greatest(now(), s.last_message_at + interval '1 millisecond')`,
      ...adding(totals),
      ...(opening === undefined ? [] : [sql`preview_text = ${previewOf(opening.content)}`]),
    ])
    return { session: updated, lastSeq: first + fresh.length - 1, appendedCount: fresh.length }
  })
}

/** How a list shows the first user message (SES-LST-011). */
export function previewOf(content: string): string {
  return excerpt(content, PREVIEW_LENGTH)
}

function requireInput(messages: readonly MessageInput[], context: TranscriptContext | null): void {
  const issues: Issue[] = messages.flatMap((message, index) =>
    findMessageIssues(message, ['messages', index]),
  )
  if (context !== null) issues.push(...findContextIssues(context, ['context']))
  if (messages.length < 1 || messages.length > MAX_MESSAGES)
    issues.unshift({ path: ['messages'], message: `Takes 1 to ${MAX_MESSAGES} messages` })
  const [first, ...others] = issues
  if (first !== undefined) throw invalidInput(first, ...others)
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
