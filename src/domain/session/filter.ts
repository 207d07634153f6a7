import { all, join, type Sql, sql } from '../../db/prisma.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import {
  type ConditionColumn,
  type ConditionContext,
  type FilterMember,
  filterMembers,
  type SessionCondition,
  type SessionFilter,
  type SessionScope,
} from './members.js'
import { type FilterSource, sessionsSource } from './source.js'

export type { SessionCondition, SessionFilter, SessionScope } from './members.js'

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
  const columns = source.columns as ConditionContext['columns']
  return all([
    visibleIn(scope, source),
    ...compile(withDefaults(filter), { scope, columns, searchIn: filter.searchIn }),
  ])
}

/** The columns that the filter reads. */
export function columnsRead(filter: SessionFilter): ReadonlySet<ConditionColumn> {
  return new Set(readBy(withDefaults(filter)))
}

/** Whether the source offers every column that the filter reads. */
export function covers(source: FilterSource, filter: SessionFilter): boolean {
  if (source.isSessions) return true
  const columns: Partial<Record<ConditionColumn, Sql>> = source.columns
  return [...columnsRead(filter)].every((name) => columns[name] !== undefined)
}

function withDefaults(filter: SessionFilter): SessionFilter {
  return {
    ...filter,
    archived: filter.archived ?? 'ACTIVE',
    includeWorkload: filter.includeWorkload ?? false,
  }
}

function compile(condition: SessionFilter, context: ConditionContext): Sql[] {
  const { and, or, not } = condition
  const whole = (one: SessionCondition) => sql`(${all(compile(one, context))})`
  return [
    ...narrowingMembers(condition).map(([member, value]) => member.condition(value, context)),
    ...(and ?? []).map(whole),
    ...(or ? [or.length === 0 ? sql`false` : sql`(${join(or.map(whole), ' or ')})`] : []),
    // Null, which a comparison with an absent value gives, does not hold, and so its negation does.
    ...(not ? [sql`${whole(not)} is not true`] : []),
  ]
}

function readBy(condition: SessionFilter): ConditionColumn[] {
  const { and, or, not } = condition
  return [
    ...narrowingMembers(condition).map(([{ reads }]) => reads),
    ...[...(and ?? []), ...(or ?? []), ...(not ? [not] : [])].flatMap(readBy),
  ]
}

/** The members that narrow, with their values. */
function narrowingMembers(condition: SessionFilter): [FilterMember<unknown>, unknown][] {
  return Object.entries(filterMembers).flatMap(([name, one]) => {
    const member = one as FilterMember<unknown>
    const value = condition[name as keyof SessionFilter] ?? null
    return value === null || member.isIdle?.(value) ? [] : [[member, value]]
  })
}
