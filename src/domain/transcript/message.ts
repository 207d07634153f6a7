import type { MessageRole } from '../../db/sql.js'

export interface ToolCall {
  id: string
  name: string
  /** The raw JSON text that the model wrote. */
  arguments: string
}

/** Disjoint token buckets, and the cost. */
export interface MessageUsage {
  inputTokens: number
  outputTokens: number
  cacheReadInputTokens: number
  cacheCreationInputTokens: number
  /** Null or absent where it is not known. */
  costUsd?: number | null
}

export interface MessageInput {
  id?: string | null
  role: MessageRole
  content: string
  parentId?: string | null
  toolCallId?: string | null
  toolCalls?: readonly ToolCall[] | null
  /** Of a tool row: whether the call failed; null or absent when unknown. */
  isError?: boolean | null
  metadata?: Record<string, unknown> | null
  usage?: MessageUsage | null
  /** When it was said; takes a key of scope `sessions:import`. The time of the append while absent or null. */
  createdAt?: Date | null
}
