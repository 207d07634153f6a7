import type { GenAiSpan } from './gen-ai.js'
import { isSame, RowIndex } from './row-index.js'
import type { SpanMessage } from './span-messages.js'
import type { SpanRow } from './span-row.js'
import type { Span } from './spans.js'

/**
 * Adds what spans tell to the rows of a conversation, in whatever order they come, as long as their inputs overlap: each chat repeats
 * what was said so far, and what is there already makes no row. Yields after each message.
 */
export function* addingSpans(
  rows: readonly SpanRow[],
  spans: readonly GenAiSpan[],
): Generator<void, SpanRow[]> {
  const found = [...rows]
  for (const span of spans.toSorted((a, b) => inTime(a.span, b.span))) yield* addingSpan(found, span)
  return found
}

/** The order in which spans are added. */
export function inTime(a: Pick<Span, 'startMs' | 'endMs'>, b: Pick<Span, 'startMs' | 'endMs'>): number {
  return a.startMs - b.startMs || a.endMs - b.endMs
}

/** Adds one span to the rows themselves; those before it in time come first. */
export function addSpan(rows: SpanRow[], span: GenAiSpan): void {
  for (const _ of addingSpan(rows, span));
}

function* addingSpan(rows: SpanRow[], span: GenAiSpan): Generator<void, void> {
  if (span.kind === 'tool') addTool(rows, span)
  else yield* addChat(rows, span)
  yield
}

function* addChat(rows: SpanRow[], chat: GenAiSpan): Generator<void, void> {
  const { span, kind, model, usage } = chat
  const index = new RowIndex(rows)
  const put = (position: number, row: SpanRow): number => {
    rows.splice(position, 0, row)
    index.shift()
    if (row.toolCalls.length === 0) return position + 1
    const { length } = rows
    const at = replaceImplied(rows, position, row)
    if (at !== position || rows.length !== length) index.forget()
    return at + 1
  }
  // Of a span that is told again with other words, the first ones stand.
  const taken = new Set(rows.map(({ key }) => key))
  const input = chat.input.filter(({ role }) => role !== 'system')
  let position = 0
  for (const [number, message] of input.entries()) {
    yield
    const at = index.find(message, position)
    if (at !== -1) {
      position = at + 1
      continue
    }
    const key = `${span.spanId} input ${number}`
    if (taken.has(key)) continue
    // Of a conversation's beginning that no row has, the time tells the place.
    position = Math.max(position, positionInTime(rows, position, span.startMs))
    position = put(position, toRow(message, { spanId: null, key, timeMs: span.startMs, model: null }))
  }
  if (kind === 'chat' && rows.some(({ spanId }) => spanId === span.spanId)) return
  for (const [number, message] of chat.output.entries()) {
    yield
    const spanId = kind === 'chat' && number === 0 ? span.spanId : null
    const own = { spanId, key: `${span.spanId} output ${number}`, timeMs: span.endMs, model }
    const at = index.find(message, position, (row) => row.spanId === null)
    const before = rows[at]
    if (before !== undefined) {
      if (spanId !== null) rows[at] = { ...toRow(message, own), key: before.key, usage }
      position = at + 1
      continue
    }
    if (taken.has(own.key) || (kind === 'agent' && rows.some((row) => isSame(row, message)))) continue
    position = positionInTime(rows, position, span.endMs)
    position = put(position, { ...toRow(message, own), usage: spanId === null ? null : usage })
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
  const at = rows.findIndex(
    ({ role, toolCallId, spanId }) => role === 'tool' && toolCallId === id && spanId === null,
  )
  const before = rows[at]
  if (before !== undefined) {
    rows[at] = { ...result, key: before.key, text: before.text === '' ? result.text : before.text }
    return
  }
  const caller = rows.findIndex(({ toolCalls }) => toolCalls.some((call) => call.id === id))
  const callKey = `${span.spanId} call`
  if (caller === -1 && !rows.some(({ key }) => key === callKey)) {
    const call = { id, name: tool.name, arguments: tool.arguments }
    const implied = { ...message, role: 'assistant' as const, text: '', toolCallId: null, toolCalls: [call] }
    const own = { spanId: null, key: callKey, timeMs: span.startMs, model }
    rows.splice(positionInTime(rows, 0, span.startMs), 0, { ...toRow(implied, own), implied: true })
  }
  const from = rows.findIndex(({ toolCalls }) => toolCalls.some((call) => call.id === id)) + 1
  rows.splice(positionInTime(rows, from, span.endMs), 0, result)
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

function positionInTime(rows: readonly SpanRow[], from: number, timeMs: number): number {
  let position = from
  while (position < rows.length && (rows[position]?.timeMs ?? 0) <= timeMs) position += 1
  return position
}

function toRow(message: SpanMessage, own: Pick<SpanRow, 'spanId' | 'key' | 'timeMs' | 'model'>): SpanRow {
  return { ...message, ...own, usage: null, isError: null, implied: false }
}
