import { raw, type Sql, type Session as StoredSession } from '../../db/prisma.js'
import type { SessionUsage } from './usage.js'

/** A session as it is stored. */
export interface Session extends StoredSession, SessionUsage {
  /** From the first row of its transcript to the last; null below two rows. */
  durationMs: number | null
}

/** Every column of a session, by its name in the model. */
const columns = {
  organizationId: 'organization_id',
  id: 'id',
  workspaceId: 'workspace_id',
  ownerId: 'owner_id',
  projectId: 'project_id',
  groupId: 'group_id',
  runtimeId: 'runtime_id',
  title: 'title',
  titleSource: 'title_source',
  agent: 'agent',
  model: 'model',
  origin: 'origin',
  visibility: 'visibility',
  labels: 'labels',
  sentMessageCount: 'sent_message_count',
  messageCount: 'message_count',
  previewText: 'preview_text',
  sharedAt: 'shared_at',
  sharedById: 'shared_by_id',
  archivedAt: 'archived_at',
  frozenAt: 'frozen_at',
  frozenBy: 'frozen_by',
  capabilities: 'capabilities',
  turnStartedAt: 'turn_started_at',
  evaluationId: 'evaluation_id',
  evaluationItemId: 'evaluation_item_id',
  evaluationAttemptId: 'evaluation_attempt_id',
  lastMessageAt: 'last_message_at',
  answeringModels: 'answering_models',
  toolNames: 'tool_names',
  rewinds: 'rewinds',
  failedCallCount: 'failed_call_count',
  firstMessageAt: 'first_message_at',
  lastRowAt: 'last_row_at',
  totalMessageCount: 'total_message_count',
  currentMessageCount: 'current_message_count',
  compactionCount: 'compaction_count',
  totalToolCallCount: 'total_tool_call_count',
  currentToolCallCount: 'current_tool_call_count',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
} as const satisfies Record<keyof StoredSession, string>

/** What is larger than an integer, as the numbers that the API shows. */
const numbers = {
  durationMs: 's.duration_ms',
  totalTokens: 's.total_tokens',
  totalInputTokens: 's.total_input_tokens',
  totalOutputTokens: 's.total_output_tokens',
  totalCacheReadInputTokens: 's.total_cache_read_input_tokens',
  totalCacheCreationInputTokens: 's.total_cache_creation_input_tokens',
  totalCostUsd: 's.total_cost_usd',
  lastGenerationInputTokens: 's.last_generation_input_tokens',
  currentInputTokens: 's.current_input_tokens',
  currentOutputTokens: 's.current_output_tokens',
  currentCacheReadInputTokens: 's.current_cache_read_input_tokens',
  currentCacheCreationInputTokens: 's.current_cache_creation_input_tokens',
  currentCostUsd: '(case when s.current_unpriced_count = 0 then s.current_priced_cost_usd end)',
} as const satisfies Record<Exclude<keyof Session, keyof StoredSession>, string>

export type SessionColumn = keyof Session

const selected = new Map<SessionColumn, string>([
  ...(Object.entries(columns) as [SessionColumn, string][]).map(
    ([name, column]) => [name, `s.${column} as "${name}"`] as const,
  ),
  ...(Object.entries(numbers) as [SessionColumn, string][]).map(
    ([name, value]) => [name, `${value}::float8 as "${name}"`] as const,
  ),
])

export const everyColumn: readonly SessionColumn[] = [...selected.keys()]

/** These columns of `sessions s`, under the names of the model. */
export function selectColumns(names: readonly SessionColumn[]): Sql {
  return raw(names.map((name) => selected.get(name)).join(', '))
}

/** Every column of `sessions s`, under the names of the model. */
export const sessionColumns: Sql = selectColumns(everyColumn)
