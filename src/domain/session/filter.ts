import { all, join, type SessionOrigin, type SessionVisibility, type Sql, sql } from '../../db/prisma.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { NO_AGENT_ID } from './public-id.js'

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

/** Origins that lists leave out by default (contract 2.10). */
const workloadOrigins: readonly SessionOrigin[] = ['eval', 'optimization', 'training', 'world']

export function scopeOf(viewer: Viewer, access: readonly WorkspaceAccess[]): SessionScope {
  return {
    organizationId: viewer.organizationId,
    workspaceIds: access.map(({ workspaceId }) => workspaceId),
    userId: viewer.userId,
  }
}

/** The sessions of the scope, as a condition on `sessions s`: the one place where tenancy and visibility apply. */
export function visibleIn(scope: SessionScope): Sql {
  return sql`s.organization_id = ${scope.organizationId}::uuid
    and s.workspace_id = any(${[...scope.workspaceIds]}::uuid[])
    and (s.visibility = 'workspace' or s.owner_id = ${scope.userId}::uuid)`
}

/** The sessions of the scope that pass the filter, as a condition on `sessions s`. */
export function matching(scope: SessionScope, filter: SessionFilter): Sql {
  return all([
    visibleIn(scope),
    ...archivedCondition(filter.archived ?? 'ACTIVE'),
    ...(filter.includeWorkload
      ? []
      : [sql`s.origin <> all(${[...workloadOrigins]}::text[]::session_origin[])`]),
    ...given(filter.owners, (ids) => sql`s.owner_id = any(${ids}::uuid[])`),
    ...given(filter.projects, (ids) => sql`s.project_id = any(${ids}::uuid[])`),
    ...given(filter.agents, (names) => sql`s.agent = any(${names}::text[])`),
    ...given(filter.models, (names) => sql`s.model = any(${names}::text[])`),
    ...given(filter.origins, (origins) => sql`s.origin = any(${origins}::text[]::session_origin[])`),
    ...(filter.visibility ? [sql`s.visibility = ${filter.visibility}::session_visibility`] : []),
    ...given(filter.agentIds, (ids) => agentIdCondition(scope, ids)),
    ...(filter.labels ?? []).map(
      ({ key, values }) => sql`s.labels && ${values.map((value) => `${key}:${value}`)}::text[]`,
    ),
    ...(filter.titleWords ?? []).map((word) => sql`s.title ilike ${containing(word)}`),
    ...searchCondition(filter.search?.trim() ?? ''),
  ])
}

function given<T>(values: readonly T[] | null | undefined, condition: (values: T[]) => Sql): Sql[] {
  return values === null || values === undefined ? [] : [condition([...values])]
}

function archivedCondition(state: ArchivedState): Sql[] {
  if (state === 'ANY') return []
  return [state === 'ACTIVE' ? sql`s.archived_at is null` : sql`s.archived_at is not null`]
}

function agentIdCondition(scope: SessionScope, ids: readonly string[]): Sql {
  const named = sql`s.agent in (select n.name from public_names n
    where n.organization_id = ${scope.organizationId}::uuid and n.kind = 'agent' and n.public_id = any(${[...ids]}::text[]))`
  return ids.includes(NO_AGENT_ID) ? sql`(s.agent is null or s.agent = '' or ${named})` : named
}

function searchCondition(text: string): Sql[] {
  if (text === '') return []
  const pattern = containing(text)
  const columns = [sql`s.title`, sql`s.agent`, sql`s.model`].map((column) => sql`${column} ilike ${pattern}`)
  const labels = sql`exists (select 1 from unnest(s.labels) l where substr(l, strpos(l, ':') + 1) ilike ${pattern})`
  return [sql`(${join([...columns, labels], ' or ')})`]
}

/** A LIKE pattern in which the text means itself. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
