import { empty, type Sql, sql } from '../../db/prisma.js'
import { isArchived, isFrozen } from '../session/columns.js'
import { columnOf, type SessionField, sessionFields } from '../session/fields.js'
import type { SessionFilter } from '../session/filter.js'
import { projectColumns, userColumns } from '../tenancy/columns.js'
import { origins, stateBits } from './columns/state.js'
import { type Ranges, rangeOf, rangesWithin } from './ranges.js'

interface FacetDimension {
  describe: string
  /** The field that values come from: one a session, or any number where it is a list. */
  field: SessionField
  /** What values are grouped by, where it is not the column itself. */
  by?: Sql
  /** The value as text, where its type does not say it; null counts nowhere. */
  text?: (column: Sql) => Sql
  /** Whether an empty text is no value. */
  emptyIsNone?: true
  /** The members of the filter that a popover for this dimension sets, as they are when nothing is chosen. */
  unfiltered: SessionFilter
  /** The ranges in which numbers count. */
  ranges?: Ranges
  /** The text of a state; where columns in memory hold that of a row, and not the field. */
  ofState?: (state: number) => string
  /** The values that the filter asks for by name, as texts, at its top. */
  chosen?: (filter: SessionFilter, userId: string | null) => readonly string[]
  /** Where values are ids: what they are ordered by and found by. Ids that are not there are left out. */
  named?: NamedValues
}

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
    field: 'agent',
    chosen: ({ agents }) => agents ?? [],
    unfiltered: { agents: null, agentIds: null },
  },
  models: {
    describe: 'Models that answered in a session; a session without one counts nowhere.',
    field: 'model',
    emptyIsNone: true,
    chosen: ({ models }) => (models ?? []).filter((name) => name !== ''),
    unfiltered: { models: null },
  },
  users: {
    describe: 'Owners of sessions; those whose account is gone are left out.',
    field: 'ownerId',
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
    field: 'projectId',
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
    field: 'labels',
    chosen: ({ labels }) =>
      (labels ?? []).flatMap(({ key, values }) => values.map((value) => `${key}:${value}`)),
    unfiltered: { labels: null },
  },
  answeringModels: {
    describe:
      'Models that answered in transcripts, whatever model the session names: a session counts in each of them.',
    field: 'answeringModels',
    chosen: ({ answeringModels }) => answeringModels ?? [],
    unfiltered: { answeringModels: null },
  },
  toolNames: {
    describe: 'Tools that were called: a session counts in each of them.',
    field: 'toolNames',
    chosen: ({ toolNames }) => toolNames ?? [],
    unfiltered: { toolNames: null },
  },
  failedCalls: {
    describe: 'How many tool calls failed.',
    field: 'failedCallCount',
    by: rangeOf(columnOf('failedCallCount'), failedCallRanges),
    ranges: failedCallRanges,
    chosen: ({ failedCallCount }) => rangesWithin(failedCallCount, failedCallRanges),
    unfiltered: { failedCallCount: null },
  },
  durations: {
    describe:
      'Milliseconds from the first message to the last; a transcript of less than two counts nowhere.',
    field: 'durationMs',
    by: rangeOf(columnOf('durationMs'), durationRanges),
    ranges: durationRanges,
    chosen: ({ durationMs }) => rangesWithin(durationMs, durationRanges),
    unfiltered: { durationMs: null },
  },
  origins: {
    describe: 'What sessions were run for.',
    field: 'origin',
    ofState: (state) => origins[state >> stateBits.originShift] ?? '',
    chosen: ({ origins: names }) => names ?? [],
    unfiltered: { origins: null },
  },
  visibility: {
    describe: 'Who sees sessions besides their owners.',
    field: 'visibility',
    ofState: (state) => (state & stateBits.workspace ? 'workspace' : 'private'),
    chosen: ({ visibility, shared }) => [
      ...(visibility ? [visibility] : []),
      ...(typeof shared === 'boolean' ? [shared ? 'workspace' : 'private'] : []),
    ],
    unfiltered: { visibility: null, shared: null },
  },
  archived: {
    describe: 'Whether sessions are archived.',
    field: 'archivedAt',
    by: isArchived,
    text: (archived) => sql`case when ${archived} then 'ARCHIVED' else 'ACTIVE' end`,
    ofState: (state) => (state & stateBits.archived ? 'ARCHIVED' : 'ACTIVE'),
    chosen: ({ archived }) => (archived && archived !== 'ANY' ? [archived] : []),
    unfiltered: { archived: 'ANY' },
  },
  frozen: {
    describe: 'Whether sessions are read-only for good.',
    field: 'frozenAt',
    by: isFrozen,
    ofState: (state) => String((state & stateBits.frozen) !== 0),
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

/** Whether a session may have any number of the values. */
export function isList(name: Dimension): boolean {
  return sessionFields[dimensionOf(name).field].type === 'text[]'
}

/** What the values of a dimension are grouped by. */
export function groupedBy(name: Dimension): Sql {
  const { field, by } = dimensionOf(name)
  return by ?? columnOf(field)
}

/** The value of a dimension as text, made of what it is grouped by; null for none. */
export function textOf(name: Dimension): Sql {
  const { text, emptyIsNone = false } = dimensionOf(name)
  const by = groupedBy(name)
  const value = text?.(by) ?? sql`${by}::text`
  return emptyIsNone ? sql`nullif(${value}, '')` : value
}
