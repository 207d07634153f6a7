import type { Format, SourcePiece } from '../format.js'
import { isObject, type SourceDefaults, type SourceHead, Unreadable } from '../source.js'
import { madeHead } from './head.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { eachObject, looseName, looseObject, looseObjects, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { opencodeExport, opencodeMessage } from './opencode-members.js'
import { readMessage } from './opencode-message.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

const FORMAT = 'opencode'
const infoMembers = new Set(['id', 'title', 'parentID', 'time', 'model'])
/** What `opencode export` writes: a session with its messages and their parts. */
export const opencode: Format = {
  title: 'opencode session',
  input: 'value',
  recognizes: ({ values: [first] }) => isExport(first),
  looksLike: ({ values: [first] }) =>
    isObject(first) &&
    [first.id, first.sessionID].some((id) => typeof id === 'string' && /^(?:ses|msg|prt)_/.test(id)),
  name: ({ value, number }) => nameOf(looseObject(looseObject(value).info).id, number),
  lists: ['messages'],
  read: ({ value, number }, defaults) => readExport(value, number, defaults),
}

function isExport(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.info) || !Array.isArray(value.messages)) return false
  const [message] = value.messages
  return message === undefined
    ? 'id' in value.info && 'time' in value.info
    : isObject(message) && isObject(message.info) && Array.isArray(message.parts)
}

/** The session of an export, or of what amounts to one. */
export function* readExport(
  value: unknown,
  number: number,
  defaults: SourceDefaults,
  leftOut = new LeftOutTally(),
): Generator<SourcePiece> {
  const { info, messages: values } = looseObject(value)
  if (!isObject(info)) throw new Unreadable('it has no info')
  const id = looseName(info.id)
  if (id === null) throw new Unreadable('its info has no id')
  const agent = defaults.agent ?? FORMAT
  leftOut.addUnread(value, opencodeExport)
  let rows = 0
  let index = 0
  /** Index of the first row of each message, by its id. */
  const starts = new Map<string, number>()
  let tail: string | null = null
  let firstTyped: string | null = null
  let model: string | null = null
  let firstModel: string | null = null
  for (const message of eachObject(values)) {
    index += 1
    leftOut.addUnread(message, opencodeMessage)
    const reported = looseObject(message.info)
    model = looseName(reported.modelID) ?? looseName(looseObject(reported.model).modelID) ?? model
    firstModel ??= model
    const context = model === null ? {} : { context: { model, agent } }
    const parts = looseObjects(message.parts)
    const compaction = parts.find(({ type }) => type === 'compaction')
    if (compaction !== undefined) tail = looseName(compaction.tail_start_id)
    starts.set(String(reported.id), rows)
    const replaced = starts.get(tail ?? '') ?? rows
    for (const row of readMessage(id, reported, parts, replaced, leftOut)) {
      if (row.role === 'USER' && row.replacesUpTo === undefined) firstTyped ??= row.content
      rows += 1
      yield { key: id, message: { ...row, at: `message ${index}`, ...context } }
    }
  }
  const given = looseName(info.title)
  const title = titleFrom(given === null || /^New session\b/.test(given) ? firstTyped : given)
  const parent = looseName(info.parentID)
  const head: SourceHead = {
    name: nameOf(id, number),
    identity: { by: 'name', identityPath: [FORMAT, id] },
    ...madeHead(title, defaults),
    agent,
    model: firstModel ?? defaults.model ?? '',
    startContext: startContext(defaults, agent),
    createdAt: isoTime(looseObject(info.time).created),
    metadata: metadataOf(FORMAT, membersBut(info, infoMembers) ?? {}),
    ...(parent === null ? {} : { parent: { identity: { by: 'name', identityPath: [FORMAT, parent] } } }),
    leftOut: leftOut.list(),
  }
  yield { key: id, head }
}
