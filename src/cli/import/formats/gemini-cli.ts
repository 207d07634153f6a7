import type { Aside, Format, SourcePiece, SourceRecord } from '../format.js'
import { isList, isObject, type SourceDefaults, type SourceHead, Unreadable } from '../source.js'
import { identityOf } from './gemini-identity.js'
import { RecordReader } from './gemini-record.js'
import { GeminiState } from './gemini-state.js'
import { madeHead } from './head.js'
import { isoTime } from './iso-time.js'
import { looseName, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

const FORMAT = 'gemini-cli'
const recordMembers = new Set(['sessionId', 'startTime', 'messages', 'summary'])

/** Sessions of the Gemini CLI and its kin, `~/.gemini/tmp/<hash>/chats/session-….json`: one record, or its changes in lines. */
export const geminiSession: Format = {
  title: 'Gemini CLI session',
  input: 'file',
  recognizes: ({ values: [first], shape }) =>
    isObject(first) &&
    typeof first.sessionId === 'string' &&
    (isList(first.messages)
      ? 'startTime' in first || 'projectHash' in first
      : 'projectHash' in first && shape !== 'array') &&
    !('type' in first),
  looksLike: ({ path, values: [first] }) => path.includes('.gemini/tmp/') || isPrompt(first),
  lists: ['messages'],
  read: readSession,
}

/** A line of `logs.json`, which has what was asked alone. */
function isPrompt(value: unknown): boolean {
  return isObject(value) && 'messageId' in value && 'sessionId' in value
}

function* readSession(
  records: Iterable<SourceRecord>,
  defaults: SourceDefaults,
  aside: Aside,
): Generator<SourcePiece> {
  const state = new GeminiState(aside())
  for (const { value } of records) state.take(value)
  const { record, leftOut } = state
  const id = looseName(record.sessionId)
  if (id === null) throw new Unreadable('it has no sessionId')
  const agent = defaults.agent ?? FORMAT
  const reader = new RecordReader(id, agent)
  for (const message of state.messages())
    for (const row of reader.read(message)) yield { key: FORMAT, message: row }
  const title = titleFrom(looseName(record.summary) ?? reader.firstTyped)
  const parent = record.kind === 'subagent' ? parentIn(defaults.path) : null
  const head: SourceHead = {
    name: nameOf(id, 1),
    identity: identityOf(id, parent),
    ...madeHead(title, defaults),
    agent,
    model: reader.firstModel ?? defaults.model ?? '',
    startContext: startContext(defaults, agent),
    createdAt: isoTime(record.startTime),
    metadata: metadataOf(FORMAT, membersBut(record, recordMembers) ?? {}),
    ...(parent === null ? {} : { parent: { identity: identityOf(parent, null), callId: null } }),
    leftOut: [...leftOut.list(), ...reader.leftOut.list()],
  }
  yield { key: FORMAT, head }
}

/** A sub-agent's file stands in a folder that its caller's session id names; nothing in it says whose it is. */
function parentIn(path: string): string | null {
  return /[/\\]chats[/\\]([^/\\]+)[/\\][^/\\]+$/.exec(path)?.[1] ?? null
}
