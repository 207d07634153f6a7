import { type Sql, sql } from '../../db/prisma.js'
import type { SessionFilter } from '../session/filter.js'
import type { SourceColumn } from '../session/source.js'
import { projectColumns, userColumns } from '../tenancy/columns.js'

interface FacetDimension {
  describe: string
  /** The column that values come from, one a session; absent for labels, which are many. */
  column?: SourceColumn
  /** The value as text; null counts nowhere. */
  text?: (column: Sql) => Sql
  /** The members of the filter that a popover for this dimension sets, as they are when nothing is chosen. */
  unfiltered: SessionFilter
  /** Where values are ids: what they are ordered by and found by. Ids that are not there are left out. */
  named?: NamedValues
}

interface NamedValues {
  /** The rows that have the names, as `n`, and which of them belongs to the value `c.value`. */
  join: (organizationId: string) => Sql
  /** The columns of such a row, by its members. */
  columns: Readonly<Record<string, string>>
  /** The member that orders values of one count. */
  name: string
  /** The members that a prefix may begin: texts that GraphQL shows of the row anyway. */
  texts: readonly string[]
}

/** Every session facet is declared here and nowhere else. */
export const facetDimensions = {
  agents: {
    describe: 'Agents that ran a session; a session without one counts nowhere.',
    column: 'agent',
    unfiltered: { agents: null, agentIds: null },
  },
  models: {
    describe: 'Models that answered in a session; a session without one counts nowhere.',
    column: 'model',
    text: (model) => sql`nullif(${model}, '')`,
    unfiltered: { models: null },
  },
  users: {
    describe: 'Owners of sessions; those whose account is gone are left out.',
    column: 'ownerId',
    unfiltered: { owners: null, mine: null },
    named: {
      join: () => sql`users n on n.id = c.value::uuid`,
      columns: userColumns,
      name: 'username' satisfies keyof typeof userColumns,
      texts: ['username', 'fullName', 'email'] satisfies (keyof typeof userColumns)[],
    },
  },
  projects: {
    describe: 'Projects of sessions; a session without one counts nowhere.',
    column: 'projectId',
    unfiltered: { projects: null },
    named: {
      join: (organizationId) =>
        sql`projects n on n.organization_id = ${organizationId}::uuid and n.id = c.value::uuid`,
      columns: projectColumns,
      name: 'slug' satisfies keyof typeof projectColumns,
      texts: ['slug', 'name'] satisfies (keyof typeof projectColumns)[],
    },
  },
  labels: { describe: 'Values of labels, by key.', unfiltered: { labels: null } },
  origins: {
    describe: 'What sessions were run for.',
    column: 'origin',
    unfiltered: { origins: null },
  },
  visibility: {
    describe: 'Who sees sessions besides their owners.',
    column: 'visibility',
    unfiltered: { visibility: null, shared: null },
  },
  archived: {
    describe: 'Whether sessions are archived.',
    column: 'archived',
    text: (archived) => sql`case when ${archived} then 'ARCHIVED' else 'ACTIVE' end`,
    unfiltered: { archived: 'ANY' },
  },
  frozen: {
    describe: 'Whether sessions are read-only for good.',
    column: 'frozen',
    unfiltered: { frozen: null },
  },
} as const satisfies Record<string, FacetDimension>

export type Dimension = keyof typeof facetDimensions

/** Whether the values of a dimension are ids, which are shown and ordered by names. */
export function isOfIds(name: Dimension): boolean {
  return dimensionOf(name).named !== undefined
}

/** A dimension by its name, with all that one may have. */
export function dimensionOf(name: Dimension): FacetDimension {
  return facetDimensions[name]
}
