import { setOf } from '../../../rules/listed.js'
import { parseUuid } from '../../../rules/uuid.js'
import type { Format, SourcePiece, SourceRecord } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceHead,
  type SourceMessage,
  type SourceUsage,
  WithoutMessages,
} from '../source.js'
import { qwenRecord } from './gemini-members.js'
import { readParts } from './gemini-parts.js'
import { splitHarnessText } from './harness-text.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { asText, type Json, looseCount, looseName, looseObject, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { rowId } from './row-id.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'
import { UnansweredCalls } from './unanswered-calls.js'

const FORMAT = 'qwen-code'
const recordTypes = new Set(['user', 'assistant', 'tool_result', 'system'])
const readMembers = setOf(`
  uuid parentUuid sessionId timestamp type cwd version gitBranch message usageMetadata model toolCallResult
  systemPayload
`)

/** Sessions of Qwen Code, `~/.qwen/projects/<folder>/chats/<session>.jsonl`: records with content of Gemini's API, one a line. */
export const qwenCode: Format = {
  title: 'Qwen Code session',
  input: 'file',
  recognizes: ({ values }) => values.some(isRecord),
  looksLike: ({ path }) => path.includes('.qwen/projects/'),
  read: (records, defaults) => new QwenReader(defaults).read(records),
}

function isRecord(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.sessionId === 'string' &&
    recordTypes.has(String(value.type)) &&
    Array.isArray(looseObject(value.message).parts)
  )
}

class QwenReader {
  private readonly agent: string
  private readonly leftOut = new LeftOutTally()
  private readonly calls = new UnansweredCalls()
  /** How many rows there are, of which the newest have not been given. */
  private rows = 0
  private waiting: SourceMessage[] = []
  private readonly rowByUuid = new Map<string, string | null>()
  private first: Json | null = null
  private title: { text: string; isMade: boolean } | null = null
  private firstTyped: string | null = null
  private firstModel: string | null = null
  private model: string | null = null

  constructor(private readonly defaults: SourceDefaults) {
    this.agent = defaults.agent ?? FORMAT
  }

  *read(records: Iterable<SourceRecord>): Generator<SourcePiece> {
    for (const { value, at } of records) {
      if (isObject(value) && recordTypes.has(String(value.type))) this.take(value, at)
      else this.leftOut.add('lines that are no records')
      for (const message of this.waiting) yield { key: FORMAT, message }
      this.waiting = []
    }
    if (this.first === null || this.rows === 0) throw new WithoutMessages()
    yield { key: FORMAT, head: this.head(this.first) }
  }

  private head(first: Json): SourceHead {
    const { sessionId, timestamp, cwd, version, gitBranch } = first
    const id = looseName(sessionId)
    const uuid = id === null ? null : parseUuid(id)
    const title = titleFrom(this.title?.text ?? this.firstTyped)
    return {
      name: nameOf(id, 1),
      identity:
        uuid !== null
          ? { by: 'id', id: uuid }
          : id === null
            ? { by: 'content', beside: [FORMAT] }
            : { by: 'name', identityPath: [FORMAT, id] },
      title,
      titleSource: title === null ? null : this.title?.isMade === false ? 'PERSON' : 'MACHINE',
      agent: this.agent,
      model: this.firstModel ?? this.defaults.model ?? '',
      startContext: startContext(this.defaults, this.agent),
      origin: this.defaults.origin ?? 'USER',
      labels: this.defaults.labels,
      createdAt: isoTime(timestamp),
      metadata: metadataOf(FORMAT, { cwd, version, gitBranch }),
      leftOut: this.leftOut.list(),
    }
  }

  private take(record: Json, at: string): void {
    this.first ??= record
    this.leftOut.addUnread(record, qwenRecord)
    const uuid = looseName(record.uuid)
    if (uuid !== null && this.rowByUuid.has(uuid)) return
    if (record.type === 'system') this.takeSystem(record, at)
    else if (record.type === 'tool_result') this.takeResults(record, at)
    else this.takeMessage(record, at)
    if (uuid === null) return
    this.rowByUuid.set(uuid, this.waiting.at(-1)?.id ?? this.parentOf(record))
  }

