import { raw, type Sql, type Session as StoredSession } from '../../db/sql.js'
import { MAX_NAME_LENGTH } from '../../rules/limits.js'
import type { Field } from './field.js'

/** What annotations of a session come to (`src/domain/annotation/summary.ts`); null without any. */
interface AnnotationSummary {
  annotationFacts: string[] | null
  annotationLabels: string[] | null
  annotationNames: string[] | null
  annotationSources: string[] | null
  /** The mean of the scores under each name. */
  annotationScores: Readonly<Record<string, number>> | null
}

/** Large numbers, which Prisma would not show as the nearest float. */
type LargeNumbers = {
  [Name in keyof Fields as Fields[Name]['type'] extends 'bigint' | 'numeric' ? Name : never]:
    | number
    | (Fields[Name] extends { nullable: true } ? null : never)
}

/** A session as it is stored. */
export interface Session extends StoredSession, LargeNumbers, AnnotationSummary {}

/**
 * Every field of a session, declared once: what is selected, inserted, set and checked comes from here, and filters, sort
 * keys, facets and columns in memory name their columns by it.
 */
export const sessionFields = {
  organizationId: { column: 'organization_id', type: 'uuid', written: 'at creation' },
  id: { column: 'id', type: 'uuid', written: 'at creation' },
  workspaceId: { column: 'workspace_id', type: 'uuid', written: 'at creation' },
  ownerId: {
    column: 'owner_id',
    type: 'uuid',
    written: 'at creation',
    filter: { name: 'owners', describe: 'Uuids of owners.' },
  },
  projectId: {
    column: 'project_id',
    type: 'uuid',
    written: 'always',
    filter: {
      name: 'projects',
      describe: 'Uuids of projects (SES-LST-006); a session without a project is in none.',
    },
  },
  groupId: { column: 'group_id', type: 'uuid', written: 'always' },
  runtimeId: { column: 'runtime_id', type: 'uuid', written: 'always' },
  title: { column: 'title', type: 'text', written: 'always', maxLength: MAX_NAME_LENGTH, exported: true },
  titleSource: { column: 'title_source', type: 'title_source', written: 'always' },
  agent: {
    column: 'agent',
    type: 'text',
    written: 'always',
    maxLength: MAX_NAME_LENGTH,
    plain: true,
    filter: { name: 'agents', describe: 'Names of agents, exactly; a session without an agent has no name.' },
  },
  model: {
    column: 'model',
    type: 'text',
    written: 'always',
    maxLength: MAX_NAME_LENGTH,
    filter: { name: 'models', describe: 'Names of models, exactly; a session without a model has no name.' },
  },
  origin: { column: 'origin', type: 'session_origin', written: 'at creation', exported: true },
  visibility: { column: 'visibility', type: 'session_visibility', written: 'at creation' },
  labels: { column: 'labels', type: 'text[]', written: 'always', held: true },
  sentMessageCount: { column: 'sent_message_count', type: 'int', written: 'always', input: 'messageCount' },
  messageCount: {
    column: 'message_count',
    type: 'int',
    filter: { name: 'messageCount', describe: 'Range of `messageCount`, in messages.' },
    sort: { name: 'MESSAGE_COUNT', describe: 'The number of messages, as `messageCount` gives it.' },
  },
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
  lastMessageAt: {
    column: 'last_message_at',
    type: 'timestamptz',
    nullable: true,
    sort: {
      name: 'LAST_MESSAGE_AT',
      describe:
        'When the newest message was appended; sessions without messages come last in both directions.',
    },
  },
  answeringModels: {
    column: 'answering_models',
    type: 'text[]',
    maxLength: MAX_NAME_LENGTH,
    filter: {
      name: 'answeringModels',
      describe: 'Names of models, exactly, of which one answered in the session, whatever its `model` is.',
    },
    facet: {
      name: 'answeringModels',
      describe:
        'Models that answered in transcripts, whatever model the session names: a session counts in each of them.',
    },
  },
  toolNames: {
    column: 'tool_names',
    type: 'text[]',
    maxLength: 256,
    filter: { name: 'toolNames', describe: 'Names of tools, exactly, of which one was called.' },
    facet: { name: 'toolNames', describe: 'Tools that were called: a session counts in each of them.' },
  },
  annotationFacts: { column: 'annotation_facts', type: 'text[]', held: true },
  annotationLabels: { column: 'annotation_labels', type: 'text[]', held: true },
  annotationNames: { column: 'annotation_names', type: 'text[]', held: true },
  annotationScores: { column: 'annotation_scores', type: 'jsonb' },
  annotationSources: { column: 'annotation_sources', type: 'text[]', held: true },
  rewinds: { column: 'rewinds', type: 'jsonb' },
  failedCallCount: {
    column: 'failed_call_count',
    type: 'int',
    filter: { name: 'failedCallCount', describe: 'Range of `failedCallCount`, in calls that failed.' },
    facet: { name: 'failedCalls', describe: 'How many tool calls failed.', ranges: [0, 1, 2, 5, 10, 50] },
    sort: {
      name: 'FAILED_CALL_COUNT',
      describe: 'The number of calls of tools that failed, as `failedCallCount` gives it.',
    },
  },
  firstMessageAt: { column: 'first_message_at', type: 'timestamptz' },
  lastRowAt: { column: 'last_row_at', type: 'timestamptz' },
  totalMessageCount: { column: 'total_message_count', type: 'int' },
  currentMessageCount: { column: 'current_message_count', type: 'int' },
  compactionCount: { column: 'compaction_count', type: 'int' },
  totalToolCallCount: { column: 'total_tool_call_count', type: 'int' },
  currentToolCallCount: { column: 'current_tool_call_count', type: 'int' },
  createdAt: {
    column: 'created_at',
    type: 'timestamptz',
    written: 'at creation',
    sort: { name: 'CREATED_AT', describe: 'When the session was first saved.' },
  },
  updatedAt: {
    column: 'updated_at',
    type: 'timestamptz',
    sort: { name: 'UPDATED_AT', describe: 'When anything stored about the session last changed.' },
  },
  durationMs: {
    column: 'duration_ms',
    type: 'bigint',
    nullable: true,
    filter: {
      name: 'durationMs',
      describe:
        'Range of `durationMs`, in milliseconds; a session of less than two messages is in no range that has an end.',
    },
    facet: {
      name: 'durations',
      describe:
        'Milliseconds from the first message to the last; a transcript of less than two counts nowhere.',
      ranges: [0, 10_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000, 86_400_000],
    },
    sort: {
      name: 'DURATION',
      describe:
        'The time from the first message to the last, as `durationMs` gives it; sessions of less than two messages come last in both directions.',
    },
  },
  totalTokens: {
    column: 'total_tokens',
    type: 'bigint',
    filter: {
      name: 'tokens',
      describe: 'Range of `usage.totalTokens`: all four buckets over the whole transcript.',
    },
    sort: {
      name: 'TOTAL_TOKENS',
      describe: 'The tokens of the whole transcript, as `usage.totalTokens` gives them.',
    },
  },
  totalInputTokens: { column: 'total_input_tokens', type: 'bigint' },
  totalOutputTokens: { column: 'total_output_tokens', type: 'bigint' },
  totalCacheReadInputTokens: { column: 'total_cache_read_input_tokens', type: 'bigint' },
  totalCacheCreationInputTokens: { column: 'total_cache_creation_input_tokens', type: 'bigint' },
  totalCostUsd: {
    column: 'total_cost_usd',
    type: 'numeric',
    nullable: true,
    sort: {
      name: 'TOTAL_COST',
      describe:
        'The cost of the whole transcript, as `usage.totalCostUsd` gives it; sessions of unknown cost come last in both directions.',
    },
  },
  lastGenerationInputTokens: { column: 'last_generation_input_tokens', type: 'bigint', nullable: true },
  currentInputTokens: { column: 'current_input_tokens', type: 'bigint' },
  currentOutputTokens: { column: 'current_output_tokens', type: 'bigint' },
  currentCacheReadInputTokens: { column: 'current_cache_read_input_tokens', type: 'bigint' },
  currentCacheCreationInputTokens: { column: 'current_cache_creation_input_tokens', type: 'bigint' },
  currentCostUsd: {
    column: '(case when s.current_unpriced_count = 0 then s.current_priced_cost_usd end)',
    type: 'numeric',
    nullable: true,
  },
} as const satisfies Record<keyof StoredSession | keyof AnnotationSummary, Field> & Record<string, Field>

type Fields = typeof sessionFields
export type SessionField = keyof Session

/** A field of `sessions s` as it is stored. */
export function columnOf(name: SessionField): Sql {
  return raw(columnText(sessionFields[name]))
}

/** As `columnOf`, as a text of SQL. */
export function columnText({ column }: Field): string {
  return column.startsWith('(') ? column : `s.${column}`
}
