import type { Format } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceMessage,
  type SourcePicture,
  type SourceSession,
  type SourceUsage,
  Unreadable,
} from '../source.js'
import { pictureAt } from './content-blocks.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import {
  asText,
  type Json,
  looseCount,
  looseName,
  looseNumber,
  looseObject,
  looseObjects,
  membersBut,
  metadataOf,
} from './loose.js'
import { nameOf } from './names.js'
import { rowId } from './row-id.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

const FORMAT = 'opencode'
const infoMembers = new Set(['id', 'title', 'parentID', 'time', 'model'])
const messageMembers = new Set([
  ...[
    'id',
    'role',
    'sessionID',
    'modelID',
    'providerID',
    'tokens',
    'cost',
    'time',
    'summary',
    'system',
    'model',
  ],
])
/** Parts that tell of the harness's own steps. */
const housekeeping = new Set(['step-start', 'step-finish', 'snapshot', 'compaction', 'retry'])

/** What `opencode export` writes: a session with its messages and their parts. */
export const opencode: Format = {
  title: 'opencode session',
  input: 'value',
  recognizes: ({ values: [first] }) => isExport(first),
  looksLike: ({ values: [first] }) =>
    isObject(first) && typeof first.id === 'string' && /^(?:ses|msg|prt)_/.test(first.id),
  name: ({ value, number }) => nameOf(looseObject(looseObject(value).info).id, number),
  read: ({ value, number }, defaults) => [readExport(value, number, defaults)],
}

function isExport(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.info) || !Array.isArray(value.messages)) return false
  const [message] = value.messages
  return message === undefined
    ? 'id' in value.info && 'time' in value.info
    : isObject(message) && isObject(message.info) && Array.isArray(message.parts)
}

/** The session of an export, or of what amounts to one. */
export function readExport(value: unknown, number: number, defaults: SourceDefaults): SourceSession {
  const { info, messages: values } = looseObject(value)
  if (!isObject(info)) throw new Unreadable('it has no info')
  const id = looseName(info.id)
  if (id === null) throw new Unreadable('its info has no id')
  const agent = defaults.agent ?? FORMAT
  const leftOut = new LeftOutTally()
  const messages: SourceMessage[] = []
  let firstTyped: string | null = null
  let model: string | null = null
  let firstModel: string | null = null
  for (const [index, message] of looseObjects(values).entries()) {
    const told = looseObject(message.info)
    model = looseName(told.modelID) ?? looseName(looseObject(told.model).modelID) ?? model
    firstModel ??= model
    const context = model === null ? {} : { context: { model, agent } }
    for (const row of readMessage(id, told, looseObjects(message.parts), messages.length, leftOut)) {
      if (row.role === 'USER' && row.replacesUpTo === undefined) firstTyped ??= row.content
      messages.push({ ...row, at: `message ${index + 1}`, ...context })
    }
  }
  const given = looseName(info.title)
  const title = titleFrom(given === null || /^New session\b/.test(given) ? firstTyped : given)
  const parent = looseName(info.parentID)
  return {
    name: nameOf(id, number),
    identity: { by: 'name', place: [FORMAT, id] },
    title,
    titleSource: title === null ? null : 'MACHINE',
    agent,
    model: firstModel ?? defaults.model ?? '',
    startContext: startContext(defaults, agent),
    origin: defaults.origin ?? 'USER',
    labels: defaults.labels,
    createdAt: isoTime(looseObject(info.time).created),
    metadata: metadataOf(FORMAT, membersBut(info, infoMembers) ?? {}),
    ...(parent === null ? {} : { parent: { identity: { by: 'name', place: [FORMAT, parent] } } }),
    leftOut: leftOut.list(),
    messages,
  }
}

