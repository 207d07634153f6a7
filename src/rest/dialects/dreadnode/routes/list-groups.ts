import { z } from '@hono/zod-openapi'
import { route, workspaceOf } from '../declare.js'
import { ListGroupedSessionsDocument, ListGroupsDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { filterParameters, toFilter } from '../filters.js'
import { groupExample, SessionGroupSummary, toGroup } from '../group-shapes.js'
import { pageExample, pageParameters, pageShape, toPage } from '../pages.js'
import { count, SessionResponse, shapeOrNull, toSession } from '../shapes.js'

const query = z.object({ ...filterParameters, ...pageParameters('Groups') })

const SessionGroupListResponse = z
  .object({ groups: z.array(SessionGroupSummary), ...pageShape })
  .openapi('SessionGroupListResponse', { description: 'A page of groups.' })

export const listGroups = route({
  operationId: 'list_session_groups',
  method: 'get',
  path: '/sessions/groups',
  summary: 'List groups',
  description:
    'Groups with a visible session that passes every filter, and the caller’s own without a session.',
  tag: 'groups',
  permission: 'SESSION_READ',
  query,
  answer: {
    description: 'The page; past the end it is empty.',
    schema: SessionGroupListResponse,
    example: { groups: [groupExample], ...pageExample },
  },
  document: ListGroupsDocument,
  variables: ({ path, query: { page, limit, ...filter } }) => ({
    ...workspaceOf(path),
    filter: toFilter(filter),
    page,
    limit,
  }),
  reply: ({ workspace: { sessionGroups } }) => ({
    groups: sessionGroups.nodes.map(toGroup),
    ...toPage(sessionGroups),
  }),
})

const SessionGroupBucket = z
  .object({
    group: shapeOrNull(SessionGroupSummary),
    session_count: count.openapi({ description: 'Matching sessions.' }),
    sessions: z.array(SessionResponse).openapi({ description: 'The first 100 of them.' }),
  })
  .openapi('SessionGroupBucket', {
    description: 'A group with its matching sessions; null: those without one.',
  })

const GroupedSessionsResponse = z
  .object({ groups: z.array(SessionGroupBucket), ...pageShape })
  .openapi('GroupedSessionsResponse', { description: 'A page of groups with their sessions.' })

export const listGroupedSessions = route({
  operationId: 'list_grouped_sessions',
  method: 'get',
  path: '/sessions/grouped',
  summary: 'List sessions by group',
  description: 'The visible sessions that pass every filter, by group; those without a group come last.',
  tag: 'groups',
  permission: 'SESSION_READ',
  query,
  answer: {
    description: 'The page; past the end it is empty.',
    schema: GroupedSessionsResponse,
    example: {
      groups: [{ group: groupExample, session_count: 1, sessions: [sessionExample] }],
      ...pageExample,
    },
  },
  document: ListGroupedSessionsDocument,
  variables: ({ path, query: { page, limit, ...filter } }) => ({
    ...workspaceOf(path),
    filter: toFilter(filter),
    page,
    limit,
  }),
  reply: ({ workspace: { groupedSessions } }) => ({
    groups: groupedSessions.nodes.map(({ group, sessionCount, sessions }) => ({
      group: group && toGroup(group),
      session_count: sessionCount,
      sessions: sessions.map(toSession),
    })),
    ...toPage(groupedSessions),
  }),
})
