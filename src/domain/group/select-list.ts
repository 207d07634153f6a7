import { type SessionGroup, sql } from '../../db/sql.js'

export type { SessionGroup }

/** Every stored column of `session_groups g`, under the names of the model. */
export const groupColumns = sql`g.organization_id as "organizationId", g.id, g.workspace_id as "workspaceId",
  g.project_id as "projectId", g.creator_id as "creatorId", g.kind, g.title, g.status, g.worker, g.capability,
  g.capability_version as "capabilityVersion", g.runtime_id as "runtimeId", g.evaluation_id as "evaluationId",
  g.evaluation_item_id as "evaluationItemId", g.evaluation_item_attempt_id as "evaluationItemAttemptId", g.metadata,
  g.completed_at as "completedAt", g.created_at as "createdAt", g.updated_at as "updatedAt"`
