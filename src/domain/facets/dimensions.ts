import { type Sql, sql } from '../../db/prisma.js'
import type { SessionFilter } from '../session/filter.js'
import type { SourceColumn } from '../session/source.js'
import { projectColumns, userColumns } from '../tenancy/columns.js'
import { origins, stateBits } from './columns/workspace-columns.js'

interface FacetDimension {
  describe: string
  /** The column that values come from, one a session; absent where there is a list. */
  column?: SourceColumn
  /** The list of `sessions s` that values come from, any number a session. */
  list?: Sql
  /** The value as text; null counts nowhere. */
  text?: (column: Sql) => Sql
  /** The members of the filter that a popover for this dimension sets, as they are when nothing is chosen. */
  unfiltered: SessionFilter
  /** Where columns in memory have the values. */
  held: HeldValues
  /** The values that the filter asks for by name, as texts, at its top. */
  chosen?: (filter: SessionFilter, userId: string | null) => readonly string[]
  /** Where values are ids: what they are ordered by and found by. Ids that are not there are left out. */
  named?: NamedValues
}

/** A column of codes, the lists, or the state, of which each stands for one text. */
export type HeldValues =
  | { of: 'owners' | 'projects' | 'agents' | 'models' | 'labels' }
  | { of: 'state'; text: (state: number) => string }

interface NamedValues {
  table: Sql
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
    held: { of: 'agents' },
    chosen: ({ agents }) => agents ?? [],
    unfiltered: { agents: null, agentIds: null },
  },
  models: {
    describe: 'Models that answered in a session; a session without one counts nowhere.',
    column: 'model',
    text: (model) => sql`nullif(${model}, '')`,
    held: { of: 'models' },
    chosen: ({ models }) => (models ?? []).filter((name) => name !== ''),
    unfiltered: { models: null },
  },
  users: {
    describe: 'Owners of sessions; those whose account is gone are left out.',
    column: 'ownerId',
    held: { of: 'owners' },
    chosen: ({ owners, mine }, userId) => [...(owners ?? []), ...(mine && userId !== null ? [userId] : [])],
    unfiltered: { owners: null, mine: null },
    named: {
      table: sql`users`,
      join: () => sql`users n on n.id = c.value::uuid`,
      columns: userColumns,
      name: 'username' satisfies keyof typeof userColumns,
      texts: ['username', 'fullName', 'email'] satisfies (keyof typeof userColumns)[],
    },
  },
  projects: {
    describe: 'Projects of sessions; a session without one counts nowhere.',
    column: 'projectId',
    held: { of: 'projects' },
    chosen: ({ projects }) => projects ?? [],
    unfiltered: { projects: null },
    named: {
      table: sql`projects`,
      join: (organizationId) =>
        sql`projects n on n.organization_id = ${organizationId}::uuid and n.id = c.value::uuid`,
      columns: projectColumns,
      name: 'slug' satisfies keyof typeof projectColumns,
      texts: ['slug', 'name'] satisfies (keyof typeof projectColumns)[],
    },
  },
  labels: {
    describe: 'Values of labels, by key.',
    list: sql`s.labels`,
    held: { of: 'labels' },
    chosen: ({ labels }) =>
      (labels ?? []).flatMap(({ key, values }) => values.map((value) => `${key}:${value}`)),
    unfiltered: { labels: null },
  },
  origins: {
    describe: 'What sessions were run for.',
    column: 'origin',
    held: { of: 'state', text: (state) => origins[state >> stateBits.originShift] ?? '' },
    chosen: ({ origins: names }) => names ?? [],
    unfiltered: { origins: null },
  },
  visibility: {
    describe: 'Who sees sessions besides their owners.',
    column: 'visibility',
    held: { of: 'state', text: (state) => (state & stateBits.workspace ? 'workspace' : 'private') },
    chosen: ({ visibility, shared }) => [
      ...(visibility ? [visibility] : []),
      ...(typeof shared === 'boolean' ? [shared ? 'workspace' : 'private'] : []),
    ],
    unfiltered: { visibility: null, shared: null },
  },
  archived: {
    describe: 'Whether sessions are archived.',
    column: 'archived',
    text: (archived) => sql`case when ${archived} then 'ARCHIVED' else 'ACTIVE' end`,
    held: { of: 'state', text: (state) => (state & stateBits.archived ? 'ARCHIVED' : 'ACTIVE') },
    chosen: ({ archived }) => (archived && archived !== 'ANY' ? [archived] : []),
    unfiltered: { archived: 'ANY' },
  },
  frozen: {
    describe: 'Whether sessions are read-only for good.',
    column: 'frozen',
    held: { of: 'state', text: (state) => String((state & stateBits.frozen) !== 0) },
    chosen: ({ frozen }) => (typeof frozen === 'boolean' ? [String(frozen)] : []),
    unfiltered: { frozen: null },
  },
} as const satisfies Record<string, FacetDimension>

export type Dimension = keyof typeof facetDimensions
/** The dimensions whose values are ids. */
export type NamedDimension = 'users' | 'projects'

/** A dimension by its name, with all that one may have. */
export function dimensionOf(name: Dimension): FacetDimension {
  return facetDimensions[name]
}
