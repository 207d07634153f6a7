import { raw, type Session, type Sql } from '../../db/prisma.js'

export type { Session }

/** Every stored column of a session, by its name in the model. */
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
  createdAt: 'created_at',
  updatedAt: 'updated_at',
} as const satisfies Record<SessionColumn, string>

export type SessionColumn = keyof Session

export const everyColumn = Object.keys(columns) as SessionColumn[]

/** These columns of `sessions s`, under the names of the model. */
export function selectColumns(names: readonly SessionColumn[]): Sql {
  return raw(names.map((name) => `s.${columns[name]} as "${name}"`).join(', '))
}

/** Every stored column of `sessions s`, under the names of the model. */
export const sessionColumns: Sql = selectColumns(everyColumn)
