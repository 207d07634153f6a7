import { type Session, sql } from '../../db/prisma.js'

export type { Session }

/** Every stored column of `sessions s`, under the names of the model. */
export const sessionColumns = sql`s.organization_id as "organizationId", s.id, s.workspace_id as "workspaceId",
  s.owner_id as "ownerId", s.project_id as "projectId", s.group_id as "groupId", s.runtime_id as "runtimeId",
  s.title, s.title_source as "titleSource", s.agent, s.model, s.origin, s.visibility, s.labels,
  s.message_count as "messageCount", s.preview_text as "previewText", s.shared_at as "sharedAt",
  s.shared_by_id as "sharedById", s.archived_at as "archivedAt", s.frozen_at as "frozenAt", s.frozen_by as "frozenBy",
  s.capabilities, s.turn_started_at as "turnStartedAt",
  s.evaluation_id as "evaluationId", s.evaluation_item_id as "evaluationItemId",
  s.evaluation_attempt_id as "evaluationAttemptId", s.last_message_at as "lastMessageAt",
  s.created_at as "createdAt", s.updated_at as "updatedAt"`
