import type { GenAiSpan } from './gen-ai.js'
import type { SpanMessage } from './span-messages.js'
import type { SpanRow } from './span-row.js'
import { byAnsweredCall, byCall, byKey, bySpan, SpanRows } from './span-rows.js'
import type { Span } from './spans.js'

/**
 * Adds what spans tell to the rows of a conversation, in whatever order they come, as long as their inputs overlap: each chat repeats
 * what was said so far, and what is there already makes no row. Yields after each message.
 */
export function* addingSpans(
  rows: readonly SpanRow[],
  spans: readonly GenAiSpan[],
): Generator<void, SpanRow[]> {
  const found = new SpanRows()
  for (const row of rows) {
    found.insert(found.rows.length, row)
    yield
  }
  for (const span of spans.toSorted((a, b) => inTime(a.span, b.span))) yield* addingSpan(found, span)
  return [...found.rows]
}

/** The order in which spans are added. */
export function inTime(a: Pick<Span, 'startMs' | 'endMs'>, b: Pick<Span, 'startMs' | 'endMs'>): number {
  return a.startMs - b.startMs || a.endMs - b.endMs
}

/** Adds one span to the rows themselves; those before it in time come first. */
export function addSpan(rows: SpanRows, span: GenAiSpan): void {
  for (const _ of addingSpan(rows, span));
}

function* addingSpan(rows: SpanRows, span: GenAiSpan): Generator<void, void> {
  if (span.kind === 'tool') addTool(rows, span)
  else yield* addChat(rows, span)
  yield
}

function* addChat(rows: SpanRows, chat: GenAiSpan): Generator<void, void> {
  const { span, kind, model, usage } = chat
  const put = (position: number, row: SpanRow): number => {
    rows.insert(position, row)
    return row.toolCalls.length === 0 ? position + 1 : replaceImplied(rows, row) + 1
  }
  const input = chat.input.filter(({ role }) => role !== 'system')
  let position = 0
  for (const [number, message] of input.entries()) {
    yield
    const at = rows.find(message, position)
    if (at !== -1) {
      position = at + 1
      continue
    }
    const key = `${span.spanId} input ${number}`
    // Of a span that is told again with other words, the first ones stand.
    if (rows.named(byKey(key)).length > 0) continue
    // Of a conversation's beginning that no row has, the time tells the place.
    position = rows.positionInTime(position, span.startMs)
    position = put(position, toRow(message, { spanId: null, key, timeMs: span.startMs, model: null }))
  }
  if (kind === 'chat' && rows.named(bySpan(span.spanId)).length > 0) return
  for (const [number, message] of chat.output.entries()) {
    yield
    const spanId = kind === 'chat' && number === 0 ? span.spanId : null
    const own = { spanId, key: `${span.spanId} output ${number}`, timeMs: span.endMs, model }
    const at = rows.find(message, position, (row) => row.spanId === null)
    const before = rows.rows[at]
    if (before !== undefined) {
      if (spanId !== null) rows.replace(at, { ...toRow(message, own), key: before.key, usage })
      position = at + 1
      continue
    }
    if (rows.named(byKey(own.key)).length > 0 || (kind === 'agent' && rows.says(message))) continue
    position = rows.positionInTime(position, span.endMs)
    position = put(position, { ...toRow(message, own), usage: spanId === null ? null : usage })
  }
}

function addTool(rows: SpanRows, { span, tool, model }: GenAiSpan): void {
  if (tool === null || rows.named(bySpan(span.spanId)).length > 0) return
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
  const before = rows.named(byAnsweredCall(id)).find(({ role, spanId }) => role === 'tool' && spanId === null)
  if (before !== undefined) {
    const text = before.text === '' ? result.text : before.text
    rows.replace(rows.positionOf(before), { ...result, key: before.key, text })
    return
  }
  const callKey = `${span.spanId} call`
  if (rows.named(byCall(id)).length === 0 && rows.named(byKey(callKey)).length === 0) {
    const call = { id, name: tool.name, arguments: tool.arguments }
    const implied = { ...message, role: 'assistant' as const, text: '', toolCallId: null, toolCalls: [call] }
    const own = { spanId: null, key: callKey, timeMs: span.startMs, model }
    rows.insert(rows.positionInTime(0, span.startMs), { ...toRow(implied, own), implied: true })
  }
  const [caller] = rows.named(byCall(id))
  const from = caller === undefined ? 0 : rows.positionOf(caller) + 1
  rows.insert(rows.positionInTime(from, span.endMs), result)
}

/** Takes out rows that stood in for this answer; gives the place at which it stands then. */
function replaceImplied(rows: SpanRows, answer: SpanRow): number {
  const ids = new Set(answer.toolCalls.map(({ id }) => id))
  for (const id of ids)
    for (const row of rows.named(byCall(id)).filter(({ implied }) => implied))
      rows.remove(rows.positionOf(row))
  // Its results may have come before it was known; they follow it.
  const at = rows.positionOf(answer)
  const results = [...ids].flatMap((id) => {
    const [first] = rows.named(byAnsweredCall(id))
    return first === undefined ? [] : [rows.positionOf(first)]
  })
  const first = Math.min(at, ...results)
  if (first === at) return at
  rows.remove(at)
  rows.insert(first, answer)
  return first
}

function toRow(message: SpanMessage, own: Pick<SpanRow, 'spanId' | 'key' | 'timeMs' | 'model'>): SpanRow {
  return { ...message, ...own, usage: null, isError: null, implied: false }
}
