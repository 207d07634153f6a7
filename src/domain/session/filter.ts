import { all, type Sql, sql } from '../../db/prisma.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import {
  type ConditionColumn,
  type FilterMember,
  filterMembers,
  type SessionFilter,
  type SessionScope,
} from './members.js'
import { type FilterSource, type SourceColumn, sessionsSource } from './source.js'

export type { SessionFilter, SessionScope } from './members.js'

export function scopeOf(viewer: Viewer, access: readonly WorkspaceAccess[]): SessionScope {
  return {
    organizationId: viewer.organizationId,
    workspaceIds: access.map(({ workspaceId }) => workspaceId),
    userId: viewer.userId,
  }
}

/** The rows of the scope, as a condition on the source: the one place where tenancy and visibility apply. */
export function visibleIn(scope: SessionScope, source: FilterSource = sessionsSource): Sql {
  const [workspaceId, ...others] = scope.workspaceIds
  // A single one is compared with `=`: an index gives rows in a list's order for that, but not for `any`.
  const within =
    workspaceId !== undefined && others.length === 0
      ? sql`${source.workspaceId} = ${workspaceId}::uuid`
      : sql`${source.workspaceId} = any(${[...scope.workspaceIds]}::uuid[])`
  return sql`${source.organizationId} = ${scope.organizationId}::uuid and ${within}
    and ${source.seenBy(scope.userId)}`
}

/** The rows of the scope that pass the filter, as a condition on the source, which must cover the filter. */
export function matching(
  scope: SessionScope,
  filter: SessionFilter,
  source: FilterSource = sessionsSource,
): Sql {
  if (!covers(source, filter)) throw new Error('The filter reads a column that the source does not offer')
  const columns = source.columns as Record<SourceColumn, Sql>
  return all([
    visibleIn(scope, source),
    ...effectiveMembers(filter).map(([{ condition }, value]) => condition(value, { scope, columns })),
  ])
}

/** The columns that the filter reads; `session` stands for everything that only `sessions s` has. */
export function columnsRead(filter: SessionFilter): ReadonlySet<ConditionColumn> {
  return new Set(effectiveMembers(filter).map(([{ reads }]) => reads))
}

/** Whether the source offers every column that the filter reads. */
export function covers(source: FilterSource, filter: SessionFilter): boolean {
  if (source.isSessions) return true
  return [...columnsRead(filter)].every((name) => name !== 'session' && source.columns[name] !== undefined)
}

/** The members that narrow, with their values, defaults included. */
function effectiveMembers(filter: SessionFilter): [FilterMember<unknown>, unknown][] {
  const given = {
    ...filter,
    archived: filter.archived ?? 'ACTIVE',
    includeWorkload: filter.includeWorkload ?? false,
  }
  return Object.entries(filterMembers).flatMap(([name, member]) => {
    const value = given[name as keyof SessionFilter] ?? null
    const one = member as FilterMember<unknown>
    return value === null || one.isIdle?.(value) ? [] : [[one, value] as [FilterMember<unknown>, unknown]]
  })
}
