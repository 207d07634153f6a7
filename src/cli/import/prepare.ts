import type { MessageRole as StoredRole } from '../../db/sql.js'
import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { findContextIssues, findMessageIssues } from '../../domain/transcript/rules.js'
import { CLOCK_DIFFERENCE_MS } from '../../rules/past.js'
import { isStorableTime } from '../../rules/time.js'
import { parseUuid } from '../../rules/uuid.js'
import type { MessageInput, TranscriptContextInput } from '../documents.generated.js'
import { fitMetadata } from './fit-metadata.js'
import { sessionIdOf } from './identity.js'
import type { SourceHead, SourceMessage, SourcePicture } from './source.js'

/** A row as the gateway takes it, apart from the id where it has none of its own. */
export interface PreparedRow {
  /** Without an id unless the row has its own. */
  message: MessageInput
  /** Where people find it in the file. */
  at: string
  context: TranscriptContextInput | null
  replacesUpTo: number | null
  open: boolean
  /** Whether its usage is that of the whole run so far. */
  ofRun: boolean
  /** What the gateway would refuse it for, with its place in the file; null for nothing. */
  refusal: string | null
  /** Kinds of what is left out of it. */
  leftOut: string[]
}

export interface Preparing {
  /** Whether the key may say when something happened. */
  times: boolean
  now: number
  /** When rows were said that tell no time and have none before them that does. */
  firstAt?: string | null
  /** Whether this answer's usage was counted with another session of the same import. */
  isCounted(answer: string): boolean
  /** Where it goes; nobody says without a gateway. */
  workspaceRef?: WorkspaceRef
}

/** The rows of a session as the gateway takes them, in their order; the gateway's limits are checked on the way. */
export function* prepareRows(
  head: SourceHead,
  messages: Iterable<SourceMessage>,
  how: Preparing,
): Generator<PreparedRow> {
  const { model, agent, systemPrompt } = head
  const prompt = systemPrompt == null ? {} : { systemPrompt }
  const ownContext = head.startContext === undefined ? { model, agent, ...prompt } : head.startContext
  const { countedBefore } = head
  const isCounted = (answer: string) => countedBefore?.has(answer) || how.isCounted(answer)
  const ids = new Set<string>()
  let time = how.firstAt ?? null
  let index = 0
  for (const message of messages) {
    const id = message.id == null ? null : parseUuid(message.id)
    const isOwn = id !== null && !ids.has(id)
    if (isOwn) ids.add(id)
    const kept = index === 0 ? sessionMetadataOf(head, how.workspaceRef) : null
    const context = message.context === undefined ? ownContext : message.context
    // Contexts carry the prompt on, so the first row has to tell it.
    const first = index > 0 || context === null ? context : { ...prompt, ...context }
    const own = { id: isOwn ? id : null, context: first, session: kept, index, time }
    const row = prepareRow(message, { ...how, ...own, isCounted })
    time = row.message.createdAt ?? time
    yield row
    index += 1
  }
}

/** What is kept of a session with its first row, whose call it came from among it. */
function sessionMetadataOf(
  { metadata, parent }: SourceHead,
  workspaceRef: WorkspaceRef | undefined,
): Record<string, unknown> | null {
  if (parent === undefined || parent.identity.by === 'content') return metadata ?? null
  const { identity, callId } = parent
  const session = workspaceRef === undefined ? null : sessionIdOf(identity, workspaceRef)
  return { ...metadata, caller: { session, ...(callId == null ? {} : { call: callId }) } }
}

interface RowPosition extends Preparing {
  id: string | null
  context: TranscriptContextInput | null
  session: Record<string, unknown> | null
  index: number
  /** That of the row before it. */
  time: string | null
}

function prepareRow(source: SourceMessage, position: RowPosition): PreparedRow {
  const leftOut: string[] = []
  const { metadata, cut } = fitMetadata(toStorable(metadataOf(source, position.session), leftOut))
  leftOut.push(...cut)
  const parentId = source.parentId == null ? null : parseUuid(source.parentId)
  if (source.parentId != null && parentId === null) leftOut.push('parents that are no uuids')
  const createdAt = source.createdAt == null ? position.time : readTime(source.createdAt, position, leftOut)
  const counted = source.answer !== undefined && position.isCounted(source.answer)
  if (counted && source.usage) leftOut.push('usage of answers that another session has')
  const usage = counted ? null : source.usage
  const context = toStorable(position.context, leftOut)
  const message: MessageInput = {
    ...(position.id === null ? {} : { id: position.id }),
    ...{ role: source.role, content: toStorable(source.content, leftOut) },
    ...(parentId === null ? {} : { parentId }),
    ...(source.toolCallId == null ? {} : { toolCallId: toStorable(source.toolCallId, leftOut) }),
    ...(source.toolCalls == null ? {} : { toolCalls: toStorable(source.toolCalls, leftOut) }),
    ...(source.isError == null ? {} : { isError: source.isError }),
    ...(usage == null ? {} : { usage }),
    ...(metadata === null ? {} : { metadata }),
    ...(createdAt === null ? {} : { createdAt }),
  }
  const at = source.at ?? `message ${position.index + 1}`
  return {
    message,
    at,
    context,
    replacesUpTo: source.replacesUpTo ?? null,
    open: source.open ?? false,
    ofRun: source.ofRun ?? false,
    refusal: findRefusal(message, context, at),
    leftOut,
  }
}

