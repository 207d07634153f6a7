import { type Db, type Store, sql } from '../db/sql.js'
import { saveSession } from '../domain/acting/save.js'
import { noteDone } from '../domain/audit/note.js'
import { noteRefused } from '../domain/audit/refuse.js'
import { DomainError, invalidInput } from '../domain/errors.js'
import { Slices } from '../domain/slices.js'
import { listWorkspaceAccess } from '../domain/tenancy/workspace.js'
import { appendLocked } from '../domain/transcript/append.js'
import { readTranscript, type TranscriptMessage } from '../domain/transcript/read.js'
import { deleteRowsFrom } from '../domain/transcript/rewind.js'
import { findMessageIssues } from '../domain/transcript/rules.js'
import { lockTranscript } from '../domain/transcript/write.js'
import type { Viewer, WorkspaceAccess } from '../domain/viewer.js'
import { sessionIdAt } from '../rules/session-id.js'
import { excerpt } from '../rules/text.js'
import { parseUuid } from '../rules/uuid.js'
import { type Conversation, firstGiven, readingConversations } from './conversations.js'
import { boundingTexts } from './packed-texts.js'
import type { SpanRow } from './span-row.js'
import type { Span } from './spans.js'
import { fromStored, toStored } from './stored-rows.js'
import { addingSpans } from './transcript.js'

/** What became of spans: those that were not stored, and why, in one sentence. */
export interface Received {
  rejectedSpans: number
  errorMessage: string
}

/** How many traces are remembered by the conversation that one of their spans named. */
const MAX_TRACES = 10_000
const MAX_APPENDED = 500
/** Ids are kept with their traces, in memory. */
const MAX_ID = 256
const TITLE_LENGTH = 100

/** Refusals that concern one conversation; the others of a request are stored. */
const ofOneConversation = new Set(['INVALID_INPUT', 'CONFLICT', 'NOT_FOUND'])

/** Stores spans of agents as sessions of the key's default workspace. Spans may come late, out of order and twice. */
export function createReceiver(store: Store) {
  const conversationByTrace = new Map<string, string>()
  return async (viewer: Viewer, spans: readonly Span[]): Promise<Received> => {
    const access = await defaultWorkspace(store, viewer)
    const idOf = derivingIds(store, access)
    const named = new Map(
      spans.flatMap(({ traceId }) => {
        const id = conversationByTrace.get(`${access.workspaceId} ${traceId}`)
        return id === undefined ? [] : [[traceId, id] as const]
      }),
    )
    await inSlices(boundingTexts(spans))
    const conversations = await inSlices(readingConversations(spans, named))
    const received: Received = { rejectedSpans: 0, errorMessage: '' }
    for (const conversation of conversations) {
      if (conversation.id.length > MAX_ID) {
        received.rejectedSpans += conversation.spans.length
        received.errorMessage ||= `Ids of conversations have at most ${MAX_ID} characters`
        continue
      }
      for (const { span, conversation: id } of conversation.spans)
        if (id !== null) conversationByTrace.set(`${access.workspaceId} ${span.traceId}`, id)
      try {
        await storeConversation(store, viewer, access, await idOf(conversation.id), conversation)
      } catch (error) {
        if (!(error instanceof DomainError) || !ofOneConversation.has(error.code)) throw error
        const refused = { id: parseUuid(conversation.id), workspaceId: access.workspaceId, code: error.code }
        await noteRefused(store, { viewer, act: 'append_messages' }, [refused])
        received.rejectedSpans += conversation.spans.length
        received.errorMessage ||= `Conversation ${excerpt(conversation.id, TITLE_LENGTH)}: ${error.message}`
      }
    }
    for (const key of conversationByTrace.keys()) {
      if (conversationByTrace.size <= MAX_TRACES) break
      conversationByTrace.delete(key)
    }
    return received
  }
}

async function defaultWorkspace(db: Db, viewer: Viewer): Promise<WorkspaceAccess> {
  const id = viewer.workspaceId ?? viewer.defaultWorkspaceId
  const access = (await listWorkspaceAccess(db, viewer)).find(({ workspaceId }) => workspaceId === id)
  if (access === undefined)
    throw invalidInput({ path: [], message: 'The key has no default workspace that it may enter' })
  return access
}

