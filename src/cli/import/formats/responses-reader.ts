import { setOf } from '../../../rules/listed.js'
import { isList, isObject, type SourceMessage, type SourcePicture } from '../source.js'
import { AnswerRows } from './codex-answer.js'
import { callOf, resultOf, withCallId } from './codex-items.js'
import { codexItem } from './codex-members.js'
import { toPrompt } from './codex-prompt.js'
import { isoTime } from './iso-time.js'
import type { LeftOutTally } from './left-out.js'
import { asText, type Json, looseName, looseObjects, membersBut, metadataOf } from './loose.js'
import { members, type Shape } from './members.js'
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

const callMembers = setOf('type id call_id status output outputs results result error')
const mcpCall = members('items', 'type id call_id server_label name arguments output error status')

/** What is taken in of an item: calls that the provider runs are arguments and outcomes as a whole. */
const responseItem: Shape = (item) => (item.type === 'mcp_call' ? mcpCall : codexItem)

/** What calls of tools that the provider runs have brought stands in them. */
const outcomes = ['output', 'outputs', 'results', 'error'] as const

/** The call that an item of a response is, by the name of its tool; null for items of other kinds. */
function responseCallOf(item: Json): ReturnType<typeof callOf> {
  const known = callOf(item)
  if (known !== null || !String(item.type).endsWith('_call')) return known
  const id = looseName(item.call_id) ?? looseName(item.id) ?? ''
  if (item.type !== 'mcp_call')
    return {
      id,
      name: String(item.type).slice(0, -'_call'.length),
      arguments: asText(membersBut(item, callMembers) ?? {}),
    }
  const name = `mcp__${looseName(item.server_label) ?? 'unknown'}__${looseName(item.name) ?? 'unknown'}`
  return { id, name, arguments: asText(item.arguments ?? {}) }
}

/** The result that an item is, or has in it; null where none is told. */
function responseResultOf(item: Json): ReturnType<typeof resultOf> {
  const known = resultOf(item)
  if (known !== null) return screenshotOf(item, known)
  if (!String(item.type).endsWith('_call')) return null
  const told = outcomes.map((name) => item[name]).filter((value) => value !== null && value !== undefined)
  if (told.length === 0) return null
  return {
    callId: looseName(item.call_id) ?? looseName(item.id),
    content: told.map(asText).join('\n'),
    isError: (item.error ?? null) !== null ? true : item.status === 'failed' ? true : null,
    ...{ pictures: [], metadata: null },
  }
}

/** What a computer shows is a picture of its own. */
function screenshotOf(
  { output }: Json,
  result: NonNullable<ReturnType<typeof resultOf>>,
): NonNullable<ReturnType<typeof resultOf>> {
  if (!isObject(output) || typeof output.image_url !== 'string') return result
  const pictures: SourcePicture[] = [{ mediaType: null, url: output.image_url }]
  return { ...result, pictures }
}

/** A message whose refusals are texts, as what the model said. */
function withRefusals(item: Json): Json {
  if (!Array.isArray(item.content) || !looseObjects(item.content).some(({ type }) => type === 'refusal'))
    return item
  const content = item.content.map((part: unknown) =>
    isObject(part) && part.type === 'refusal' ? { type: 'output_text', text: part.refusal } : part,
  )
  return { ...item, content }
}
