import { all, raw, SessionOrigin, type SessionVisibility, type Sql, sql } from '../../db/prisma.js'
import { greatestUnits, leastUnits, toDecimal } from '../../rules/number-bounds.js'
import { columnOf } from './fields.js'
import { labelCondition } from './label-condition.js'
import { NO_AGENT_ID } from './public-id.js'
import type { NumberColumn, RowTest, TestContext } from './row-test.js'
import {
  type SearchFieldName,
  searchCondition,
  type TextTest,
  textTest,
  titleCondition,
  titleTests,
} from './search.js'
import type { SourceColumn } from './source.js'

/** Which sessions a question is about: those of these workspaces that the user may see. */
export interface SessionScope {
  organizationId: string
  workspaceIds: readonly string[]
  /** Sees private sessions of its own; null owns none. */
  userId: string | null
}

/** Both ends included; an absent end is open. */
export interface NumberRange {
  min?: number | null
  max?: number | null
}

/** From the first moment up to, and without, the second; an absent end is open. */
export interface TimeRange {
  from?: Date | null
  to?: Date | null
}

/**
 * What a session may be asked for. Different members combine with AND, the values of one with OR;
 * an absent member does not narrow, an empty list of values matches nothing.
 */
export interface ConditionMembers {
  owners?: readonly string[] | null
  /** Owned by the viewer, or not. */
  mine?: boolean | null
  projects?: readonly string[] | null
  agents?: readonly string[] | null
  /** Public ids of agents (contract everruns, 6.2). */
  agentIds?: readonly string[] | null
  models?: readonly string[] | null
  origins?: readonly SessionOrigin[] | null
  visibility?: SessionVisibility | null
  /** Shared with the workspace, or private. */
  shared?: boolean | null
  frozen?: boolean | null
  /** Pinned by the viewer, or not. */
  pinned?: boolean | null
  /** Entries combine with AND. */
  labels?: readonly { key: string; values: readonly string[] }[] | null
  messageCount?: NumberRange | null
  /** Of all four buckets, over the whole transcript. */
  tokens?: NumberRange | null
  /** An unknown cost is in no range that has an end. */
  costUsd?: NumberRange | null
  /** Models that answered in the transcript, whatever model the session names. */
  answeringModels?: readonly string[] | null
  /** Tools that were called. */
  toolNames?: readonly string[] | null
  failedCallCount?: NumberRange | null
  /** From the first message to the last; a transcript of less than two is in no range that has an end. */
  durationMs?: NumberRange | null
  createdBetween?: TimeRange | null
  /** Its time from creation to the newest message overlaps. */
  activeBetween?: TimeRange | null
  /** Of the newest message, or of creation while there is none. */
  lastActivity?: TimeRange | null
}

/** Members together with nested conditions; all of it combines with AND. */
export interface SessionCondition extends ConditionMembers {
  /** Every one holds. */
  and?: readonly SessionCondition[] | null
  /** At least one holds. */
  or?: readonly SessionCondition[] | null
  /** Does not hold; a session without a value does not hold a condition on it. */
  not?: SessionCondition | null
}

export const archivedStates = ['ACTIVE', 'ARCHIVED', 'ANY'] as const
export type ArchivedState = (typeof archivedStates)[number]

/** Members that stand at the top only. */
export interface ListMembers {
  /** `ACTIVE` unless said otherwise. */
  archived?: ArchivedState | null
  /** Sessions of workload origins are left out unless this is true (SES-LST-009). */
  includeWorkload?: boolean | null
  /** One text, in any case; outer white space does not count, and an empty text does not narrow. */
  search?: string | null
  /** Where to search; everywhere unless said otherwise. */
  searchIn?: readonly SearchFieldName[] | null
  /** Texts that must all be in the title, in any case and order. */
  titleWords?: readonly string[] | null
}

/** Narrows the sessions of a scope. */
export interface SessionFilter extends SessionCondition, ListMembers {}

/** What a condition is compiled for. */
export interface ConditionContext {
  scope: SessionScope
  columns: Record<SourceColumn, Sql>
  searchIn: SessionFilter['searchIn']
}

/** What one member of a filter asks of a row. */
export interface FilterMember<Value> {
  /** Whether it does not narrow with this value. */
  isIdle?: (value: Value) => boolean
  condition: (value: Value, context: ConditionContext) => Sql
  /** The same for columns in memory; null for a search, which is in `texts` then. */
  test: ((value: Value, context: TestContext) => readonly RowTest[]) | null
  texts?: (value: Value, context: Pick<SessionFilter, 'searchIn'>) => readonly TextTest[]
}

