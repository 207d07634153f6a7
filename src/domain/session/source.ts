import { type Sql, sql } from '../../db/prisma.js'
import { columnOf } from './fields.js'

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
  ownerId: columnOf('ownerId'),
  visibility: columnOf('visibility'),
  projectId: columnOf('projectId'),
  agent: columnOf('agent'),
  model: columnOf('model'),
  origin: columnOf('origin'),
  archived: columnOf('archivedAt'),
  frozen: columnOf('frozenAt'),
  failedCalls: columnOf('failedCallCount'),
  duration: columnOf('durationMs'),
} satisfies Record<SourceColumn, Sql>

/** The table of sessions, under the name `s`: what conditions and tallies read of it. */
export const sessionsSource = {
  organizationId: columnOf('organizationId'),
  workspaceId: columnOf('workspaceId'),
  /** The rows that a user sees among those of a workspace; a null user owns none. */
  seenBy: (userId: Sql) => sql`(s.visibility = 'workspace' or s.owner_id = ${userId})`,
  stored,
  /** `archived` and `frozen` are booleans. */
  columns: {
    ...stored,
    archived: sql`(${stored.archived} is not null)`,
    frozen: sql`(${stored.frozen} is not null)`,
  },
} as const
