import { setOf } from '../../../rules/listed.js'
import { isObject, type SourceMessage, type SourceUsage } from '../source.js'
import { geminiMessage } from './gemini-members.js'
import { readParts } from './gemini-parts.js'
import { splitHarnessText } from './harness-text.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { asText, type Json, looseCount, looseName, looseObjects, membersBut, metadataOf } from './loose.js'
import { rowId } from './row-id.js'
import { UnansweredCalls } from './unanswered-calls.js'

const FORMAT = 'gemini-cli'
const messageMembers = setOf('id timestamp type content toolCalls thoughts tokens model')

/** Messages of a session's record as rows, in the order in which they come. */
export class RecordReader {
  readonly leftOut = new LeftOutTally()
  firstTyped: string | null = null
  firstModel: string | null = null
  private model: string | null = null
  private messages = 0
  private rows = 0
  /** By message id: index of the last row that it made. */
  private readonly lastRows = new Map<string, number>()
  private readonly answered = new Set<string>()
  private readonly calls = new UnansweredCalls()

  constructor(
    private readonly session: string,
    private readonly agent: string,
  ) {}

  read(message: Json): SourceMessage[] {
    this.messages += 1
    this.leftOut.addUnread(message, geminiMessage)
    const rows = this.rowsOf(message, `message ${this.messages}`)
    this.rows += rows.length
    const id = looseName(message.id)
    if (id !== null && rows.length > 0) this.lastRows.set(id, this.rows - 1)
    return rows
  }

  private rowsOf(message: Json, at: string): SourceMessage[] {
    const { text, reasoning, pictures, rest, calls, results } = readParts(message.content, this.calls)
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
      const upTo = this.lastRowOf(message.summarizes)
      if (upTo !== undefined) return [{ ...row, role: 'USER', content: text, replacesUpTo: upTo }]
      // A history tells results in a person's name, most often those that calls told.
      const reported = results.filter(({ id }) => id === null || !this.answered.has(id))
      if (results.length > 0 && text === '' && pictures.length === 0)
        return reported.map((result, index) => ({
          ...shared,
          id: rowId(this.session, message.id, String(index)),
          role: 'TOOL',
          content: result.text,
          toolCallId: this.calls.answer(result.id, result.name),
          isError: result.isError,
        }))
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
    const reported = looseObjects(message.toolCalls)
    const toldIds = new Set(reported.map(({ id }) => id))
    const unpaired = calls.filter(({ id }) => !toldIds.has(id))
    this.calls.ask(unpaired)
    const toolCalls = [
      ...unpaired,
      ...reported.map((call) => ({
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
      ...reported.flatMap((call, index) =>
        this.readResult(message, call, toolCalls[unpaired.length + index]?.id ?? '', shared),
      ),
    ]
  }

  /** Index of the last row that one of these messages made. */
  private lastRowOf(ids: unknown): number | undefined {
    const rows = Array.isArray(ids) ? ids.map((id) => this.lastRows.get(id) ?? -1) : []
    const last = Math.max(-1, ...rows)
    return last === -1 ? undefined : last
  }

  private readResult(message: Json, call: Json, callId: string, shared: object): SourceMessage[] {
    const { results, text, pictures, rest } = readParts(call.result, this.calls)
    const shown = looseName(call.resultDisplay)
    const content = [text, ...results.map((result) => result.text)].filter((part) => part !== '').join('\n')
    const isOver = ['success', 'error', 'cancelled'].includes(String(call.status))
    if (content === '' && shown === null && pictures.length === 0 && !isOver) return []
    this.answered.add(callId)
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