type Members = ConditionMembers & Omit<ListMembers, 'searchIn'>

/** Origins that lists leave out by default (contract 2.10). */
const workloadOrigins: readonly SessionOrigin[] = ['eval', 'optimization', 'training', 'world']

const everydayOrigins = Object.values(SessionOrigin).filter((origin) => !workloadOrigins.includes(origin))

/** The others: as literals, which the planner knows how often there are, and by equality, which an index finds. */
const everydayLiterals = raw(everydayOrigins.map((origin) => `'${origin}'`).join(', '))

/** No count is as large. */
const MAX_BIGINT = 2n ** 63n - 1n
/** Of `numeric(38,12)`. */
const COST_PLACES = 12

const costMember: FilterMember<NumberRange> = {
  isIdle: ({ min, max }) => isOpen(min) && isOpen(max),
  condition: ({ min, max }) => {
    const bound = (units: bigint) => sql`${toDecimal(units, COST_PLACES)}::numeric`
    return all([
      ...(isOpen(min) ? [] : [sql`${columnOf('totalCostUsd')} >= ${bound(leastUnits(min, COST_PLACES))}`]),
      ...(isOpen(max) ? [] : [sql`${columnOf('totalCostUsd')} <= ${bound(greatestUnits(max, COST_PLACES))}`]),
    ])
  },
  test: ({ min, max }) => [
    {
      of: 'cost',
      min: isOpen(min) ? undefined : leastUnits(min, COST_PLACES),
      max: isOpen(max) ? undefined : greatestUnits(max, COST_PLACES),
    },
  ],
}

const moments = {
  createdAt: columnOf('createdAt'),
  lastActivityAt: sql`coalesce(${columnOf('lastMessageAt')}, ${columnOf('createdAt')})`,
}

/** Every member of a filter is declared here and nowhere else. */
export const filterMembers: { [Name in keyof Members]-?: FilterMember<NonNullable<Members[Name]>> } = {
  archived: {
    isIdle: (state) => state === 'ANY',
    condition: (state, { columns }) =>
      state === 'ACTIVE' ? sql`not ${columns.archived}` : sql`${columns.archived}`,
    test: (state) => [{ of: 'state', archived: state === 'ARCHIVED' }],
  },
  includeWorkload: {
    isIdle: (included) => included,
    condition: (_included, { columns }) => sql`${columns.origin} in (${everydayLiterals})`,
    test: () => [{ of: 'state', origins: everydayOrigins }],
  },
  owners: {
    condition: (ids, { columns }) => sql`${columns.ownerId} = any(${[...ids]}::uuid[])`,
    test: (values) => [{ of: 'owners', values }],
  },
  mine: {
    condition: (mine, { scope, columns }) =>
      mine
        ? sql`${columns.ownerId} = ${scope.userId}::uuid`
        : sql`${columns.ownerId} is distinct from ${scope.userId}::uuid`,
    test: (mine, { userId }) => [{ of: 'owners', values: userId === null ? [] : [userId], isNot: !mine }],
  },
  projects: {
    condition: (ids, { columns }) => sql`${columns.projectId} = any(${[...ids]}::uuid[])`,
    test: (values) => [{ of: 'projects', values }],
  },
  agents: {
    condition: (names, { columns }) => sql`${columns.agent} = any(${[...names]}::text[])`,
    test: (values) => [{ of: 'agents', values }],
  },
  agentIds: {
    condition: (ids, { scope, columns: { agent } }) => {
      const named = sql`${agent} in (select n.name from public_names n
        where n.organization_id = ${scope.organizationId}::uuid and n.kind = 'agent' and n.public_id = any(${[...ids]}::text[]))`
      return ids.includes(NO_AGENT_ID) ? sql`(${agent} is null or ${agent} = '' or ${named})` : named
    },
    test: (ids, { agentNames }) => {
      const orNone = ids.includes(NO_AGENT_ID)
      return [{ of: 'agents', values: [...agentNames(ids), ...(orNone ? [''] : [])], orNone }]
    },
  },
  models: {
    condition: (names, { columns }) => sql`${columns.model} = any(${[...names]}::text[])`,
    test: (values) => [{ of: 'models', values }],
  },
  origins: {
    condition: (origins, { columns }) =>
      sql`${columns.origin} = any(${[...origins]}::text[]::session_origin[])`,
    test: (names) => [{ of: 'state', origins: names }],
  },
  visibility: {
    condition: (visibility, { columns }) => sql`${columns.visibility} = ${visibility}::session_visibility`,
    test: (visibility) => [{ of: 'state', visibility }],
  },
  shared: {
    condition: (shared, { columns }) =>
      sql`${columns.visibility} = ${shared ? 'workspace' : 'private'}::session_visibility`,
    test: (shared) => [{ of: 'state', visibility: shared ? 'workspace' : 'private' }],
  },
  frozen: {
    condition: (frozen, { columns }) => (frozen ? sql`${columns.frozen}` : sql`not ${columns.frozen}`),
    test: (frozen) => [{ of: 'state', frozen }],
  },
  pinned: {
    condition: (pinned, { scope }) => {
      const own = sql`exists (select 1 from pins p where p.organization_id = s.organization_id
        and p.session_id = s.id and p.user_id = ${scope.userId}::uuid)`
      return pinned ? own : sql`not ${own}`
    },
    test: (pinned) => [{ of: 'pins', pinned }],
  },
  labels: {
    isIdle: (entries) => entries.length === 0,
    condition: (entries) => labelCondition(entries),
    test: (entries) =>
      entries.map(({ key, values }) => ({ of: 'labels', values: values.map((value) => `${key}:${value}`) })),
  },
  messageCount: countMember(columnOf('messageCount'), 'messageCount'),
  tokens: countMember(columnOf('totalTokens'), 'tokens'),
  costUsd: costMember,
  answeringModels: namesMember(columnOf('answeringModels'), 'answeringModels'),
  toolNames: namesMember(columnOf('toolNames'), 'toolNames'),
  failedCallCount: countMember(columnOf('failedCallCount'), 'failedCalls'),
  durationMs: numberMember(columnOf('durationMs'), 'duration'),
  createdBetween: timeMember({ start: 'createdAt', end: 'createdAt' }),
  activeBetween: timeMember({ start: 'createdAt', end: 'lastActivityAt' }),
  lastActivity: timeMember({ start: 'lastActivityAt', end: 'lastActivityAt' }),
  search: {
    isIdle: (text) => text.trim() === '',
    condition: (text, { searchIn }) => searchCondition({ text: text.trim(), fields: searchIn }),
    test: null,
    texts: (text, { searchIn }) => [textTest({ text: text.trim(), fields: searchIn })],
  },
  titleWords: {
    isIdle: (words) => words.length === 0,
    condition: titleCondition,
    test: null,
    texts: titleTests,
  },
}

