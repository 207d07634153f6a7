import { empty, type Sql, sql } from '../../db/sql.js'
import { NAME_END } from '../annotation/summary.js'
import type { Ranges } from '../session/field.js'
import { byName, type FieldNamed, type NumberRange } from '../session/field-kinds.js'
import { columnOf, type SessionField, sessionFields } from '../session/fields.js'
import type { SessionFilter } from '../session/filter.js'
import { isArchived, isFrozen } from '../session/select-list.js'
import { projectColumns, userColumns } from '../tenancy/select-list.js'
import { origins, stateBits } from './columns/state.js'
import { rangeOf, rangesWithin } from './ranges.js'

interface FacetDimension {
  describe: string
  /** The field that values come from: one a session, or any number where it is a list. */
  field: SessionField
  /** What values are grouped by, where it is not the column itself. */
  by?: Sql
  /** The value as text, where its type does not say it; null counts nowhere. */
  text?: (column: Sql) => Sql
  /** Where texts are of a key and a value: what parts them, and how the filter asks for values by key. */
  keyed?: KeyedValues
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

export interface KeyedValues {
  separator: string
  /** The argument that names keys, and how long one is at most. */
  argument: 'keys' | 'names'
  maxLength: number
  /** The member of the filter whose entries are of keys, and the key of an entry; null for one that is of none. */
  member: 'labels' | 'annotations'
  keyOf: (entry: { key?: string; name?: string | null; labels?: readonly string[] | null }) => string | null
}

interface NamedValues {
  table: Sql
  /** What narrows its rows, as `n`, to those of the organization, with an `and`; empty where they are of all. */
  within: (organizationId: string) => Sql
  /** The columns of such a row, by its members. */
  columns: Readonly<Record<string, string>>
  /** The member that orders values of one count. */
  name: string
  /** The members that a prefix and a search look at: texts that GraphQL shows of the row anyway. */
  texts: readonly string[]
}

/** The dimensions that the table of fields names. */
const fieldDimensions = byName('facet', (field, { filter }, { describe, ranges }): FacetDimension => {
  const member = filter?.name as keyof FieldNamed<'filter'>
  const dimension = { describe, field, unfiltered: { [member]: null } }
  if (ranges === undefined)
    return { ...dimension, chosen: (asked) => (asked[member] ?? []) as readonly string[] }
  return {
    ...dimension,
    ranges,
    by: rangeOf(columnOf(field), ranges),
    chosen: (asked) => rangesWithin(asked[member] as NumberRange | null | undefined, ranges),
  }
})

/** Every session facet: those that rows of `fields.ts` name, and those with more to say. */
const ownDimensions = {
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
    keyed: {
      separator: ':',
      argument: 'keys',
      maxLength: 64,
      member: 'labels',
      keyOf: ({ key }) => key ?? null,
    },
    chosen: ({ labels }) =>
      (labels ?? []).flatMap(({ key, values }) => values.map((value) => `${key}:${value}`)),
    unfiltered: { labels: null },
  },
  annotationNames: {
    describe: 'Names of annotations on sessions and their messages: a session counts in each of them.',
    field: 'annotationNames',
    chosen: ({ annotations }) => (annotations ?? []).flatMap(({ name }) => name ?? []),
    unfiltered: { annotations: null, annotated: null },
  },
  annotationLabels: {
    describe: 'Labels that annotations gave, by the name of these.',
    field: 'annotationLabels',
    keyed: {
      separator: NAME_END,
      argument: 'names',
      maxLength: 100,
      member: 'annotations',
      keyOf: ({ name, labels }) => (labels == null ? null : (name ?? null)),
    },
    chosen: ({ annotations }) =>
      (annotations ?? []).flatMap(({ name, labels }) =>
        name == null
          ? []
          : (labels ?? []).filter((label) => label !== '').map((label) => `${name}${NAME_END}${label}`),
      ),
    unfiltered: { annotations: null },
  },
  annotationSources: {
    describe: 'What annotations come from: a session counts in each of them.',
    field: 'annotationSources',
    chosen: ({ annotations }) => (annotations ?? []).flatMap(({ sources }) => sources ?? []),
    unfiltered: { annotations: null, annotated: null },
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

export type Dimension = keyof typeof ownDimensions | keyof FieldNamed<'facet'>

export const facetDimensions: Readonly<Record<Dimension, FacetDimension>> = {
  ...ownDimensions,
  ...fieldDimensions,
}
export const namedDimensions = ownDimensions as Pick<typeof ownDimensions, NamedDimension>

/** The dimensions whose values are ids. */
export type NamedDimension = 'users' | 'projects'

/** Whether values of the dimension are ids with a name elsewhere. */
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
