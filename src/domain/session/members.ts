import { all, raw, SessionOrigin, type Sql, sql } from '../../db/sql.js'
import { nobody } from '../viewer.js'
import { annotationCondition } from './annotation-condition.js'
import { columnOf } from './fields.js'
import type { ConditionMembers, ListMembers } from './filter-shape.js'
import { costMember, type FilterMember, fieldMembers, overlapCondition, timeMember } from './member-kinds.js'
import { NO_AGENT_ID } from './public-id.js'
import { searchCondition, textTest, titleCondition, titleTests } from './search.js'
import { isArchived, isFrozen } from './select-list.js'

type Members = ConditionMembers & Omit<ListMembers, 'searchIn'>

/** Origins that lists leave out by default (contract 2.10). */
const workloadOrigins: readonly SessionOrigin[] = ['eval', 'optimization', 'training', 'world']

const everydayOrigins = Object.values(SessionOrigin).filter((origin) => !workloadOrigins.includes(origin))

/** The others: as literals, which the planner knows how often there are, and by equality, which an index finds. */
const everydayLiterals = raw(everydayOrigins.map((origin) => `'${origin}'`).join(', '))

/** Every member of a filter: those that rows of `fields.ts` name, and those with a rule of their own. */
export const filterMembers: { [Name in keyof Members]-?: FilterMember<NonNullable<Members[Name]>> } = {
  archived: {
    isIdle: (state) => state === 'ANY',
    condition: (state) => (state === 'ACTIVE' ? sql`not ${isArchived}` : isArchived),
    test: (state) => [{ of: 'state', archived: state === 'ARCHIVED' }],
  },
  includeWorkload: {
    isIdle: (included) => included,
    condition: () => sql`${columnOf('origin')} in (${everydayLiterals})`,
    test: () => [{ of: 'state', origins: everydayOrigins }],
  },
  ...fieldMembers,
  mine: {
    condition: (mine, { scope }) =>
      mine
        ? sql`${columnOf('ownerId')} = ${scope.userId ?? nobody}::uuid`
        : sql`${columnOf('ownerId')} is distinct from ${scope.userId}::uuid`,
    test: (mine, { userId }) => [
      { of: 'code', field: 'ownerId', values: userId === null ? [] : [userId], isNot: !mine },
    ],
  },
  agentIds: {
    condition: (ids, { scope }) => {
      const agent = columnOf('agent')
      const named = sql`${agent} in (select n.name from public_names n
        where n.organization_id = ${scope.organizationId}::uuid and n.kind = 'agent' and n.public_id = any(${[...ids]}::text[]))`
      return ids.includes(NO_AGENT_ID) ? sql`(${agent} is null or ${agent} = '' or ${named})` : named
    },
    test: (ids, { agentNames }) => {
      const orNone = ids.includes(NO_AGENT_ID)
      return [{ of: 'code', field: 'agent', values: [...agentNames(ids), ...(orNone ? [''] : [])], orNone }]
    },
  },
  origins: {
    condition: (origins) => sql`${columnOf('origin')} = any(${[...origins]}::text[]::session_origin[])`,
    test: (names) => [{ of: 'state', origins: names }],
  },
  visibility: {
    condition: (visibility) => sql`${columnOf('visibility')} = ${visibility}::session_visibility`,
    test: (visibility) => [{ of: 'state', visibility }],
  },
  shared: {
    condition: (shared) =>
      sql`${columnOf('visibility')} = ${shared ? 'workspace' : 'private'}::session_visibility`,
    test: (shared) => [{ of: 'state', visibility: shared ? 'workspace' : 'private' }],
  },
  frozen: {
    condition: (frozen) => (frozen ? isFrozen : sql`not ${isFrozen}`),
    test: (frozen) => [{ of: 'state', frozen }],
  },
  pinned: {
    condition: (pinned, { scope }) => {
      const own = sql`exists (select 1 from pins p where p.organization_id = s.organization_id
        and p.session_id = s.id and p.user_id = ${scope.userId ?? nobody}::uuid)`
      return pinned ? own : sql`not ${own}`
    },
    test: (pinned) => [{ of: 'pins', pinned }],
  },
  labels: {
    isIdle: (entries) => entries.length === 0,
    condition: (entries) => labelCondition(entries),
    test: (entries) =>
      entries.map(({ key, values }) => ({
        of: 'list',
        field: 'labels',
        values: values.map((value) => `${key}:${value}`),
      })),
  },
  annotations: {
    isIdle: (entries) => entries.length === 0,
    condition: (entries) => all(entries.map(annotationCondition)),
    test: (entries) => entries.map((asked) => ({ of: 'annotation', asked })),
  },
  annotated: {
    condition: (some) =>
      some ? sql`${columnOf('annotationFacts')} is not null` : sql`${columnOf('annotationFacts')} is null`,
    test: (some) => [{ of: 'listed', field: 'annotationFacts', some }],
  },
  costUsd: costMember,
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

/** What sessions with one of the values under the key of every entry fulfil. */
function labelCondition(entries: readonly { key: string; values: readonly string[] }[]): Sql {
  const labels = columnOf('labels')
  const wanted = entries.map(({ key, values }) => values.map((value) => `${key}:${value}`))
  // All at once: thousands of conditions take the planner longer than the scan.
  const single = wanted.flatMap((values) => (values.length === 1 ? values : []))
  return all([
    ...(single.length === 0 ? [] : [sql`${labels} @> ${[...new Set(single)]}::text[]`]),
    ...wanted.filter(({ length }) => length !== 1).map((values) => overlapCondition(labels, values)),
  ])
}
