import { all, join, type SessionOrigin, type SessionVisibility, type Sql, sql } from '../../db/prisma.js'
import { NO_AGENT_ID } from './public-id.js'
import type { SourceColumn } from './source.js'

/** Which sessions a question is about: those of these workspaces that the user may see. */
export interface SessionScope {
  organizationId: string
  workspaceIds: readonly string[]
  /** Sees private sessions of its own; null owns none. */
  userId: string | null
}

export const archivedStates = ['ACTIVE', 'ARCHIVED', 'ANY'] as const
export type ArchivedState = (typeof archivedStates)[number]

/**
 * Narrows the sessions of a scope. Different members combine with AND, the values of one with OR;
 * an absent member does not narrow, an empty list matches nothing.
 */
export interface SessionFilter {
  owners?: readonly string[] | null
  projects?: readonly string[] | null
  agents?: readonly string[] | null
  models?: readonly string[] | null
  origins?: readonly SessionOrigin[] | null
  visibility?: SessionVisibility | null
  /** Public ids of agents (contract everruns, 6.2). */
  agentIds?: readonly string[] | null
  labels?: readonly { key: string; values: readonly string[] }[] | null
  /** `ACTIVE` unless said otherwise. */
  archived?: ArchivedState | null
  /** Sessions of workload origins are left out unless this is true (SES-LST-009). */
  includeWorkload?: boolean | null
  /** One case-insensitive text in title, agent, model or a label value (SES-LST-007). */
  search?: string | null
  /** Texts that must all be in the title, in any case and order. */
  titleWords?: readonly string[] | null
}

export type ConditionColumn = SourceColumn | 'session'

/** What one member of a filter asks of a row. */
export interface FilterMember<Value> {
  /** The column of the source it reads; `session` when it reads `sessions s` itself. */
  reads: ConditionColumn
  /** Whether it does not narrow with this value. */
  isIdle?: (value: Value) => boolean
  condition: (value: Value, from: { scope: SessionScope; columns: Record<SourceColumn, Sql> }) => Sql
}

/** Origins that lists leave out by default (contract 2.10). */
const workloadOrigins: readonly SessionOrigin[] = ['eval', 'optimization', 'training', 'world']

/** Every member of a filter is declared here and nowhere else. */
export const filterMembers: {
  [Name in keyof SessionFilter]-?: FilterMember<NonNullable<SessionFilter[Name]>>
} = {
  archived: {
    reads: 'archived',
    isIdle: (state) => state === 'ANY',
    condition: (state, { columns }) =>
      state === 'ACTIVE' ? sql`not ${columns.archived}` : sql`${columns.archived}`,
  },
  includeWorkload: {
    reads: 'origin',
    isIdle: (included) => included,
    condition: (_included, { columns }) =>
      sql`${columns.origin} <> all(${[...workloadOrigins]}::text[]::session_origin[])`,
  },
  owners: {
    reads: 'ownerId',
    condition: (ids, { columns }) => sql`${columns.ownerId} = any(${[...ids]}::uuid[])`,
  },
  projects: {
    reads: 'projectId',
    condition: (ids, { columns }) => sql`${columns.projectId} = any(${[...ids]}::uuid[])`,
  },
  agents: {
    reads: 'agent',
    condition: (names, { columns }) => sql`${columns.agent} = any(${[...names]}::text[])`,
  },
  models: {
    reads: 'model',
    condition: (names, { columns }) => sql`${columns.model} = any(${[...names]}::text[])`,
  },
  origins: {
    reads: 'origin',
    condition: (origins, { columns }) =>
      sql`${columns.origin} = any(${[...origins]}::text[]::session_origin[])`,
  },
  visibility: {
    reads: 'visibility',
    condition: (visibility, { columns }) => sql`${columns.visibility} = ${visibility}::session_visibility`,
  },
  agentIds: {
    reads: 'agent',
    condition: (ids, { scope, columns: { agent } }) => {
      const named = sql`${agent} in (select n.name from public_names n
        where n.organization_id = ${scope.organizationId}::uuid and n.kind = 'agent' and n.public_id = any(${[...ids]}::text[]))`
      return ids.includes(NO_AGENT_ID) ? sql`(${agent} is null or ${agent} = '' or ${named})` : named
    },
  },
  labels: {
    reads: 'session',
    isIdle: (entries) => entries.length === 0,
    condition: (entries) =>
      all(
        entries.map(
          ({ key, values }) => sql`s.labels && ${values.map((value) => `${key}:${value}`)}::text[]`,
        ),
      ),
  },
  titleWords: {
    reads: 'session',
    isIdle: (words) => words.length === 0,
    condition: (words) => all(words.map((word) => sql`s.title ilike ${containing(word)}`)),
  },
  search: {
    reads: 'session',
    isIdle: (text) => text.trim() === '',
    condition: (text) => {
      const pattern = containing(text.trim())
      const columns = [sql`s.title`, sql`s.agent`, sql`s.model`].map(
        (column) => sql`${column} ilike ${pattern}`,
      )
      const labels = sql`exists (select 1 from unnest(s.labels) l where substr(l, strpos(l, ':') + 1) ilike ${pattern})`
      return sql`(${join([...columns, labels], ' or ')})`
    },
  },
}

/** A LIKE pattern in which the text means itself. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