function metadataOf(
  { metadata, reasoning, pictures }: SourceMessage,
  session: Record<string, unknown> | null,
): Record<string, unknown> | null {
  const parts = pictures?.map((picture) => ({ index: picture.index ?? null, part: toPart(picture) })) ?? []
  const others = Array.isArray(metadata?.content) ? metadata.content : []
  const kept = {
    ...metadata,
    ...(reasoning == null || reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(parts.length === 0 ? {} : { content: [...others, ...parts] }),
    ...(session === null ? {} : { session }),
  }
  // An object without members is no null: an export of ours tells them apart.
  return Object.keys(kept).length === 0 && metadata == null ? null : kept
}

/** A picture as Chat Completions have it, which is how exports write it back. */
function toPart(picture: SourcePicture) {
  const url =
    'url' in picture ? picture.url : `data:${picture.mediaType ?? 'image/png'};base64,${picture.base64}`
  return { type: 'image_url', image_url: { url } }
}

/** The moment as the gateway takes it; null for none, for one that is not past, and where the key may not tell it. */
export function readTime(
  text: string | null | undefined,
  { times, now }: Pick<Preparing, 'times' | 'now'>,
  leftOut: string[],
): string | null {
  if (text == null) return null
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime()) || !isStorableTime(moment)) leftOut.push('times that are none')
  else if (moment.getTime() > now + CLOCK_DIFFERENCE_MS) leftOut.push('times that are not past')
  else if (!times) leftOut.push('times, which take a key with the scope sessions:import')
  else return moment.toISOString()
  return null
}

/** What one request brings of a row, beside its query and its context; the gateway's own limit is a mebibyte higher unless set. */
const MAX_ROW_BYTES = 16 * 2 ** 20
/** A character of a text takes no more bytes of JSON. */
const BYTES_A_CHARACTER = 6

/** That a row is larger than any request; null for none that is. */
function findSizeFault(message: MessageInput): string | null {
  const { content, toolCalls } = message
  const length = (toolCalls ?? []).reduce((sum, call) => sum + call.arguments.length, content?.length ?? 0)
  if (length * BYTES_A_CHARACTER < MAX_ROW_BYTES) return null
  const bytes = Buffer.byteLength(JSON.stringify(message))
  const megabytes = (size: number) => `${(size / 1e6).toFixed(1)} MB`
  return bytes > MAX_ROW_BYTES
    ? `with ${megabytes(bytes)} it is larger than ${megabytes(MAX_ROW_BYTES)}, which is as much as one request brings`
    : null
}

function findRefusal(
  message: MessageInput,
  context: TranscriptContextInput | null,
  at: string,
): string | null {
  const { role, createdAt, content = '', usage, ...plain } = message
  const issues = findMessageIssues(
    {
      ...plain,
      content,
      usage: usage as Parameters<typeof findMessageIssues>[0]['usage'],
      role: role.toLowerCase() as StoredRole,
    },
    [],
  )
  if (context !== null) issues.push(...findContextIssues(context, ['context']))
  const [first] = issues
  if (first === undefined) {
    const fault = findSizeFault(message)
    return fault === null ? null : `${at}: ${fault}`
  }
  const where = first.path.length === 0 ? '' : `${first.path.join('.')}: `
  return `${at}: ${where}${first.message}`
}

const unstorable = /\p{Surrogate}|\0/gu

/** The value with texts that PostgreSQL can store: U+0000 and halves of characters become U+FFFD, which is said. */
export function toStorable<T>(value: T, leftOut: string[]): T {
  const kind = 'characters that cannot be stored'
  const clean = (part: unknown): unknown => {
    if (typeof part === 'string') {
      unstorable.lastIndex = 0
      if (!unstorable.test(part)) return part
      if (!leftOut.includes(kind)) leftOut.push(kind)
      return part.replace(unstorable, '\uFFFD')
    }
    if (Array.isArray(part)) return part.map(clean)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [clean(key), clean(inner)]))
  }
  return clean(value) as T
}
