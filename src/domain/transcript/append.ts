import { randomUUID } from 'node:crypto'
import { type Db, type Store, sql } from '../../db/prisma.js'
import { type Issue, invalidInput } from '../errors.js'
import type { Session } from '../session/columns.js'
import { scopeOf } from '../session/filter.js'
import { requireRole } from '../session/permissions.js'
import { requireRight } from '../session/rights.js'
import { excerpt } from '../text.js'
import { parseUuid } from '../uuid.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { findEnd } from './end.js'
import type { MessageInput } from './message.js'
import { findContextIssues, findMessageIssues } from './rules.js'
import { findSegment, nextSegment, type TranscriptContext } from './segment.js'
import { lockTranscript, writeRows } from './write.js'

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
  requireInput(messages, context)
  const append = (db: Db) => tryAppend(db, viewer, access, id, messages, context)
  const lockAndAppend = () =>
    store.transact(async (db) => {
      await lockTranscript(db, viewer, access, 'writeTranscript', id)
      return append(db)
    })
  // The lock takes three statements more, for a session that somebody else changed between two of ours.
  const outcome = (await append(store)) ?? (await lockAndAppend())
  if (outcome === null) throw new Error(`The locked session ${id} changed`)
  return outcome
}

/** Reads the session, then writes if nobody has changed it since; null when somebody has. */
async function tryAppend(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  messages: readonly MessageInput[],
  context: TranscriptContext | null,
): Promise<AppendOutcome | null> {
  const end = await findEnd(db, scopeOf(viewer, [access]), id, messages)
  const { version, lastSeq, segment, knownIds, ...session } = end
  requireRight(viewer, access, session, 'writeTranscript')
  const fresh = withoutDuplicates(messages, knownIds)
  if (fresh.length === 0) return { session, lastSeq, appendedCount: 0 }

  const opened = context === null ? null : nextSegment(await findSegment(db, session), context)
  const first = (lastSeq ?? -1) + 1
  const rows = fresh.map((message, index) => ({
    ...message,
    seq: first + index,
    place: first + index,
    segment: opened?.number ?? segment,
  }))
  const opening = session.previewText === null ? fresh.find(({ role }) => role === 'user') : undefined
  const updated = await writeRows(db, session, {
    rows,
    segment: opened,
    sets: [
      // Forward always: of two appends, the one that began first may wait for the other.
      sql`last_message_at = greatest(now(), s.last_message_at + interval '1 millisecond')`,
      sql`preview_text = coalesce(s.preview_text, ${opening ? previewOf(opening.content) : null}::text)`,
    ],
    version,
  })
  return updated && { session: updated, lastSeq: first + fresh.length - 1, appendedCount: fresh.length }
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

/** The messages whose ids are new, in canonical form, and made where there are none. */
function withoutDuplicates(messages: readonly MessageInput[], knownIds: readonly string[]) {
  const seen = new Set(knownIds)
  return messages
    .map((message) => ({ ...message, id: parseUuid(message.id ?? '') ?? randomUUID() }))
    .filter(({ id }) => !seen.has(id) && seen.add(id))
}
