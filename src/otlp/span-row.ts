import type { SpanUsage } from './gen-ai.js'
import type { SpanMessage } from './span-messages.js'

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
