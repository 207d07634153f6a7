import { raw, type Sql, type Session as StoredSession } from '../../db/prisma.js'
import { MAX_NAME_LENGTH } from '../../rules/limits.js'
import type { SessionUsage } from './usage.js'

/** A session as it is stored. */
export interface Session extends StoredSession, SessionUsage {
  /** From the first row of its transcript to the last; null below two rows. */
  durationMs: number | null
}

/** What the table says of a field of a session. */
export interface Field {
  /** Its column of `sessions`, or an expression of columns of `sessions s`. */
  column: string
  /** As PostgreSQL names it; `bigint` and `numeric` are shown as the nearest float. */
  type: string
  /** What clients call it, where they write it under another name. */
  input?: string
  /** When clients write it: once, or by later saves and updates as well. */
  written?: 'at creation' | 'always'
  /** Characters of a text that clients write. */
  maxLength?: number
  /** Columns in memory hold it, to filter and count by: an id or a text, a list of texts, or a whole number. */
  held?: true
}

/**
 * Every field of a session, declared once: what is selected, inserted, set and checked comes from here, and filters, sort
 * keys, facets and columns in memory name their columns by it.
 */
export const sessionFields = {
  organizationId: { column: 'organization_id', type: 'uuid', written: 'at creation' },
  id: { column: 'id', type: 'uuid', written: 'at creation' },
  workspaceId: { column: 'workspace_id', type: 'uuid', written: 'at creation' },
  ownerId: { column: 'owner_id', type: 'uuid', written: 'at creation', held: true },
  projectId: { column: 'project_id', type: 'uuid', written: 'always', held: true },
  groupId: { column: 'group_id', type: 'uuid', written: 'always' },
  runtimeId: { column: 'runtime_id', type: 'uuid', written: 'always' },
  title: { column: 'title', type: 'text', written: 'always', maxLength: MAX_NAME_LENGTH },
  titleSource: { column: 'title_source', type: 'title_source', written: 'always' },
  agent: { column: 'agent', type: 'text', written: 'always', maxLength: MAX_NAME_LENGTH, held: true },
  model: { column: 'model', type: 'text', written: 'always', maxLength: MAX_NAME_LENGTH, held: true },
  origin: { column: 'origin', type: 'session_origin', written: 'at creation' },
  visibility: { column: 'visibility', type: 'session_visibility', written: 'at creation' },
  labels: { column: 'labels', type: 'text[]', written: 'always', held: true },
  sentMessageCount: { column: 'sent_message_count', type: 'int', written: 'always', input: 'messageCount' },
  messageCount: { column: 'message_count', type: 'int', held: true },
  previewText: { column: 'preview_text', type: 'text' },
  sharedAt: { column: 'shared_at', type: 'timestamptz', written: 'at creation' },
  sharedById: { column: 'shared_by_id', type: 'uuid', written: 'at creation' },
  archivedAt: { column: 'archived_at', type: 'timestamptz' },
  frozenAt: { column: 'frozen_at', type: 'timestamptz' },
  frozenBy: { column: 'frozen_by', type: 'freeze_cause' },
  capabilities: { column: 'capabilities', type: 'jsonb', written: 'at creation' },
  turnStartedAt: { column: 'turn_started_at', type: 'timestamptz' },
  evaluationId: { column: 'evaluation_id', type: 'uuid' },
  evaluationItemId: { column: 'evaluation_item_id', type: 'uuid' },
  evaluationAttemptId: { column: 'evaluation_attempt_id', type: 'uuid' },
  lastMessageAt: { column: 'last_message_at', type: 'timestamptz' },
  answeringModels: { column: 'answering_models', type: 'text[]', held: true },
  toolNames: { column: 'tool_names', type: 'text[]', held: true },
  rewinds: { column: 'rewinds', type: 'jsonb' },
  failedCallCount: { column: 'failed_call_count', type: 'int', held: true },
  firstMessageAt: { column: 'first_message_at', type: 'timestamptz' },
  lastRowAt: { column: 'last_row_at', type: 'timestamptz' },
  totalMessageCount: { column: 'total_message_count', type: 'int' },
  currentMessageCount: { column: 'current_message_count', type: 'int' },
  compactionCount: { column: 'compaction_count', type: 'int' },
  totalToolCallCount: { column: 'total_tool_call_count', type: 'int' },
  currentToolCallCount: { column: 'current_tool_call_count', type: 'int' },
  createdAt: { column: 'created_at', type: 'timestamptz', written: 'at creation' },
  updatedAt: { column: 'updated_at', type: 'timestamptz' },
  durationMs: { column: 'duration_ms', type: 'bigint', held: true },
  totalTokens: { column: 'total_tokens', type: 'bigint', held: true },
  totalInputTokens: { column: 'total_input_tokens', type: 'bigint' },
  totalOutputTokens: { column: 'total_output_tokens', type: 'bigint' },
  totalCacheReadInputTokens: { column: 'total_cache_read_input_tokens', type: 'bigint' },
  totalCacheCreationInputTokens: { column: 'total_cache_creation_input_tokens', type: 'bigint' },
  totalCostUsd: { column: 'total_cost_usd', type: 'numeric' },
  lastGenerationInputTokens: { column: 'last_generation_input_tokens', type: 'bigint' },
  currentInputTokens: { column: 'current_input_tokens', type: 'bigint' },
  currentOutputTokens: { column: 'current_output_tokens', type: 'bigint' },
  currentCacheReadInputTokens: { column: 'current_cache_read_input_tokens', type: 'bigint' },
  currentCacheCreationInputTokens: { column: 'current_cache_creation_input_tokens', type: 'bigint' },
  currentCostUsd: {
    column: '(case when s.current_unpriced_count = 0 then s.current_priced_cost_usd end)',
    type: 'numeric',
  },
} as const satisfies Record<keyof Session, Field>

export type SessionField = keyof Session

type Fields = typeof sessionFields
/** What clients write at any time. */
export type ChangeableField = {
  [Name in SessionField]: Fields[Name] extends { written: 'always' } ? Name : never
}[SessionField]
/** What stands in the row that a client's first save inserts. */
export type InsertedField = {
  [Name in SessionField]: Fields[Name] extends { written: string } ? Name : never
}[SessionField]

/** What columns in memory hold, by how: as numbers of a table of texts, as lists of such, and as numbers. */
export type CodeField = HeldField<'uuid' | 'text'>
export type ListField = HeldField<'text[]'>
export type NumberField = HeldField<'int' | 'bigint'>
type HeldField<Type extends string> = {
  [Name in SessionField]: Fields[Name] extends { held: true; type: Type } ? Name : never
}[SessionField]

/** The table by rows. */
export const fieldEntries = Object.entries(sessionFields) as [SessionField, Field][]

/** A field of `sessions s` as it is stored. */
export function columnOf(name: SessionField): Sql {
  return raw(columnText(sessionFields[name]))
}

/** As `columnOf`, as a text of SQL. */
export function columnText({ column }: Field): string {
  return column.startsWith('(') ? column : `s.${column}`
}