/** A column of counts, which every session has. */
function countMember(column: Sql, of: NumberColumn): FilterMember<NumberRange> {
  return { ...numberMember(column, of), isIdle: ({ min, max }) => (min ?? 0) <= 0 && isOpen(max) }
}

/** A column of whole numbers; compared as the API shows it, but as it is, so that its index serves. */
function numberMember(column: Sql, of: NumberColumn): FilterMember<NumberRange> {
  const bound = (units: bigint) =>
    sql`${toDecimal(units > MAX_BIGINT ? MAX_BIGINT : units < -MAX_BIGINT ? -MAX_BIGINT : units, 0)}::bigint`
  return {
    isIdle: ({ min, max }) => isOpen(min) && isOpen(max),
    condition: ({ min, max }) =>
      all([
        ...(isOpen(min) ? [] : [sql`${column} >= ${bound(leastUnits(min, 0))}`]),
        ...(isOpen(max) ? [] : [sql`${column} <= ${bound(greatestUnits(max, 0))}`]),
      ]),
    test: ({ min, max }) => [{ of, min: min ?? undefined, max: max ?? undefined }],
  }
}

/** Of a column that holds a set of names: one of them is among those asked for. */
function namesMember(column: Sql, of: 'answeringModels' | 'toolNames'): FilterMember<readonly string[]> {
  return {
    condition: (names) => sql`${column} && ${[...names]}::text[]`,
    test: (values) => [{ of, values }],
  }
}

/** Whether the time from `start` to `end`, both included, overlaps the range. */
function timeMember(stretch: Record<'start' | 'end', keyof typeof moments>): FilterMember<TimeRange> {
  return {
    isIdle: ({ from, to }) => isOpen(from) && isOpen(to),
    condition: ({ from, to }) =>
      all([
        ...(isOpen(from) ? [] : [sql`${moments[stretch.end]} >= ${from.toISOString()}::timestamptz`]),
        ...(isOpen(to) ? [] : [sql`${moments[stretch.start]} < ${to.toISOString()}::timestamptz`]),
      ]),
    test: ({ from, to }) => [{ of: 'time', ...stretch, from: from?.getTime(), to: to?.getTime() }],
  }
}

function isOpen(end: unknown): end is null | undefined {
  return end === null || end === undefined
}
