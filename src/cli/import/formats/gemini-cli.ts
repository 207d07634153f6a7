import { parseUuid } from '../../../domain/uuid.js'
import { type Format, piecesOf, type SourceRecord } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceMessage,
  type SourceSession,
  type SourceUsage,
  Unreadable,
} from '../source.js'
import { readParts } from './gemini-parts.js'
import { splitHarnessText } from './harness-text.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import {
  asText,
  type Json,
  looseCount,
  looseName,
  looseObject,
  looseObjects,
  membersBut,
  metadataOf,
} from './loose.js'
import { nameOf } from './names.js'
import { rowId } from './row-id.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'
import { UnansweredCalls } from './unanswered-calls.js'

const FORMAT = 'gemini-cli'
const messageMembers = new Set([
  ...['id', 'timestamp', 'type', 'content', 'toolCalls', 'thoughts', 'tokens', 'model', 'displayContent'],
])
const recordMembers = new Set(['sessionId', 'startTime', 'messages', 'summary'])
const messageTypes = new Set(['user', 'gemini', 'qwen', 'assistant', 'info', 'error', 'warning'])

/** Sessions of the Gemini CLI and its kin, `~/.gemini/tmp/<hash>/chats/session-….json`: one record, or its changes in lines. */
export const geminiSession: Format = {
  title: 'Gemini CLI session',
  input: 'file',
  recognizes: ({ values: [first], shape }) =>
    isObject(first) &&
    typeof first.sessionId === 'string' &&
    ('startTime' in first || 'projectHash' in first) &&
    (Array.isArray(first.messages) || shape !== 'array') &&
    !('type' in first),
  looksLike: ({ path }) => path.includes('.gemini/tmp/'),
  read: (records, defaults) => piecesOf([readSession(records, defaults)]),
}

/** Checkpoints of the Gemini CLI: a history of Gemini's API, in order. */
export const geminiCheckpoint: Format = {
  title: 'Gemini CLI checkpoint',
  input: 'file',
  recognizes: ({ values, shape }) => {
    const [first] = values
    const history =
      shape === 'array' ? values : isObject(first) ? (first.history ?? first.clientHistory) : null
    return (
      Array.isArray(history) &&
      history.length > 0 &&
      history.every((turn) => isObject(turn) && Array.isArray(turn.parts) && 'role' in turn)
    )
  },
  read: (records, defaults) =>
    piecesOf([
      readCheckpoint(
        [...records].map(({ value }) => value),
        defaults,
      ),
    ]),
}

function readSession(records: Iterable<SourceRecord>, defaults: SourceDefaults): SourceSession {
  const leftOut = new LeftOutTally()
  const record: Json = {}
  const messages = new Map<string, Json>()
  const put = (message: Json) => messages.set(looseName(message.id) ?? `#${messages.size}`, message)
  for (const { value } of records) {
    if (!isObject(value)) leftOut.add('lines that are no records')
    else if (messageTypes.has(String(value.type))) put(value)
    else if (typeof value.$rewindTo === 'string') {
      const ids = [...messages.keys()]
      // An unknown place rewinds to the beginning, as the CLI does.
      for (const id of ids.slice(Math.max(0, ids.indexOf(value.$rewindTo)))) messages.delete(id)
    } else {
      const members = isObject(value.$set) ? value.$set : value
      if (Array.isArray(members.messages)) messages.clear()
      for (const message of looseObjects(members.messages)) put(message)
      Object.assign(record, members)
    }
  }
  const id = looseName(record.sessionId)
  if (id === null) throw new Unreadable('it has no sessionId')
  const agent = defaults.agent ?? FORMAT
  const reader = new RecordReader(id, agent)
  const rows = [...messages.values()].flatMap((message, index) =>
    reader.read(message, `message ${index + 1}`),
  )
  const uuid = parseUuid(id)
  const title = titleFrom(looseName(record.summary) ?? reader.firstTyped)
  return {
    name: nameOf(id, 1),
    identity: uuid === null ? { by: 'name', place: [FORMAT, id] } : { by: 'id', id: uuid },
    title,
    titleSource: title === null ? null : 'MACHINE',
    agent,
    model: reader.firstModel ?? defaults.model ?? '',
    startContext: startContext(defaults, agent),
    origin: defaults.origin ?? 'USER',
    labels: defaults.labels,
    createdAt: isoTime(record.startTime),
    metadata: metadataOf(FORMAT, membersBut(record, recordMembers) ?? {}),
    leftOut: leftOut.list(),
    messages: rows,
  }
}

class RecordReader {
  firstTyped: string | null = null
  firstModel: string | null = null
  private model: string | null = null
  private readonly calls = new UnansweredCalls()

  constructor(
    private readonly session: string,
    private readonly agent: string,
  ) {}

