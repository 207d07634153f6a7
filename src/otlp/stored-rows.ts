import type { MessageRole } from '../db/sql.js'
import type { TranscriptMessage } from '../domain/transcript/read.js'
import type { NewRow } from '../domain/transcript/write.js'
import { derivedMessageId } from '../rules/message-id.js'
import type { SpanRow } from './span-row.js'

/** How much of the parts that have no place is kept with a row. */
const MAX_PARTS_BYTES = 32 * 1024

/** What a row was made from, kept in its metadata so that later spans find their place. */
interface Kept {
  key: string
  span_id?: string
  time_ms?: number
  implied?: true
  parts?: unknown[]
}

/** A stored row as spans know it. One that no span told is nobody's to change. */
export function fromStored(message: TranscriptMessage): SpanRow {
  const { otel, reasoning_content: reasoning } = message.metadata ?? {}
  const kept = isKept(otel) ? otel : null
  const isCounted = message.inputTokens !== null
  return {
    role: message.role as SpanRow['role'],
    text: message.content,
    reasoning: typeof reasoning === 'string' ? reasoning : null,
    toolCalls: message.toolCalls ?? [],
    toolCallId: message.toolCallId,
    parts: kept?.parts ?? [],
    spanId: kept === null ? `row ${message.id}` : (kept.span_id ?? null),
    key: kept?.key ?? message.id,
    timeMs: kept?.time_ms ?? message.createdAt.getTime(),
    model: message.role === 'assistant' ? message.model : null,
    isError: null,
    implied: kept?.implied === true,
    usage: isCounted
      ? {
          inputTokens: message.inputTokens ?? 0,
          outputTokens: message.outputTokens ?? 0,
          cacheReadInputTokens: message.cacheReadInputTokens ?? 0,
          cacheCreationInputTokens: message.cacheCreationInputTokens ?? 0,
          costUsd: message.costUsd,
        }
      : null,
  }
}

/** A row as it is stored, under an id that its key in the conversation gives for ever. */
export function toStored(conversation: string, row: SpanRow, createdAt: Date | null): NewRow {
  const { parts, spanId, key, timeMs, implied, reasoning } = row
  const small = parts.length > 0 && JSON.stringify(parts).length <= MAX_PARTS_BYTES
  const kept: Kept = {
    key,
    ...(spanId === null ? {} : { span_id: spanId }),
    ...(timeMs > 0 ? { time_ms: timeMs } : {}),
    ...(implied ? { implied } : {}),
    ...(small ? { parts } : {}),
  }
  return {
    id: derivedMessageId([conversation, key]),
    role: row.role as MessageRole,
    content: row.text,
    toolCallId: row.toolCallId,
    toolCalls: row.toolCalls.length > 0 ? row.toolCalls : null,
    ...(row.role === 'tool' ? { isError: row.isError } : {}),
    metadata: { otel: kept, ...(reasoning === null ? {} : { reasoning_content: reasoning }) },
    usage: row.role === 'assistant' ? row.usage : null,
    createdAt,
  }
}

function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'
}
