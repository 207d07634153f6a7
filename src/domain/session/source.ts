import { type Sql, sql } from '../../db/prisma.js'

/** The first-class columns. */
export type SourceColumn =
  | 'ownerId'
  | 'visibility'
  | 'projectId'
  | 'agent'
  | 'model'
  | 'origin'
  | 'archived'
  | 'frozen'
  | 'failedCalls'
  | 'duration'

/** Of each, the column that it is made of. */
const stored = {
  ownerId: sql`s.owner_id`,
  visibility: sql`s.visibility`,
  projectId: sql`s.project_id`,
  agent: sql`s.agent`,
  model: sql`s.model`,
  origin: sql`s.origin`,
  archived: sql`s.archived_at`,
  frozen: sql`s.frozen_at`,
  failedCalls: sql`s.failed_call_count`,
  duration: sql`s.duration_ms`,
} satisfies Record<SourceColumn, Sql>

/** The table of sessions, under the name `s`: what conditions and tallies read of it. */
export const sessionsSource = {
  organizationId: sql`s.organization_id`,
  workspaceId: sql`s.workspace_id`,
  /** The rows that a user sees among those of a workspace; a null user owns none. */
  seenBy: (userId: string | null) => sql`(s.visibility = 'workspace' or s.owner_id = ${userId}::uuid)`,
  stored,
  /** `archived` and `frozen` are booleans. */
  columns: {
    ...stored,
    archived: sql`(${stored.archived} is not null)`,
    frozen: sql`(${stored.frozen} is not null)`,
  },
} as const
