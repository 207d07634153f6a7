import type { Format } from '../format.js'
import { piecesOf } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceIdentity,
  type SourceSession,
  textAt,
  Unreadable,
} from '../source.js'
import { readChatMessages } from './chat-message.js'
import { labelsAt, originAt, uuidAt } from './exported.js'
import { nameOf } from './names.js'

/** Objects with the messages of OpenAI's Chat Completions, or lists of them, a conversation each. */
export const chats: Format = {
  title: 'chat',
  input: 'value',
  recognizes: ({ values: [first] }) =>
    isObject(first) ? Array.isArray(first.messages) : isConversation(first),
  name: ({ value, number }) => nameOf(isObject(value) ? value.id : null, number),
  read: ({ value, number }, defaults) => [readChat(value, number, defaults)],
}

/** A file that is one conversation: its values are the messages. */
export const conversation: Format = {
  title: 'list of chat messages',
  input: 'file',
  recognizes: ({ shape, values }) => shape !== 'object' && isConversation(values),
  read: (records, defaults) =>
    piecesOf([
      readChat(
        [...records].map(({ value }) => value),
        1,
        defaults,
      ),
    ]),
}

function isConversation(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((message) => isObject(message) && 'role' in message && !('messages' in message))
  )
}

function readChat(value: unknown, number: number, defaults: SourceDefaults): SourceSession {
  const object = isObject(value) ? value : { messages: value }
  const identity = identityOf(object, number, defaults)
  const messages = readChatMessages(object.messages)
  if (messages.length === 0 && identity.by !== 'id') throw new Unreadable('it has no messages')
  return {
    name: nameOf(object.id, number),
    identity,
    title: textAt(object, 'title'),
    agent: textAt(object, 'agent') ?? defaults.agent,
    model: textAt(object, 'model') ?? defaults.model ?? '',
    origin: originAt(object, 'origin') ?? defaults.origin ?? 'USER',
    labels: { ...labelsAt(object, 'labels'), ...defaults.labels },
    metadata: isObject(object.metadata) ? object.metadata : null,
    messages,
  }
}

function identityOf(
  object: Record<string, unknown>,
  number: number,
  { formerSource }: SourceDefaults,
): SourceIdentity {
  const id = typeof object.id === 'number' ? String(object.id) : textAt(object, 'id')
  const uuid = uuidAt(object, 'id')
  if (uuid !== null) return { by: 'id', id: uuid }
  if (id !== null) return { by: 'name', place: ['chat', id] }
  return { by: 'content', beside: [], formerly: ['chat', formerSource, String(number - 1)] }
}