  private takeMessage(record: Json, at: string): void {
    const isAnswer = record.type === 'assistant'
    if (isAnswer) this.model = looseName(record.model) ?? this.model
    this.firstModel ??= this.model
    const { text, reasoning, calls, pictures, rest } = readParts(
      looseObject(record.message).parts,
      this.calls,
    )
    this.calls.ask(calls)
    const others = { ...membersBut(record, readMembers), content: rest.length > 0 ? rest : null }
    const row = { ...this.rowOf(record, at), ...(pictures.length > 0 ? { pictures } : {}) }
    if (isAnswer) {
      this.push({
        ...row,
        role: 'ASSISTANT',
        content: text,
        usage: usageOf(record.usageMetadata),
        ...(calls.length > 0 ? { toolCalls: calls } : {}),
        ...(reasoning === null ? {} : { reasoning }),
        metadata: metadataOf(FORMAT, others),
      })
      return
    }
    const { typed, wrapped } = splitHarnessText(text)
    const isOfHarness = record.subtype !== undefined && record.subtype !== 'mid_turn_user_message'
    const isTyped = !isOfHarness && (typed !== '' || pictures.length > 0)
    if (isTyped) this.firstTyped ??= typed
    const metadata = metadataOf(FORMAT, { ...others, wrapped: isTyped && wrapped !== '' ? wrapped : null })
    this.push({
      ...{ ...row, role: isTyped ? 'USER' : 'SYSTEM', content: isTyped ? typed : text, metadata },
    })
  }

  private takeResults(record: Json, at: string): void {
    const { results, pictures, text } = readParts(looseObject(record.message).parts, this.calls)
    const { callId, status, resultDisplay, error } = looseObject(record.toolCallResult)
    const failed = status === undefined ? null : status !== 'success'
    const shown = typeof resultDisplay === 'string' ? resultDisplay : asText(error)
    const reported =
      results.length > 0 ? results : [{ id: looseName(callId), name: null, text: '', isError: null }]
    for (const [index, result] of reported.entries())
      this.push({
        ...this.rowOf(record, at, index),
        role: 'TOOL',
        content: result.text || text || shown,
        toolCallId: this.calls.answer(result.id ?? looseName(callId), result.name),
        isError: failed ?? result.isError,
        ...(index === 0 && pictures.length > 0 ? { pictures } : {}),
        metadata: metadataOf(FORMAT, { ...membersBut(record, readMembers) }),
      })
  }

  private takeSystem(record: Json, at: string): void {
    const payload = looseObject(record.systemPayload)
    if (record.subtype === 'custom_title') {
      const text = looseName(payload.customTitle)
      if (text !== null) this.title = { text, isMade: payload.titleSource === 'auto' }
    } else if (record.subtype === 'chat_compression') {
      const history = Array.isArray(payload.compressedHistory) ? payload.compressedHistory : []
      const [summary] = history.map((turn) => readParts(looseObject(turn).parts, this.calls).text)
      const content = summary || '(The summary is not in the file.)'
      const replacesUpTo = this.rows - 1
      this.push({ ...this.rowOf(record, at), role: 'USER', content, replacesUpTo })
    } else this.leftOut.add(`${looseName(record.subtype) ?? 'system'} records`)
  }

  private push(message: SourceMessage): void {
    this.rows += 1
    this.waiting.push(message)
  }

  private rowOf(record: Json, at: string, index = 0) {
    const part = index === 0 ? [] : [String(index)]
    return {
      at,
      id: rowId(looseName(record.sessionId) ?? '', record.uuid, ...part),
      parentId: this.parentOf(record),
      createdAt: isoTime(record.timestamp),
      ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
    }
  }

  private parentOf({ parentUuid }: Json): string | null {
    const parent = looseName(parentUuid)
    return parent === null ? null : (this.rowByUuid.get(parent) ?? null)
  }
}

/** The input holds what was cached, and tokens of tools stand beside it; thoughts stand beside the output. */
function usageOf(usage: unknown): SourceUsage | null {
  if (!isObject(usage)) return null
  const cached = looseCount(usage.cachedContentTokenCount)
  return {
    inputTokens:
      Math.max(0, looseCount(usage.promptTokenCount) - cached) + looseCount(usage.toolUsePromptTokenCount),
    outputTokens: looseCount(usage.candidatesTokenCount) + looseCount(usage.thoughtsTokenCount),
    cacheReadInputTokens: cached,
    cacheCreationInputTokens: 0,
    costUsd: null,
  }
}
