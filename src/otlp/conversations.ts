import { type GenAiSpan, readGenAi } from './gen-ai.js'
import type { Span } from './spans.js'

/** Spans of one conversation. */
export interface Conversation {
  /** Of the spans, or of their trace where they tell none. */
  id: string
  spans: GenAiSpan[]
}

/** What spans of agents tell, by conversation; spans without one belong to that of their trace, else to the trace itself. */
export function conversationsIn(
  spans: readonly Span[],
  known: ReadonlyMap<string, string> = new Map(),
): { conversations: Conversation[]; others: number } {
  const told = spans.flatMap((span) => readGenAi(span) ?? [])
  const byTrace = new Map(known)
  for (const { span, conversation } of told)
    if (conversation !== null && !byTrace.has(span.traceId)) byTrace.set(span.traceId, conversation)
  const found = new Map<string, Conversation>()
  for (const one of told) {
    const id = one.conversation ?? byTrace.get(one.span.traceId) ?? one.span.traceId
    const conversation = found.get(id) ?? { id, spans: [] }
    conversation.spans.push(one)
    found.set(id, conversation)
  }
  return { conversations: [...found.values()], others: spans.length - told.length }
}

/** The first thing that spans in their order tell, null for nothing. */
export function firstTold<T>(spans: readonly GenAiSpan[], read: (span: GenAiSpan) => T | null): T | null {
  const inTime = spans.toSorted((a, b) => a.span.startMs - b.span.startMs)
  return inTime.map(read).find((value) => value !== null) ?? null
}