async function storeConversation(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  conversation: Conversation,
): Promise<void> {
  const model = firstGiven(conversation.spans, (given) => given.model) ?? ''
  const agent =
    firstGiven(conversation.spans, (given) => given.agent) ??
    firstGiven(conversation.spans, ({ span }) => span.service)
  const given = await inSlices(addingSpans([], conversation.spans))
  const asked = given.find(({ role, text }) => role === 'user' && text.trim() !== '')
  const title = asked === undefined ? null : excerpt(asked.text, TITLE_LENGTH)
  const [stored] = await store.$queryRaw<{ model: string; title: string | null }[]>(sql`
    select s.model, s.title from sessions s
    where s.organization_id = ${access.organizationId}::uuid and s.id = ${id}::uuid`)
  if (stored === undefined || (stored.title === null && title !== null))
    await saveSession(store, viewer, access, {
      id,
      agent,
      title,
      titleSource: 'machine',
      model: stored?.model || model,
    })
  const systemPrompt = firstGiven(
    conversation.spans,
    (given) => given.system ?? given.input.find(({ role }) => role === 'system')?.text ?? null,
  )
  await store.transact(async (db) => {
    const session = await lockTranscript(db, viewer, access, 'writeTranscript', id)
    const messages = await readAll(db, session)
    const before = messages.map(fromStored)
    const after = await inSlices(addingSpans(before, conversation.spans))
    // Rows that did not change are the same objects.
    let same = 0
    while (same < before.length && before[same] === after[same]) same += 1
    const isShortened = messages.some(({ isSummary, compactedAt }) => isSummary || compactedAt !== null)
    const stored = new Set(before.map(({ key }) => key))
    const rows = isShortened ? after.filter(({ key }) => !stored.has(key)) : after.slice(same)
    const first = messages[same]
    if (!isShortened && first !== undefined) await deleteRowsFrom(db, null, session, first)
    if (rows.length > 0)
      await noteDone(db, { viewer, act: 'append_messages' }, { id, workspaceId: access.workspaceId })
    const madeAt = new Map(messages.map((message, index) => [before[index]?.key, message]))
    for (const { context, batch } of batchesOf(rows, session.model ?? '')) {
      const given = batch.map((row) =>
        toStored(conversation.id, row, timeOf(viewer, row, madeAt.get(row.key))),
      )
      const [issue, ...others] = given.flatMap((row, index) => findMessageIssues(row, ['spans', index]))
      if (issue !== undefined) throw invalidInput(issue, ...others)
      await appendLocked(db, session, given, {
        model: context,
        agent: agent ?? session.agent,
        ...(systemPrompt === null ? {} : { systemPrompt }),
      })
    }
  })
}

/** The ids of the sessions of conversations: their own where those are uuids, else derived; what the organization is called is read once. */
function derivingIds(db: Db, access: WorkspaceAccess): (conversation: string) => Promise<string> {
  let read: Promise<{ slug: string }[]> | undefined
  return async (conversation) => {
    const own = parseUuid(conversation)
    if (own !== null) return own
    read ??= db.$queryRaw<{ slug: string }[]>(
      sql`select o.slug from organizations o where o.id = ${access.organizationId}::uuid`,
    )
    const [organization] = await read
    return sessionIdAt(organization?.slug ?? '', access.slug, ['otel', conversation])
  }
}

/** Rows in batches of one model, none longer than an append takes. */
function batchesOf(rows: readonly SpanRow[], ownModel: string): { context: string; batch: SpanRow[] }[] {
  const found: { context: string; batch: SpanRow[] }[] = []
  let model = ownModel
  for (const row of rows) {
    model = row.model ?? model
    const last = found.at(-1)
    if (last?.context === model && last.batch.length < MAX_APPENDED) last.batch.push(row)
    else found.push({ context: model, batch: [row] })
  }
  return found
}

/** Rows that move keep their time; a span's own time takes the right to tell times, and is never in the future. */
function timeOf(viewer: Viewer, row: SpanRow, stored: TranscriptMessage | undefined): Date | null {
  const mayTell = (viewer.scopes as ReadonlySet<string>).has('sessions:import')
  if (mayTell && row.timeMs > 0 && row.timeMs <= Date.now()) return new Date(row.timeMs)
  return stored?.createdAt ?? null
}

/** What a transcript may amount to that is read whole to place spans in it, in characters; each row counts a little by itself. */
const MAX_SIZE = 32 * 1024 * 1024
const ROW_SIZE = 512

function sizeOf({ content, toolCalls, metadata }: TranscriptMessage): number {
  return content.length + JSON.stringify([toolCalls, metadata]).length
}

async function readAll(
  db: Db,
  session: { organizationId: string; id: string },
): Promise<TranscriptMessage[]> {
  const found: TranscriptMessage[] = []
  let size = 0
  for (;;) {
    const afterSeq = found.at(-1)?.seq ?? null
    const page = await readTranscript(db, session, {
      first: 5000,
      includeCompacted: true,
      bySeq: true,
      afterSeq,
    })
    found.push(...page.rows)
    size += page.rows.reduce((sum, row) => sum + ROW_SIZE + sizeOf(row), 0)
    if (size > MAX_SIZE)
      throw invalidInput({
        path: [],
        message: 'Its transcript is larger than what spans are placed in, 32 MiB',
      })
    if (!page.hasNextPage) return found
  }
}

const SLICE_MS = 10

/** Does work in slices, between which others have their turn; it ends with its request. */
async function inSlices<Result>(steps: Generator<unknown, Result>): Promise<Result> {
  const slices = new Slices(SLICE_MS)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (slices.isOver) await slices.rest()
  }
}
