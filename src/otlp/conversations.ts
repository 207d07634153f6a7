import { type GenAiSpan, readGenAi } from './gen-ai.js'
import type { Span } from './spans.js'

/** Spans of one conversation. */
export interface Conversation {
  /** Of the spans, or of their trace where they tell none. */
  id: string
  spans: GenAiSpan[]
}

/** What spans of agents tell, by conversation. Yields after each, as one may tell of very much. */
export function* readingConversations(
  spans: readonly Span[],
  known: ReadonlyMap<string, string>,
): Generator<void, Conversation[]> {
  const members: { conversation: string | null; traceId: string; one: GenAiSpan }[] = []
  for (const span of spans) {
    const one = readGenAi(span)
    if (one !== null) members.push({ conversation: one.conversation, traceId: span.traceId, one })
    yield
  }
  return byConversation(members, known).map(({ id, members }) => ({
    id,
    spans: members.map(({ one }) => one),
  }))
}

/** Spans by their conversation; those without one belong to that of their trace, else to the trace itself. */
export function byConversation<T extends { conversation: string | null; traceId: string }>(
  spans: readonly T[],
  known: ReadonlyMap<string, string> = new Map(),
): { id: string; members: T[] }[] {
  const byTrace = new Map(known)
  for (const { traceId, conversation } of spans)
    if (conversation !== null && !byTrace.has(traceId)) byTrace.set(traceId, conversation)
  const found = new Map<string, { id: string; members: T[] }>()
  for (const one of spans) {
    const id = one.conversation ?? byTrace.get(one.traceId) ?? one.traceId
    const conversation = found.get(id) ?? { id, members: [] }
    conversation.members.push(one)
    found.set(id, conversation)
  }
  return [...found.values()]
}

/** The first thing that spans in their order tell, null for nothing. */
export function firstGiven<T>(spans: readonly GenAiSpan[], read: (span: GenAiSpan) => T | null): T | null {
  const inTime = spans.toSorted((a, b) => a.span.startMs - b.span.startMs)
  return inTime.map(read).find((value) => value !== null) ?? null
}
