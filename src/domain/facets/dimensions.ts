import { empty, type Sql, sql } from '../../db/prisma.js'
import { columnOf } from '../session/fields.js'
import type { SessionFilter } from '../session/filter.js'
import { type SourceColumn, sessionsSource } from '../session/source.js'
import { projectColumns, userColumns } from '../tenancy/columns.js'
import { stateBits } from './columns/state.js'
import { origins } from './columns/workspace-columns.js'
import { type Ranges, rangeOf, rangesWithin } from './ranges.js'

interface FacetDimension {
  describe: string
  /** The column that values come from, one a session; absent where there is a list. */
  column?: SourceColumn
  /** The list of `sessions s` that values come from, any number a session. */
  list?: Sql
  /** What values are grouped by, where it is not the column itself. */
  by?: Sql
  /** The value as text, where its type does not say it; null counts nowhere. */
  text?: (column: Sql) => Sql
  /** Whether an empty text is no value. */
  emptyIsNone?: true
  /** The members of the filter that a popover for this dimension sets, as they are when nothing is chosen. */
  unfiltered: SessionFilter
  /** Where columns in memory have the values. */
  held: HeldValues
  /** The values that the filter asks for by name, as texts, at its top. */
  chosen?: (filter: SessionFilter, userId: string | null) => readonly string[]
  /** Where values are ids: what they are ordered by and found by. Ids that are not there are left out. */
  named?: NamedValues
}

/** A column of codes, lists of them, the state, of which each stands for one text, or numbers in ranges. */
export type HeldValues =
  | { of: 'owners' | 'projects' | 'agents' | 'models' }
  | { of: 'labels' | 'answeringModels' | 'toolNames' }
  | { of: 'failedCalls' | 'duration'; ranges: Ranges }
  | { of: 'state'; text: (state: number) => string }

interface NamedValues {
  table: Sql
  /** What narrows its rows, as `n`, to those of the organization, with an `and`; empty where they are of all. */
  within: (organizationId: string) => Sql
  /** The columns of such a row, by its members. */
  columns: Readonly<Record<string, string>>
  /** The member that orders values of one count. */
  name: string
  /** The members that a prefix may begin: texts that GraphQL shows of the row anyway. */
  texts: readonly string[]
}

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

const failedCallRanges: Ranges = [0, 1, 2, 5, 10, 50]
const durationRanges: Ranges = [
  ...([0, 10 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS] as const),
  ...[4 * HOUR_MS, 24 * HOUR_MS],
]

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
    emptyIsNone: true,
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
      within: () => empty,
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
      within: (organizationId) => sql`n.organization_id = ${organizationId}::uuid and`,
      columns: projectColumns,
      name: 'slug' satisfies keyof typeof projectColumns,
      texts: ['slug', 'name'] satisfies (keyof typeof projectColumns)[],
    },
  },
  labels: {
    describe: 'Values of labels, by key.',
    list: columnOf('labels'),
    held: { of: 'labels' },
    chosen: ({ labels }) =>
      (labels ?? []).flatMap(({ key, values }) => values.map((value) => `${key}:${value}`)),
    unfiltered: { labels: null },
  },
  answeringModels: {
    describe:
      'Models that answered in transcripts, whatever model the session names: a session counts in each of them.',
    list: columnOf('answeringModels'),
    held: { of: 'answeringModels' },
    chosen: ({ answeringModels }) => answeringModels ?? [],
    unfiltered: { answeringModels: null },
  },
  toolNames: {
    describe: 'Tools that were called: a session counts in each of them.',
    list: columnOf('toolNames'),
    held: { of: 'toolNames' },
    chosen: ({ toolNames }) => toolNames ?? [],
    unfiltered: { toolNames: null },
  },
  failedCalls: {
    describe: 'How many tool calls failed.',
    column: 'failedCalls',
    by: rangeOf(sessionsSource.columns.failedCalls, failedCallRanges),
    held: { of: 'failedCalls', ranges: failedCallRanges },
    chosen: ({ failedCallCount }) => rangesWithin(failedCallCount, failedCallRanges),
    unfiltered: { failedCallCount: null },
  },
  durations: {
    describe:
      'Milliseconds from the first message to the last; a transcript of less than two counts nowhere.',
    column: 'duration',
    by: rangeOf(sessionsSource.columns.duration, durationRanges),
    held: { of: 'duration', ranges: durationRanges },
    chosen: ({ durationMs }) => rangesWithin(durationMs, durationRanges),
    unfiltered: { durationMs: null },
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

export function isNamed(name: Dimension): name is NamedDimension {
  return dimensionOf(name).named !== undefined
}

/** A dimension by its name, with all that one may have. */
export function dimensionOf(name: Dimension): FacetDimension {
  return facetDimensions[name]
}

/** The value of a dimension as text; null for none. */
export function textOf(name: Dimension, column: Sql): Sql {
  const { text, emptyIsNone = false } = dimensionOf(name)
  const value = text?.(column) ?? sql`${column}::text`
  return emptyIsNone ? sql`nullif(${value}, '')` : value
}
