import type { GenAiSpan, SpanMessage, SpanUsage } from './gen-ai.js'
import type { Span } from './spans.js'

/** A row of a transcript that spans tell of. */
export interface SpanRow extends SpanMessage {
  /** The span that tells of it as its own; of rows that are only repeated in an input, or implied by a result, null. */
  spanId: string | null
  /** Never changes: the span that first told of it, and its number there. */
  key: string
  timeMs: number
  model: string | null
  usage: SpanUsage | null
  /** Of a result: whether its call failed, null where that is not told. */
  isError: boolean | null
  /** Whether it stands in for an answer that no span told, so that a result has its call. */
  implied: boolean
}

/**
 * Adds what spans tell to the rows of a conversation. Each chat repeats the conversation so far: what is there already makes no
 * row. The order in which spans come, and how often, does not matter, as long as their inputs overlap.
 */
export function addSpans(rows: readonly SpanRow[], spans: readonly GenAiSpan[]): SpanRow[] {
  const found = [...rows]
  for (const span of spans.toSorted((a, b) => inTime(a.span, b.span))) addSpan(found, span)
  return found
}

/** The order in which spans are added. */
export function inTime(a: Pick<Span, 'startMs' | 'endMs'>, b: Pick<Span, 'startMs' | 'endMs'>): number {
  return a.startMs - b.startMs || a.endMs - b.endMs
}

/** Adds one span to the rows themselves; those before it in time come first. */
export function addSpan(rows: SpanRow[], span: GenAiSpan): void {
  if (span.kind === 'tool') addTool(rows, span)
  else addChat(rows, span)
}

function addChat(rows: SpanRow[], told: GenAiSpan): void {
  const { span, kind, model, usage } = told
  const input = told.input.filter(({ role }) => role !== 'system')
  let position = 0
  for (const [index, message] of input.entries()) {
    const known = rows.findIndex((row, at) => at >= position && !row.implied && isSame(row, message))
    if (known !== -1) {
      position = known + 1
      continue
    }
    // Of a conversation's beginning that no row has, the time tells the place.
    position = Math.max(position, placeInTime(rows, position, span.startMs))
    const key = `${span.spanId} input ${index}`
    rows.splice(position, 0, toRow(message, { spanId: null, key, timeMs: span.startMs, model: null }))
    position = 1 + replaceImplied(rows, position, message)
  }
  if (kind === 'chat' && rows.some(({ spanId }) => spanId === span.spanId)) return
  for (const [index, message] of told.output.entries()) {
    const spanId = kind === 'chat' && index === 0 ? span.spanId : null
    const own = { spanId, key: `${span.spanId} output ${index}`, timeMs: span.endMs, model }
    const known = rows.findIndex(
      (row, at) => at >= position && row.spanId === null && !row.implied && isSame(row, message),
    )
    const before = rows[known]
    if (before !== undefined) {
      if (spanId !== null) rows[known] = { ...toRow(message, own), key: before.key, usage }
      position = known + 1
      continue
    }
    if (kind === 'agent' && rows.some((row) => isSame(row, message))) continue
    position = placeInTime(rows, position, span.endMs)
    rows.splice(position, 0, { ...toRow(message, own), usage: spanId === null ? null : usage })
    position = 1 + replaceImplied(rows, position, message)
  }
}

function addTool(rows: SpanRow[], { span, tool, model }: GenAiSpan): void {
  if (tool === null || rows.some(({ spanId }) => spanId === span.spanId)) return
  const id = tool.id ?? span.spanId
  const message = {
    role: 'tool' as const,
    text: tool.result ?? '',
    reasoning: null,
    toolCalls: [],
    toolCallId: id,
    parts: [],
  }
  const result: SpanRow = {
    ...toRow(message, { spanId: span.spanId, key: `${span.spanId} result`, timeMs: span.endMs, model: null }),
    isError: span.failed,
  }
  const known = rows.findIndex(
    ({ role, toolCallId, spanId }) => role === 'tool' && toolCallId === id && spanId === null,
  )
  const before = rows[known]
  if (before !== undefined) {
    rows[known] = { ...result, key: before.key, text: before.text === '' ? result.text : before.text }
    return
  }
  const caller = rows.findIndex(({ toolCalls }) => toolCalls.some((call) => call.id === id))
  if (caller === -1) {
    const call = { id, name: tool.name, arguments: tool.arguments }
    const implied = { ...message, role: 'assistant' as const, text: '', toolCallId: null, toolCalls: [call] }
    const own = { spanId: null, key: `${span.spanId} call`, timeMs: span.startMs, model }
    rows.splice(placeInTime(rows, 0, span.startMs), 0, { ...toRow(implied, own), implied: true })
  }
  const from = rows.findIndex(({ toolCalls }) => toolCalls.some((call) => call.id === id)) + 1
  rows.splice(placeInTime(rows, from, span.endMs), 0, result)
}

/** Takes out rows that stood in for this answer; gives the place at which it stands then. */
function replaceImplied(rows: SpanRow[], position: number, message: SpanMessage): number {
  const ids = new Set(message.toolCalls.map(({ id }) => id))
  let at = position
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index]
    if (row?.implied !== true || !row.toolCalls.some(({ id }) => ids.has(id))) continue
    rows.splice(index, 1)
    if (index < at) at -= 1
  }
  // Its results may have come before it was known; they follow it.
  const own = rows[at]
  const results = rows.filter(
    (row, index) => index < at && row.toolCallId !== null && ids.has(row.toolCallId),
  )
  if (own === undefined || results.length === 0) return at
  const first = rows.indexOf(results[0] ?? own)
  rows.splice(at, 1)
  rows.splice(first, 0, own)
  return first
}

function placeInTime(rows: readonly SpanRow[], from: number, timeMs: number): number {
  const later = rows.findIndex((row, index) => index >= from && row.timeMs > timeMs)
  return later === -1 ? rows.length : later
}

function isSame(row: SpanRow, message: SpanMessage): boolean {
  if (row.role !== message.role) return false
  if (row.role === 'tool' && row.toolCallId !== null && message.toolCallId !== null)
    return row.toolCallId === message.toolCallId
  const names = ({ toolCalls }: SpanMessage) => toolCalls.map(({ id, name }) => id || name).join('\n')
  return row.text.trim() === message.text.trim() && names(row) === names(message)
}

function toRow(message: SpanMessage, own: Pick<SpanRow, 'spanId' | 'key' | 'timeMs' | 'model'>): SpanRow {
  return { ...message, ...own, usage: null, isError: null, implied: false }
}
