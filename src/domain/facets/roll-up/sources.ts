import { raw, sql } from '../../../db/prisma.js'
import type { FilterSource } from '../../session/source.js'
import { SHARED } from './tables.js'

const shared = raw(`'${SHARED}'`)

const states = {
  archived: sql`c.archived`,
  frozen: sql`c.frozen`,
  origin: sql`c.origin`,
} as const

const tenancy = {
  organizationId: sql`c.organization_id`,
  workspaceId: sql`c.workspace_id`,
  seenBy: (userId: string | null) => sql`c.audience = any(array[${shared}, ${userId}]::uuid[])`,
}

/** Counts by value, under filters of state only. */
export const valuesSource = {
  ...tenancy,
  columns: {
    ...states,
    visibility: sql`(case c.audience when ${shared} then 'workspace' else 'private' end)::session_visibility`,
  },
} satisfies FilterSource

/** Counts by combination, under filters of every first-class column. */
export const combinationsSource = {
  ...tenancy,
  columns: {
    ...states,
    visibility: sql`c.visibility`,
    ownerId: sql`c.owner_id`,
    projectId: sql`c.project_id`,
    agent: sql`c.agent`,
    model: sql`c.model`,
  },
} satisfies FilterSource
