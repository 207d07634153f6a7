import { type Sql, sql } from '../../db/prisma.js'

/** The first-class columns: those that a relation of counts may offer beside `sessions`. */
export type SourceColumn =
  | 'ownerId'
  | 'visibility'
  | 'projectId'
  | 'agent'
  | 'model'
  | 'origin'
  | 'archived'
  | 'frozen'

/** A relation that filters narrow: `sessions s`, or one that counts sessions by some of their columns. */
export interface FilterSource {
  organizationId: Sql
  workspaceId: Sql
  /** The rows that a user sees among those of a workspace; a null user owns none. */
  seenBy: (userId: string | null) => Sql
  /** SQL of the columns on offer, of the type in `sessions`; `archived` and `frozen` are booleans. */
  columns: Partial<Record<SourceColumn, Sql>>
  /** Whether the rows are those of `sessions s` themselves, with every column there is. */
  isSessions?: true
}

/** The table itself, under the name `s`. */
export const sessionsSource: FilterSource = {
  organizationId: sql`s.organization_id`,
  workspaceId: sql`s.workspace_id`,
  seenBy: (userId) => sql`(s.visibility = 'workspace' or s.owner_id = ${userId}::uuid)`,
  columns: {
    ownerId: sql`s.owner_id`,
    visibility: sql`s.visibility`,
    projectId: sql`s.project_id`,
    agent: sql`s.agent`,
    model: sql`s.model`,
    origin: sql`s.origin`,
    archived: sql`(s.archived_at is not null)`,
    frozen: sql`(s.frozen_at is not null)`,
  },
  isSessions: true,
}