function readMessage(
  session: string,
  info: Json,
  parts: readonly Json[],
  before: number,
  leftOut: LeftOutTally,
): SourceMessage[] {
  const createdAt = isoTime(looseObject(info.time).created)
  const texts = parts.filter(({ type }) => type === 'text')
  const own = texts.filter(({ synthetic }) => synthetic !== true)
  const others = parts.filter(({ type }) => !['text', 'reasoning', 'tool'].includes(String(type)))
  const pictures = others.flatMap(pictureOfFile)
  const rest = others.filter(
    (part) => !housekeeping.has(String(part.type)) && pictureOfFile(part).length === 0,
  )
  for (const { type } of others) if (type === 'snapshot' || type === 'retry') leftOut.add(`${type} parts`)
  const shared = { createdAt, id: rowId(session, info.id), ...(pictures.length > 0 ? { pictures } : {}) }
  const told = membersBut(info, messageMembers)
  if (info.role !== 'assistant') {
    const isTyped = own.length > 0 || pictures.length > 0
    const wrapped = isTyped ? texts.filter(({ synthetic }) => synthetic === true).map(textOf) : []
    if (texts.length === 0 && pictures.length === 0 && rest.length === 0) return []
    return [
      {
        ...shared,
        role: isTyped ? 'USER' : 'SYSTEM',
        content: (isTyped ? own : texts).map(textOf).join('\n'),
        metadata: metadataOf(FORMAT, {
          ...told,
          wrapped: wrapped.length > 0 ? wrapped.join('\n') : null,
          parts: rest.length > 0 ? rest : null,
        }),
      },
    ]
  }
  const content = texts.map(textOf).join('\n')
  const usage = usageOf(info, parts)
  const metadata = metadataOf(FORMAT, {
    provider: info.providerID,
    ...told,
    parts: rest.length > 0 ? rest : null,
  })
  // The answer to a request for a summary stands for all before it.
  if (info.summary === true && before > 0)
    return [{ ...shared, role: 'USER', content, usage, metadata, replacesUpTo: before - 1 }]
  const tools = parts.filter(({ type }) => type === 'tool')
  const reasoning = parts
    .filter(({ type }) => type === 'reasoning')
    .map(textOf)
    .filter((text) => text !== '')
  return [
    {
      ...shared,
      role: 'ASSISTANT',
      content,
      usage,
      ...(tools.length > 0 ? { toolCalls: tools.map(toCall) } : {}),
      ...(reasoning.length > 0 ? { reasoning: reasoning.join('\n\n') } : {}),
      metadata,
      ...(looseObject(info.time).completed === undefined && info.error === undefined ? { open: true } : {}),
    },
    ...tools.flatMap((tool) => readResult(session, tool, createdAt)),
  ]
}

function textOf({ text }: Json): string {
  return asText(text)
}

function toCall({ callID, tool, state }: Json) {
  return {
    id: looseName(callID) ?? '',
    name: looseName(tool) ?? 'unknown',
    arguments: asText(looseObject(state).input ?? {}),
  }
}

function readResult(session: string, part: Json, createdAt: string | null): SourceMessage[] {
  const { status, output, error, time, title, metadata, attachments } = looseObject(part.state)
  if (status !== 'completed' && status !== 'error') return []
  const pictures = looseObjects(attachments).flatMap(pictureOfFile)
  return [
    {
      id: rowId(session, part.id),
      role: 'TOOL',
      content: asText(status === 'error' ? (error ?? output) : output),
      toolCallId: looseName(part.callID),
      isError: status === 'error',
      createdAt: isoTime(looseObject(time).end) ?? createdAt,
      ...(pictures.length > 0 ? { pictures } : {}),
      metadata: metadataOf(FORMAT, { title, metadata }),
    },
  ]
}

function pictureOfFile({ type, mime, url }: Json): SourcePicture[] {
  if (type !== 'file' || typeof url !== 'string' || !String(mime).startsWith('image/')) return []
  return [{ ...pictureAt(url), mediaType: String(mime) }]
}

/** The input is without what was cached; reasoning stands beside the output. Several steps of a message are summed. */
function usageOf(info: Json, parts: readonly Json[]): SourceUsage | null {
  const steps = parts.filter(({ type, tokens }) => type === 'step-finish' && isObject(tokens))
  const told = steps.length > 1 ? steps.map(({ tokens }) => tokens) : [info.tokens]
  const usages = told.filter(isObject)
  if (usages.length === 0) return null
  const sum = (read: (tokens: Json) => unknown) =>
    usages.reduce((total, tokens) => total + looseCount(read(tokens)), 0)
  return {
    inputTokens: sum(({ input }) => input),
    outputTokens: sum(({ output }) => output) + sum(({ reasoning }) => reasoning),
    cacheReadInputTokens: sum(({ cache }) => looseObject(cache).read),
    cacheCreationInputTokens: sum(({ cache }) => looseObject(cache).write),
    costUsd: looseNumber(info.cost),
  }
}
