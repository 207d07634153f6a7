import { isList, isObject, type SourceMessage } from '../source.js'
import { AnswerRows } from './codex-answer.js'
import { withCallId } from './codex-items.js'
import { toPrompt } from './codex-prompt.js'
import { isoTime } from './iso-time.js'
import type { LeftOutTally } from './left-out.js'
import { type Json, looseName, metadataOf } from './loose.js'
import { members } from './members.js'
import { responseCallOf, responseItem, responseResultOf, withRefusals } from './responses-items.js'
import { apiUsage, apiUsageMembers } from './token-usage.js'

/** The format's name, under which metadata is kept. */
export const RESPONSES = 'openai-responses'

/** The items of one request and its response as rows. */
export class ResponseReader {
  firstTyped: string | null = null
  private readonly rows = new AnswerRows(RESPONSES)
  private createdAt: string | null = null

  constructor(readonly leftOut: LeftOutTally) {}

  private get time(): { createdAt?: string } {
    return this.createdAt === null ? {} : { createdAt: this.createdAt }
  }

  *readInput(input: unknown): Generator<SourceMessage> {
    if (typeof input === 'string') yield* this.take({ role: 'user', content: input }, 'input')
    else yield* this.takeAll(input, 'input')
    yield* this.rows.flush()
  }

  /** The answer of a response, with its usage, and what went wrong. */
  *readOutput({ output, usage, error, status, created_at }: Json): Generator<SourceMessage> {
    this.leftOut.addUnread(usage, apiUsageMembers)
    this.leftOut.addUnread(error, members('errors', 'type message code'))
    this.createdAt = isoTime(created_at)
    yield* this.takeAll(output, 'output')
    const consumed = apiUsage(usage)
    if (consumed !== null && this.rows.hasAnswer) this.rows.addUsage(consumed)
    else if (consumed !== null) this.leftOut.add('usage without an answer')
    const isOpen = status === 'in_progress' || status === 'queued'
    for (const message of this.rows.flush()) yield isOpen ? { ...message, open: true } : message
    if (!isObject(error)) return
    const content = looseName(error.message) ?? 'Error'
    yield {
      ...{ at: 'error', ...this.time, role: 'SYSTEM', content },
      metadata: metadataOf(RESPONSES, { event: 'error', code: error.code }),
    }
  }

  private *takeAll(items: unknown, what: string): Generator<SourceMessage> {
    let number = 0
    for (const item of isList(items) ? items : []) {
      number += 1
      if (isObject(item)) yield* this.take(item, `${what} ${number}`)
      else this.leftOut.add('items that are no objects')
    }
  }

  private take(given: Json, at: string): SourceMessage[] {
    this.leftOut.addUnread(given, responseItem)
    const item = withCallId('type' in given || !('role' in given) ? given : { ...given, type: 'message' }, at)
    const row = { at, ...this.time }
    if (item.type === 'message' && item.role !== 'assistant') return this.takePrompt(item, row)
    const [call, result] = [responseCallOf(item), responseResultOf(item)]
    let before: SourceMessage[] = []
    if (item.type === 'message' || item.type === 'reasoning' || call !== null) {
      if (!this.rows.continues(call?.id ?? null))
        before = this.rows.begin({ ...row, role: 'ASSISTANT', content: '' })
      const { isSealed } = this.rows.add(call === null ? withRefusals(item) : restOf(item), call)
      if (isSealed) this.leftOut.add('encrypted reasoning')
    } else if (result === null) this.leftOut.add(`${looseName(item.type) ?? 'unknown'} items`)
    if (result === null) return before
    const { callId, content, isError, pictures, metadata } = result
    const told: SourceMessage = { ...row, role: 'TOOL', toolCallId: callId, content, isError }
    if (pictures.length > 0) told.pictures = pictures
    if (metadata !== null) told.metadata = metadataOf(RESPONSES, metadata)
    return [...before, ...this.rows.append(told)]
  }

  private takePrompt(item: Json, row: { at: string }): SourceMessage[] {
    const { isTyped, ...prompt } = toPrompt(item, RESPONSES)
    if (isTyped) this.firstTyped ??= prompt.content
    return this.rows.append({ ...row, ...prompt })
  }
}

/** What a call of the caller's own tools says beside; all that others say are their arguments. */
function restOf({ status, ...item }: Json): Json {
  const isOwn = item.type === 'function_call' || item.type === 'custom_tool_call'
  return isOwn ? { ...item, ...(status === 'completed' ? {} : { status }) } : {}
}
