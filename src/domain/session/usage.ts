/** What a session's transcript consumed, as its row keeps it (contract 2.2). */
export interface SessionUsage {
  /** All four buckets; as `sessions.total_tokens`. */
  totalTokens: number
  totalInputTokens: number
  totalOutputTokens: number
  totalCacheReadInputTokens: number
  totalCacheCreationInputTokens: number
  totalToolCallCount: number
  totalCostUsd: number | null
  totalMessageCount: number
  lastGenerationInputTokens: number | null
  compactionCount: number
  currentMessageCount: number
  currentInputTokens: number
  currentOutputTokens: number
  currentCacheReadInputTokens: number
  currentCacheCreationInputTokens: number
  currentToolCallCount: number
  currentCostUsd: number | null
}
