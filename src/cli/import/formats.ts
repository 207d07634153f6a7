import { CliError } from '../failure.js'
import { isAtif, readAtif } from './atif.js'
import { readChatMessages } from './chat-message.js'
import { labelsAt, originAt, uuidAt } from './exported.js'
import { isNative, readNative } from './native.js'
import type { SourceFile } from './read-file.js'
import {
  isObject,
  type SourceDefaults,
  type SourceSession,
  textAt,
  Unreadable,
  type UnreadableSession,
} from './source.js'

interface Format {
  /** Whether a value of the file is a session of this format. */
  recognizes: (value: unknown) => boolean
  name: (value: unknown, index: number) => string
  /** @throws {Unreadable} */
  read: (value: unknown, index: number, defaults: SourceDefaults) => Omit<SourceSession, 'name'>
}

/** Every format that can be imported is declared here and nowhere else; `auto` takes the first that recognizes the file. */
export const formats = {
  'tau-bench': {
    recognizes: (value) => isObject(value) && 'traj' in value && 'task_id' in value,
    name: (value) => (isObject(value) ? `task ${value.task_id}, trial ${value.trial ?? 0}` : 'a value'),
    read: readTauBench,
  },
  atif: {
    recognizes: isAtif,
    name: (value, index) => nameOf(isObject(value) ? value.session_id : null, index),
    read: readAtif,
  },
  native: {
    recognizes: isNative,
    name: (value, index) =>
      nameOf(isObject(value) && isObject(value.session) ? value.session.id : null, index),
    read: readNative,
  },
  chat: {
    recognizes: (value) => (isObject(value) ? Array.isArray(value.messages) : isConversation(value)),
    name: (value, index) => nameOf(isObject(value) ? value.id : null, index),
    read: readChat,
  },
} as const satisfies Record<string, Format>
export type FormatName = keyof typeof formats
export const formatNames = Object.keys(formats) as FormatName[]

export interface SourceSessions {
  format: FormatName
  sessions: SourceSession[]
  unreadable: UnreadableSession[]
}

/** The sessions of a file; one that cannot be read does not stop the others. */
export function readSessions(
  file: SourceFile,
  wanted: FormatName | 'auto',
  defaults: SourceDefaults,
): SourceSessions {
  // A bare list of messages is one session, whether it is an array or one message a line.
  const values = isConversation(file.values) ? [file.values] : file.values
  const format = wanted === 'auto' ? recognize(values) : wanted
  const { name, read }: Format = formats[format]
  const found: SourceSessions = { format, sessions: [], unreadable: [] }
  const seen = new Set<string>()
  for (const [index, value] of values.entries()) {
    try {
      const session = { name: name(value, index), ...read(value, index, defaults) }
      const place = JSON.stringify(session.place)
      if (seen.has(place)) throw new Unreadable('it is in the file twice')
      seen.add(place)
      found.sessions.push(session)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      found.unreadable.push({ name: name(value, index), reason: error.message })
    }
  }
  return found
}

function nameOf(id: unknown, index: number): string {
  return id === null || id === undefined ? `session ${index + 1}` : `session ${String(id)}`
}

function recognize(values: readonly unknown[]): FormatName {
  const found = formatNames.find((name) => formats[name].recognizes(values[0]))
  if (found !== undefined) return found
  throw new CliError(
    'The file holds neither chats (objects with messages, or a list of messages), nor ATIF trajectories, nor native bundles, nor tau-bench results; --format says which it is.',
  )
}

function isConversation(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((message) => isObject(message) && 'role' in message && !('messages' in message))
  )
}

function readChat(value: unknown, index: number, defaults: SourceDefaults): Omit<SourceSession, 'name'> {
  const object = isObject(value) ? value : { messages: value }
  const id = typeof object.id === 'number' ? String(object.id) : textAt(object, 'id')
  const uuid = uuidAt(object, 'id')
  const [first, ...others] = readChatMessages(object.messages)
  const session = {
    ...(uuid === null ? {} : { id: uuid }),
    place:
      uuid !== null ? ['id', uuid] : id === null ? ['chat', defaults.source, String(index)] : ['chat', id],
    title: textAt(object, 'title'),
    agent: textAt(object, 'agent') ?? defaults.agent,
    model: textAt(object, 'model') ?? defaults.model ?? '',
    origin: originAt(object, 'origin') ?? defaults.origin ?? 'USER',
    labels: { ...labelsAt(object, 'labels'), ...defaults.labels },
    messages: [],
  }
  if (first === undefined && uuid !== null) return session
  if (first === undefined) throw new Unreadable('it has no messages')
  // Sessions have no metadata of their own; the first message keeps it.
  const metadata = isObject(object.metadata)
    ? { ...first.metadata, session: object.metadata }
    : first.metadata
  return { ...session, messages: [{ ...first, ...(metadata ? { metadata } : {}) }, ...others] }
}

function readTauBench(value: unknown, _index: number, defaults: SourceDefaults): Omit<SourceSession, 'name'> {
  if (!isObject(value)) throw new Unreadable('it is no object')
  const { task_id: task, trial = 0, reward } = value
  if (typeof task !== 'number' || typeof trial !== 'number')
    throw new Unreadable('task_id or trial is no number')
  const agent = defaults.agent ?? 'tau-bench-airline'
  const model = defaults.model ?? 'gpt-4o'
  const messages = readChatMessages(value.traj)
  if (messages.length === 0) throw new Unreadable('its traj is empty')
  return {
    // Another agent's results for the same task are other sessions.
    place: ['tau-bench', agent, model, String(task), String(trial)],
    title: titleOf(task, trial, value.info),
    titleSource: 'MACHINE',
    agent,
    model,
    origin: defaults.origin ?? 'EVAL',
    labels: {
      task: [String(task)],
      trial: [String(trial)],
      ...(typeof reward === 'number' ? { reward: [String(reward)] } : {}),
      ...defaults.labels,
    },
    messages,
  }
}

function titleOf(task: number, trial: number, info: unknown): string {
  const instruction = isObject(info) && isObject(info.task) ? info.task.instruction : null
  const title = `Task ${task}, trial ${trial}`
  if (typeof instruction !== 'string') return title
  const characters = [...`${title}: ${instruction.replace(/\s+/g, ' ').trim()}`]
  return characters.length <= 200 ? characters.join('') : `${characters.slice(0, 199).join('')}…`
}