  read(message: Json, at: string): SourceMessage[] {
    const { text, reasoning, pictures, rest, calls } = readParts(message.content, this.calls)
    const isAnswer = !['user', 'info', 'error', 'warning'].includes(String(message.type))
    if (isAnswer) this.model = looseName(message.model) ?? this.model
    this.firstModel ??= this.model
    const shared = {
      at,
      createdAt: isoTime(message.timestamp),
      ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
      ...(pictures.length > 0 ? { pictures } : {}),
    }
    const others = { ...membersBut(message, messageMembers), ...(rest.length > 0 ? { content: rest } : {}) }
    const row = { ...shared, id: rowId(this.session, message.id) }
    if (message.type === 'user') {
      const { typed, wrapped } = splitHarnessText(text)
      const isTyped = typed !== '' || pictures.length > 0
      if (isTyped) this.firstTyped ??= typed
      const metadata = metadataOf(FORMAT, { ...others, wrapped: isTyped && wrapped !== '' ? wrapped : null })
      return [{ ...row, role: isTyped ? 'USER' : 'SYSTEM', content: isTyped ? typed : text, metadata }]
    }
    if (!isAnswer)
      return [
        {
          ...row,
          role: 'SYSTEM',
          content: text,
          metadata: metadataOf(FORMAT, { type: message.type, ...others }),
        },
      ]
    const thoughts = looseObjects(message.thoughts).map(({ subject, description }) =>
      [looseName(subject), looseName(description)].filter((part) => part !== null).join(': '),
    )
    const told = looseObjects(message.toolCalls)
    const toolCalls = [
      ...calls,
      ...told.map((call) => ({
        id: looseName(call.id) ?? this.calls.newId(),
        name: looseName(call.name) ?? 'unknown',
        arguments: asText(call.args ?? {}),
      })),
    ]
    const thought = [reasoning, ...thoughts].filter((part) => part !== null && part !== '').join('\n\n')
    return [
      {
        ...row,
        role: 'ASSISTANT',
        content: text,
        usage: usageOf(message.tokens),
        ...(toolCalls.length > 0 ? { toolCalls } : {}),
        ...(thought === '' ? {} : { reasoning: thought }),
        metadata: metadataOf(FORMAT, others),
      },
      ...told.flatMap((call, index) =>
        this.readResult(message, call, toolCalls[calls.length + index]?.id ?? '', shared),
      ),
    ]
  }

  private readResult(message: Json, call: Json, callId: string, shared: object): SourceMessage[] {
    const { results, text, pictures, rest } = readParts(call.result, this.calls)
    const shown = looseName(call.resultDisplay)
    const content = [text, ...results.map((result) => result.text)].filter((part) => part !== '').join('\n')
    const isOver = ['success', 'error', 'cancelled'].includes(String(call.status))
    if (content === '' && shown === null && pictures.length === 0 && !isOver) return []
    return [
      {
        ...shared,
        id: rowId(this.session, message.id, callId),
        role: 'TOOL',
        content: content === '' ? (shown ?? '') : content,
        toolCallId: callId,
        isError: isOver ? call.status !== 'success' : (results[0]?.isError ?? null),
        createdAt: isoTime(call.timestamp) ?? isoTime(message.timestamp),
        ...(pictures.length > 0 ? { pictures } : {}),
        metadata: metadataOf(FORMAT, {
          status: isOver && call.status !== 'cancelled' ? null : call.status,
          agentId: call.agentId,
          content: rest.length > 0 ? rest : null,
        }),
      },
    ]
  }
}

/** The input holds what was cached, and tokens of tools stand beside it; thoughts stand beside the output. */
function usageOf(tokens: unknown): SourceUsage | null {
  if (!isObject(tokens)) return null
  const cached = looseCount(tokens.cached)
  return {
    inputTokens: Math.max(0, looseCount(tokens.input) - cached) + looseCount(tokens.tool),
    outputTokens: looseCount(tokens.output) + looseCount(tokens.thoughts),
    cacheReadInputTokens: cached,
    cacheCreationInputTokens: 0,
    costUsd: null,
  }
}

function readCheckpoint(values: readonly unknown[], defaults: SourceDefaults): SourceSession {
  const [first] = values
  const holder = isObject(first) && !Array.isArray(first.parts) ? first : null
  const turns = holder === null ? values : [holder.history ?? holder.clientHistory].flat()
  const calls = new UnansweredCalls()
  let firstTyped: string | null = null
  const messages = turns.flatMap((turn, index): SourceMessage[] => {
    const { role, parts: content } = looseObject(turn)
    const parts = readParts(content, calls)
    calls.ask(parts.calls)
    const at = `message ${index + 1}`
    const results = parts.results.map((result) => ({
      at,
      role: 'TOOL' as const,
      content: result.text,
      toolCallId: calls.answer(result.id, result.name),
      isError: result.isError,
    }))
    const { text, reasoning, pictures, rest } = parts
    if (results.length > 0 && text === '' && pictures.length === 0) return results
    const { typed, wrapped } = role === 'model' ? { typed: text, wrapped: '' } : splitHarnessText(text)
    const isTyped = typed !== '' || pictures.length > 0 || role === 'model'
    if (role !== 'model' && isTyped) firstTyped ??= typed
    return [
      ...results,
      {
        at,
        role: role === 'model' ? 'ASSISTANT' : isTyped ? 'USER' : 'SYSTEM',
        content: isTyped ? typed : text,
        ...(parts.calls.length > 0 ? { toolCalls: parts.calls } : {}),
        ...(reasoning === null ? {} : { reasoning }),
        ...(pictures.length > 0 ? { pictures } : {}),
        metadata: metadataOf(FORMAT, {
          wrapped: isTyped && wrapped !== '' ? wrapped : null,
          content: rest.length > 0 ? rest : null,
        }),
      },
    ]
  })
  if (messages.length === 0) throw new Unreadable('it has no messages')
  const title = titleFrom(firstTyped)
  return {
    name: 'session 1',
    identity: { by: 'content', beside: [FORMAT] },
    title,
    titleSource: title === null ? null : 'MACHINE',
    agent: defaults.agent ?? FORMAT,
    model: defaults.model ?? '',
    origin: defaults.origin ?? 'USER',
    labels: defaults.labels,
    metadata:
      holder === null
        ? null
        : metadataOf(FORMAT, membersBut(holder, new Set(['history', 'clientHistory'])) ?? {}),
    messages,
  }
}
