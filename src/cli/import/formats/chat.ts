import { setOf } from '../../../rules/listed.js'
import type { Format, SourcePiece, SourceRecord } from '../format.js'
import { isObject, type SourceDefaults, type SourceIdentity, textAt, WithoutMessages } from '../source.js'
import { ChatReader, readContent, textParts } from './chat-message.js'
import { labelsAt, originAt, titleSourceAt, uuidAt } from './exported.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { membersBut } from './loose.js'
import { nameOf } from './names.js'
import { chatMessagesOf, isShareGpt } from './share-gpt.js'
import { startContext } from './start-context.js'

/** Objects with the messages of OpenAI's Chat Completions, or ShareGPT's, or lists of them, a conversation each. */
export const chats: Format = {
  title: 'chat',
  input: 'value',
  recognizes: ({ values: [first] }) =>
    isObject(first) ? Array.isArray(first.messages) || isShareGpt(first) : isConversation(first),
  looksLike: ({ values: [first] }) =>
    isObject(first) &&
    ['choices', 'conversation', 'input', 'output'].some((name) => Array.isArray(first[name])),
  name: ({ value, number }) => nameOf(isObject(value) ? value.id : null, number),
  lists: ['messages', 'conversations'],
  read: ({ value, number }, defaults) => readChat(value, number, defaults),
}

/** A file that is one conversation: its values are the messages, of which there may be one. */
export const conversation: Format = {
  title: 'list of chat messages',
  input: 'file',
  recognizes: ({ shape, values }) => isConversation(values) && (shape !== 'object' || isMessage(values[0])),
  read: (records, defaults) => readChat({ messages: valuesOf(records) }, 1, defaults),
}

function* valuesOf(records: Iterable<SourceRecord>): Generator<unknown> {
  for (const { value } of records) yield value
}

function isConversation(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((message) => isObject(message) && 'role' in message && !('messages' in message))
  )
}

/** Whether an object that stands alone is surely a message: many another has a role. */
function isMessage(value: unknown): boolean {
  return isObject(value) && ('content' in value || 'tool_calls' in value)
}

const readMembers = setOf(`
  id title agent model origin labels metadata messages system title_source message_count runtime_id
  conversations
`)
const timeMembers = ['created_at', 'createdAt', 'create_time', 'timestamp']

/** The session of an object with messages; whoever made it may have left something out already. */
export function* readChat(
  value: unknown,
  number: number,
  defaults: SourceDefaults,
  leftOut = new LeftOutTally(),
): Generator<SourcePiece> {
  const key = String(number)
  const object = isObject(value) ? value : { messages: value }
  const identity = identityOf(object, number, defaults)
  const agent = textAt(object, 'agent') ?? defaults.agent
  const reader = new ChatReader(agent, leftOut)
  let rows = 0
  let named: string | null = null
  for (const message of reader.readAll(object.messages ?? chatMessagesOf(object))) {
    rows += 1
    named ??= message.context?.model ?? null
    yield { key, message }
  }
  if (rows === 0 && identity.by !== 'id') throw new WithoutMessages()
  const reported = textAt(object, 'model') ?? defaults.model
  reader.leftOut.addUnread(object.system, textParts)
  const systemPrompt = object.system == null ? null : readContent(object.system).text
  const begun = timeMembers.find((name) => isoTime(object[name]) !== null)
  const others = membersBut(object, new Set([...readMembers, ...(begun === undefined ? [] : [begun])]))
  const metadata = {
    ...(isObject(object.metadata) ? object.metadata : {}),
    ...(others === null ? {} : { chat: others }),
  }
  const head = {
    name: nameOf(object.id, number),
    identity,
    title: textAt(object, 'title'),
    ...titleSourceAt(object),
    agent,
    model: textAt(object, 'model') ?? named ?? defaults.model ?? '',
    startContext: startContext({ model: reported }, agent, systemPrompt),
    systemPrompt,
    origin: originAt(object) ?? defaults.origin ?? 'USER',
    labels: { ...labelsAt(object), ...defaults.labels },
    ...(begun === undefined ? {} : { createdAt: isoTime(object[begun]) }),
    ...(typeof object.message_count === 'number' ? { messageCount: object.message_count } : {}),
    runtimeId: uuidAt(object, 'runtime_id'),
    metadata: Object.keys(metadata).length > 0 ? metadata : null,
    leftOut: reader.leftOut.list(),
  }
  yield { key, head }
}

function identityOf(
  object: Record<string, unknown>,
  number: number,
  { formerSource }: SourceDefaults,
): SourceIdentity {
  const id = typeof object.id === 'number' ? String(object.id) : textAt(object, 'id')
  const uuid = uuidAt(object, 'id')
  if (uuid !== null) return { by: 'id', id: uuid }
  if (id !== null) return { by: 'name', identityPath: ['chat', id] }
  return { by: 'content', beside: [], formerly: ['chat', formerSource, String(number - 1)] }
}
