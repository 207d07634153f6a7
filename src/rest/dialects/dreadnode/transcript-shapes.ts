import { z } from '@hono/zod-openapi'
import type { MessageFieldsFragment, MessageInput } from './documents.generated.js'
import { messageMetadata } from './metadata.js'
import { anyText, decimal, integer, list, orNull, text, uuid, withDefault } from './scalars.js'
import {
  count,
  id,
  lower,
  SessionResponse,
  shapeOrNull,
  timestamp,
  toTimestamp,
  toTimestampOrNull,
  upper,
} from './shapes.js'

const rolePattern = /^(user|assistant|tool|system)$/
type Role = 'user' | 'assistant' | 'tool' | 'system'

const ToolCallCreate = z
  .object({
    id: text(256),
    name: anyText(),
    arguments: anyText().openapi({ description: 'The raw JSON text that the model wrote.' }),
  })
  .openapi('ToolCallCreate', { description: 'A call of a tool.' })

/** One request may have tens of thousands. */
function readPlainCall(value: unknown): z.output<typeof ToolCallCreate> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, name, arguments: given } = value as Record<string, unknown>
  const isPlain = typeof id === 'string' && /^[\x20-\x7e]{0,256}$/.test(id)
  return isPlain && typeof name === 'string' && typeof given === 'string'
    ? { id, name, arguments: given }
    : undefined
}

const MessageUsageCreate = z
  .object({
    input_tokens: withDefault(integer(), 0),
    output_tokens: withDefault(integer(), 0),
    cache_read_input_tokens: withDefault(integer(), 0),
    cache_creation_input_tokens: withDefault(integer(), 0),
    cost_usd: orNull(decimal(0, 1_000_000)).openapi({ description: 'US dollars; null means unknown.' }),
  })
  .openapi({ description: 'What a message consumed, in disjoint buckets.' })

export const MessageCreate = z
  .object({
    role: text(16, { pattern: rolePattern }),
    content: withDefault(anyText(), ''),
    id: orNull(uuid()).openapi({ description: 'Makes a repeated call harmless; made here when absent.' }),
    parent_id: orNull(uuid()),
    tool_call_id: orNull(text(256)),
    tool_calls: list(ToolCallCreate, 0, 1000, { mostFaulty: 5, readPlain: readPlainCall }).nullish(),
    metadata: orNull(messageMetadata),
    usage: MessageUsageCreate.nullish(),
  })
  .openapi('MessageCreate', { description: 'A message to store.' })

const MessageUsage = z
  .object({
    input_tokens: count,
    output_tokens: count,
    cache_read_input_tokens: count,
    cache_creation_input_tokens: count,
    cost_usd: z.number().nullable(),
  })
  .openapi('MessageUsage', { description: 'What a message consumed.' })

export const MessageResponse = z
  .object({
    id,
    seq: count,
    role: z.enum(['user', 'assistant', 'tool', 'system']),
    content: z.string(),
    agent: z.string().nullable(),
    model: z.string().nullable(),
    parent_id: id.nullable(),
    tool_call_id: z.string().nullable(),
    tool_calls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })).nullable(),
    metadata: z.record(z.string(), z.unknown()).nullable(),
    compacted_at: timestamp.nullable(),
    created_at: timestamp,
    cost_usd: z.number().nullable(),
    usage: shapeOrNull(MessageUsage),
  })
  .openapi('MessageResponse', { description: 'A row of a transcript, with agent and model of its segment.' })

export const SessionTranscriptResponse = z
  .object({
    session: SessionResponse,
    messages: z.array(MessageResponse),
    current_system_prompt: z.string().nullable(),
    has_more: z.boolean(),
  })
  .openapi('SessionTranscriptResponse', { description: 'A page of a transcript, with its session.' })

/** A message as GraphQL takes it. */
export function fromMessage(message: z.output<typeof MessageCreate>): MessageInput {
  const { usage } = message
  return {
    id: message.id,
    role: upper(message.role as Role),
    content: message.content,
    parentId: message.parent_id,
    toolCallId: message.tool_call_id,
    toolCalls: message.tool_calls,
    metadata: message.metadata,
    usage: usage && {
      inputTokens: usage.input_tokens,
      outputTokens: usage.output_tokens,
      cacheReadInputTokens: usage.cache_read_input_tokens,
      cacheCreationInputTokens: usage.cache_creation_input_tokens,
      costUsd: usage.cost_usd,
    },
  }
}

/** A row of a transcript, most of which its document names so. */
export function toMessage(message: MessageFieldsFragment): z.input<typeof MessageResponse> {
  return {
    ...message,
    role: lower(message.role),
    tool_calls: message.tool_calls && [...message.tool_calls],
    compacted_at: toTimestampOrNull(message.compacted_at),
    created_at: toTimestamp(message.created_at),
    cost_usd: message.usage?.cost_usd ?? null,
  }
}
