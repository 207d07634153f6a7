import { z } from '@hono/zod-openapi'
import { route, workspaceOf } from '../declare.js'
import {
  CreateGroupDocument,
  ListGroupedSessionsDocument,
  ListGroupsDocument,
  ReadGroupDocument,
  UpdateGroupDocument,
} from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { filterParameters, toFilter } from '../filters.js'
import { groupExample, groupKinds, groupStatuses, SessionGroupSummary, toGroup } from '../group-shapes.js'
import { BODY_LIMIT_BYTES } from '../limits.js'
import { metadata } from '../metadata.js'
import { pageExample, pageParameters, pageShape, toPage } from '../pages.js'
import { choice, orNull, text, uuid } from '../scalars.js'
import { count, SessionResponse, shapeOrNull, toSession, upper } from '../shapes.js'

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

const SessionGroupDetailResponse = z
  .object({
    group: SessionGroupSummary,
    sessions: z.array(SessionResponse).openapi({ description: 'Newest update first, up to 500.' }),
  })
  .openapi('SessionGroupDetailResponse', { description: 'A group with the sessions that the caller sees.' })

export const getGroup = route({
  operationId: 'get_session_group',
  method: 'get',
  path: '/sessions/groups/{group_id}',
  summary: 'Get a group',
  description: 'A group that the caller created or sees a session of.',
  tag: 'groups',
  permission: 'SESSION_READ',
  query: z.object({
    archived: filterParameters.archived,
    include_workload_sessions: filterParameters.include_workload_sessions,
  }),
  answer: {
    description: 'The group.',
    schema: SessionGroupDetailResponse,
    example: { group: groupExample, sessions: [sessionExample] },
  },
  document: ReadGroupDocument,
  variables: ({ path, query }) => ({
    ...workspaceOf(path),
    id: path.group_id,
    archived: upper(query.archived),
    includeWorkload: query.include_workload_sessions,
  }),
  reply: ({ workspace: { sessionGroup } }) => {
    const { sessions, ...group } = sessionGroup
    return { group: toGroup(group), sessions: sessions.map(toSession) }
  },
})

const SessionGroupCreateRequest = z
  .object({
    kind: choice(groupKinds),
    project_id: uuid().openapi({ description: 'A project of this workspace.' }),
    title: orNull(text(255)),
    worker: orNull(text(255)),
    capability: orNull(text(255)),
    capability_version: orNull(text(255)),
    runtime_id: orNull(uuid()),
    evaluation_id: orNull(uuid()),
    evaluation_item_id: orNull(uuid()),
    evaluation_item_attempt_id: orNull(uuid()),
    metadata: metadata.optional().openapi({ default: {} }),
    status: orNull(choice(groupStatuses)).openapi({ description: '`running` when absent or null.' }),
  })
  .openapi('SessionGroupCreateRequest', { description: 'A group to create.' })

export const createGroup = route({
  operationId: 'create_session_group',
  method: 'post',
  path: '/sessions/groups',
  summary: 'Create a group',
  description: 'Creates a group in a project, to save sessions into.',
  tag: 'groups',
  permission: 'GROUP_CREATE',
  body: {
    schema: SessionGroupCreateRequest,
    description: 'The group.',
    limitBytes: BODY_LIMIT_BYTES,
    example: { kind: 'workflow', project_id: groupExample.project_id, title: 'Nightly audit' },
  },
  answer: {
    description: 'The group, new.',
    schema: SessionGroupSummary,
    example: { ...groupExample, active_session_count: 0, session_count: 0, last_message_at: null },
  },
  document: CreateGroupDocument,
  variables: ({ path, body }) => ({
    input: {
      ...workspaceOf(path),
      kind: upper(body.kind),
      projectId: body.project_id,
      title: body.title,
      worker: body.worker,
      capability: body.capability,
      capabilityVersion: body.capability_version,
      runtimeId: body.runtime_id,
      evaluationId: body.evaluation_id,
      evaluationItemId: body.evaluation_item_id,
      evaluationItemAttemptId: body.evaluation_item_attempt_id,
      metadata: body.metadata,
      status: body.status && upper(body.status),
    },
  }),
  reply: ({ createSessionGroup: { group } }) => toGroup(group),
})

const SessionGroupUpdateRequest = z
  .object({
    title: orNull(text(255)).openapi({ description: 'Null clears it.' }),
    status: orNull(choice(groupStatuses)).openapi({ description: 'Null leaves it.' }),
  })
  .openapi('SessionGroupUpdateRequest', { description: 'What changes; absent members stay.' })

export const updateGroup = route({
  operationId: 'update_session_group',
  method: 'patch',
  path: '/sessions/groups/{group_id}',
  summary: 'Update a group',
  description: 'Changes a group that the caller created, or any visible one for an ADMIN.',
  tag: 'groups',
  permission: 'GROUP_UPDATE',
  body: {
    schema: SessionGroupUpdateRequest,
    description: 'What changes.',
    limitBytes: BODY_LIMIT_BYTES,
    example: { status: 'completed' },
  },
  answer: {
    description: 'The group as stored now.',
    schema: SessionGroupSummary,
    example: { ...groupExample, status: 'completed', completed_at: '2026-01-31T10:00:00.000000Z' },
  },
  document: UpdateGroupDocument,
  variables: ({ path, body: { title, status } }) => ({
    input: { ...workspaceOf(path), id: path.group_id, title, status: status && upper(status) },
  }),
  reply: ({ updateSessionGroup: { group } }) => toGroup(group),
})
