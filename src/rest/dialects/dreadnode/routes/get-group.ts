import { z } from '@hono/zod-openapi'
import { route, workspaceOf } from '../declare.js'
import { ReadGroupDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { filterParameters } from '../filters.js'
import { groupExample, SessionGroupSummary, toGroup } from '../group-shapes.js'
import { SessionResponse, toSession, upper } from '../shapes.js'

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
  reply: ({ workspace: { sessionGroup } }) => ({
    group: toGroup(sessionGroup),
    sessions: sessionGroup.sessions.map(toSession),
  }),
})
