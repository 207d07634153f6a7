import { parseUuid } from '../../../rules/uuid.js'
import type { Format, SourcePiece } from '../format.js'
import { isList, isObject, type SourceDefaults, WithoutMessages } from '../source.js'
import { ChatReader } from './chat-message.js'
import { splitHarnessText } from './harness-text.js'
import { madeHead } from './head.js'
import { isoTime } from './iso-time.js'
import { type Json, looseName, looseObject, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

const FORMAT = 'copilot'
const readMembers = new Set(['sessionId', 'startTime', 'chatMessages', 'timeline', 'selectedModel'])

/** Sessions of earlier versions of the GitHub Copilot CLI, `~/.copilot/history-session-state/session_….json`: a record of chat messages. */
export const copilotHistory: Format = {
  title: 'Copilot CLI session',
  input: 'value',
  recognizes: ({ values: [first], shape }) =>
    shape === 'object' && isObject(first) && 'sessionId' in first && isList(first.chatMessages),
  name: ({ value, number }) => nameOf(looseObject(value).sessionId, number),
  lists: ['chatMessages', 'timeline'],
  read: ({ value, number }, defaults) => readHistory(looseObject(value), number, defaults),
}

function* readHistory(record: Json, number: number, defaults: SourceDefaults): Generator<SourcePiece> {
  const agent = defaults.agent ?? FORMAT
  const model = looseName(record.selectedModel) ?? looseName(record.model) ?? defaults.model
  const reader = new ChatReader(agent)
  const key = FORMAT
  let firstTyped: string | null = null
  let rows = 0
  for (const message of reader.readAll(record.chatMessages)) {
    rows += 1
    if (message.role !== 'USER') {
      yield { key, message }
      continue
    }
    const { typed, wrapped } = splitHarnessText(message.content)
    if (typed !== '') firstTyped ??= typed
    const said = typed === '' ? { role: 'SYSTEM' as const } : { content: typed }
    const around =
      typed === '' || wrapped === '' ? {} : { metadata: { ...message.metadata, copilot: { wrapped } } }
    yield { key, message: { ...message, ...said, ...around } }
  }
  if (rows === 0) throw new WithoutMessages()
  const id = looseName(record.sessionId) ?? ''
  const uuid = parseUuid(id)
  const title = titleFrom(firstTyped)
  yield {
    key,
    head: {
      name: nameOf(id, number),
      identity: uuid === null ? { by: 'name', identityPath: [FORMAT, id] } : { by: 'id', id: uuid },
      ...madeHead(title, defaults),
      agent,
      model: model ?? '',
      startContext: startContext({ model }, agent),
      createdAt: isoTime(record.startTime),
      metadata: metadataOf(FORMAT, membersBut(record, readMembers) ?? {}),
      leftOut: [...reader.leftOut.list(), ...('timeline' in record ? [{ what: 'timelines' }] : [])],
    },
  }
}
