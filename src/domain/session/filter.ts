import { all, anyOf, type Sql, sql } from '../../db/sql.js'
import { nobody, type Viewer, type WorkspaceAccess } from '../viewer.js'
import { columnOf } from './fields.js'
import type { SessionCondition, SessionFilter, SessionScope } from './filter-shape.js'
import type { ConditionContext, FilterMember } from './member-kinds.js'
import { filterMembers } from './members.js'
import type { RowTest, TestContext } from './row-test.js'
import type { TextTest } from './search.js'

export type { SessionCondition, SessionFilter, SessionScope } from './filter-shape.js'

/** What the viewer may look at: all that it sees in these workspaces. */
export function scopeOf(viewer: Viewer, access: readonly WorkspaceAccess[]): SessionScope {
  return {
    organizationId: viewer.organizationId,
    workspaceIds: access.map(({ workspaceId }) => workspaceId),
    userId: viewer.userId,
  }
}

/** The rows of the scope, as a condition on `sessions s`. */
export function visibleIn(scope: SessionScope): Sql {
  const column = columnOf('workspaceId')
  const [workspaceId, ...others] = scope.workspaceIds
  // A single one is compared with `=`: an index gives rows in a list's order for that, but not for `any`.
  const within =
    workspaceId !== undefined && others.length === 0
      ? sql`${column} = ${workspaceId}::uuid`
      : sql`${column} = any(${[...scope.workspaceIds]}::uuid[])`
  return visibleTo({
    organizationId: sql`${scope.organizationId}::uuid`,
    within,
    userId: sql`${scope.userId ?? nobody}::uuid`,
  })
}

/** Whom a condition is for, in expressions; `within` says of `sessions s` which workspaces may be entered. */
export interface Looking {
  organizationId: Sql
  within: Sql
  userId: Sql
}

/** The one place where tenancy and visibility apply, as a condition on `sessions s`: statements and policies are made of it. */
export function visibleTo({ organizationId, within, userId }: Looking): Sql {
  return sql`${columnOf('organizationId')} = ${organizationId} and ${within}
    and (s.visibility = 'workspace' or s.owner_id = ${userId})`
}

/** The rows of the scope that pass the filter, as a condition on `sessions s`. */
export function matching(scope: SessionScope, filter: SessionFilter): Sql {
  return all([visibleIn(scope), ...compile(withDefaults(filter), { scope, searchIn: filter.searchIn })])
}

/** Whether the filter narrows by nothing that takes a value, so that one plan is the best for whoever asks. */
export function isPlain({
  archived: _,
  includeWorkload: __,
  searchIn: ___,
  ...filter
}: SessionFilter): boolean {
  const { and, or, not } = filter
  return narrowingMembers(filter).length === 0 && !and?.length && !or && !not
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
  // What every session meets is left out: a condition asks the same with it and without.
  return [
    ...narrowingMembers(condition).map(([member, value]) => member.condition(value, context)),
    ...(and ?? []).filter(narrows).map(whole),
    ...(or?.length === 0 ? [sql`false`] : []),
    ...(or && or.length > 0 && or.every(narrows) ? [anyOf(or.map(whole))] : []),
    // Null, which a comparison with an absent value gives, does not hold, and so its negation does.
    ...(not ? [sql`${whole(not)} is not true`] : []),
  ]
}

/** Whether a condition leaves any session out, as far as its members say without looking at their values. */
export function narrows(condition: SessionFilter): boolean {
  const { and, or, not } = condition
  const nested = (and ?? []).some(narrows) || (or?.every(narrows) ?? false)
  return nested || Boolean(not) || narrowingMembers(condition).length > 0
}

/** A condition whose members are tests for columns in memory. */
export interface TestedCondition {
  tests: readonly RowTest[]
  and: readonly TestedCondition[]
  or: readonly TestedCondition[] | null
  not: TestedCondition | null
}

/** The filter as tests, searches aside (`textTestsOf`). */
export function testsOf(filter: SessionFilter, context: TestContext): TestedCondition {
  return toTests(withDefaults(filter), context)
}

function toTests(condition: SessionFilter, context: TestContext): TestedCondition {
  const { and, or, not } = condition
  const tested = (one: SessionCondition) => toTests(one, context)
  return {
    tests: narrowingMembers(condition).flatMap(([{ test }, value]) => test?.(value, context) ?? []),
    and: (and ?? []).map(tested),
    or: or ? or.map(tested) : null,
    not: not ? tested(not) : null,
  }
}

/** What the filter searches for; all of it has to be found. */
export function textTestsOf(filter: SessionFilter): TextTest[] {
  return narrowingMembers(filter).flatMap(([{ texts }, value]) => texts?.(value, filter) ?? [])
}

/** What columns in memory have to look up before they can tell which sessions pass a filter. */
export interface FilterNeeds {
  /** Whether pins count. */
  pins: boolean
  /** Public ids of agents, whose names are needed. */
  agentIds: readonly string[]
}

/** What must be looked up before the filter can be tested in memory. */
export function needsOf(filter: SessionFilter): FilterNeeds {
  const needs = { pins: false, agentIds: [] as string[] }
  const walk = (condition: SessionFilter) => {
    for (const [{ test }, value] of narrowingMembers(condition))
      needs.pins ||= test?.(value, noContext).some(({ of }) => of === 'pins') ?? false
    needs.agentIds.push(...(condition.agentIds ?? []))
    const { and, or, not } = condition
    for (const one of [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])]) walk(one)
  }
  walk(withDefaults(filter))
  return needs
}

const noContext: TestContext = { userId: null, agentNames: () => [] }

const everyMember = Object.entries(filterMembers) as [keyof SessionFilter, FilterMember<unknown>][]

/** The members that narrow, with their values. */
function narrowingMembers(condition: SessionFilter): [FilterMember<unknown>, unknown][] {
  const narrowing: [FilterMember<unknown>, unknown][] = []
  for (const [name, member] of everyMember) {
    const value: unknown = condition[name] ?? null
    if (value !== null && member.isIdle?.(value) !== true) narrowing.push([member, value])
  }
  return narrowing
}
