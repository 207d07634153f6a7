import { randomUUID } from 'node:crypto'
import { type Db, empty, NoLongerHeld, type Sql, type Store, sql } from '../../db/sql.js'
import type { Issue } from '../../rules/issue.js'
import { excerpt } from '../../rules/text.js'
import { parseUuid } from '../../rules/uuid.js'
import { requireRole, requireScope } from '../acting/permissions.js'
import { rightCondition } from '../acting/rights.js'
import { invalidInput } from '../errors.js'
import type { Session } from '../session/fields.js'
import { scopeOf, visibleIn } from '../session/filter.js'
import { Slices } from '../slices.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import type { MessageInput } from './message.js'
import { findContextIssues, findMessageIssues, withStorableTexts } from './rules.js'
import { newestSegment, segmentUnder, type TranscriptContext } from './segment.js'
import { addRows, findLastSeq, lockTranscript, type NewRow, type RowsWrite, type Written } from './write.js'

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
  if (messages.some(({ createdAt }) => createdAt)) requireScope(viewer, 'session:import')
  // Tens of thousands of calls take the thread for a while at each step.
  const slices = new Slices()
  requireInput(messages, context)
  if (slices.isOver) await slices.restWhole()
  const rows = withUniqueIds(messages.map(withStorableTexts))
  if (slices.isOver) await slices.restWhole()
  const givenIds = messages.flatMap((message) => parseUuid(message.id ?? '') ?? [])
  const written = await appendUnlocked(store, viewer, access, id, rows, givenIds, context)
  if (written !== null) return { ...written, appendedCount: rows.length }
  return store.transact(async (db) => {
    const session = await lockTranscript(db, viewer, access, 'writeTranscript', id)
    const stored = await findStoredIds(db, session, givenIds)
    const fresh = rows.filter((row) => !stored.has(row.id))
    if (fresh.length === 0) return { session, lastSeq: await findLastSeq(db, session), appendedCount: 0 }
    const added = await addRows(db, session, {
      audited: { viewer, act: 'append_messages' },
      ...appending(session, fresh, context),
    })
    if (added === null) throw new NoLongerHeld(`The locked session ${session.id} changed`)
    return { ...added, appendedCount: fresh.length }
  })
}

/**
 * The usual case in one statement: the whole id of a session that the viewer may write to, and messages that are all new.
 * Null, with nothing written, in any other case, and when somebody else writes to the session at the same moment.
 */
async function appendUnlocked(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  rows: readonly NewRow[],
  givenIds: readonly string[],
  context: TranscriptContext | null,
): Promise<Written | null> {
  const uuid = parseUuid(id)
  if (uuid === null) return null
  const session = { organizationId: viewer.organizationId, id: uuid }
  return addRows(db, session, {
    audited: { viewer, act: 'append_messages' },
    ...appending(session, rows, context),
    condition: sql`${visibleIn(scopeOf(viewer, [access]))} and ${rightCondition(viewer, access, 'writeTranscript')}
      ${givenIds.length === 0 ? empty : sql`and not exists (${storedIds(session, givenIds)})`}`,
  })
}

/** Appends rows that are all new to a session that is held, within its transaction, whose caller writes the audit. */
export async function appendLocked(
  db: Db,
  session: Session,
  rows: readonly NewRow[],
  context: TranscriptContext,
): Promise<void> {
  const added = await addRows(db, session, { audited: null, ...appending(session, rows, context) })
  if (added === null) throw new NoLongerHeld(`The locked session ${session.id} changed`)
}

/** What an append writes. */
function appending(
  session: Pick<Session, 'organizationId' | 'id'>,
  rows: readonly NewRow[],
  context: TranscriptContext | null,
): Omit<RowsWrite, 'audited'> {
  const opening = rows.find(({ role }) => role === 'user')
  return {
    rows,
    segment: context === null ? newestSegment(session) : segmentUnder(session, context),
    mayOpenSegment: context !== null,
    sets: [
      sql`last_message_at = greatest(s.last_message_at, total.last_at)`,
      sql`preview_text = coalesce(s.preview_text, ${opening ? previewOf(opening.content) : null}::text)`,
    ],
  }
}

async function findStoredIds(db: Db, session: Session, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const stored = await db.$queryRaw<{ id: string }[]>(storedIds(session, ids))
  return new Set(stored.map(({ id }) => id))
}

/** Those of the ids that messages of the session have. */
function storedIds(
  { organizationId, id }: Pick<Session, 'organizationId' | 'id'>,
  ids: readonly string[],
): Sql {
  return sql`select m.id from messages m where m.organization_id = ${organizationId}::uuid
    and m.session_id = ${id}::uuid and m.id = any(${[...ids]}::uuid[])`
}

/** How a list shows the first user message (SES-LST-011). */
function previewOf(content: string): string {
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

/** The messages with their ids in canonical form, made where there are none; the first of each id. */
function withUniqueIds(messages: readonly MessageInput[]): NewRow[] {
  const seen = new Set<string>()
  return messages.map(withId).filter(({ id }) => !seen.has(id) && seen.add(id))
}

/** Member by member: a spread of objects that a caller's input shaped takes several times as long. */
function withId(message: MessageInput): NewRow {
  const { role, content, parentId, toolCallId, toolCalls, isError, metadata, usage, createdAt } = message
  const id = parseUuid(message.id ?? '') ?? randomUUID()
  return { id, role, content, parentId, toolCallId, toolCalls, isError, metadata, usage, createdAt }
}
