import { raw, SessionOrigin, sql } from '../../db/prisma.js'
import { nobody } from '../viewer.js'
import { columnOf } from './fields.js'
import type { ConditionMembers, ListMembers } from './filter-shape.js'
import { labelCondition } from './label-condition.js'
import {
  costMember,
  countMember,
  type FilterMember,
  namesMember,
  numberMember,
  timeMember,
} from './member-kinds.js'
import { NO_AGENT_ID } from './public-id.js'
import { searchCondition, textTest, titleCondition, titleTests } from './search.js'

type Members = ConditionMembers & Omit<ListMembers, 'searchIn'>

/** Origins that lists leave out by default (contract 2.10). */
const workloadOrigins: readonly SessionOrigin[] = ['eval', 'optimization', 'training', 'world']

const everydayOrigins = Object.values(SessionOrigin).filter((origin) => !workloadOrigins.includes(origin))

/** The others: as literals, which the planner knows how often there are, and by equality, which an index finds. */
const everydayLiterals = raw(everydayOrigins.map((origin) => `'${origin}'`).join(', '))

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
        ? sql`${columns.ownerId} = ${scope.userId ?? nobody}::uuid`
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
        and p.session_id = s.id and p.user_id = ${scope.userId ?? nobody}::uuid)`
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
