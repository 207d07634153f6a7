import { z } from '@hono/zod-openapi'
import { route, workspaceOf } from '../declare.js'
import { ListSessionsDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { filterParameters, toFilter } from '../filters.js'
import { pageExample, pageParameters, pageShape, toPage } from '../pages.js'
import { choice, withDefault } from '../scalars.js'
import { SessionResponse, toSession, upper } from '../shapes.js'

const SessionListResponse = z
  .object({
    sessions: z.array(SessionResponse),
    ...pageShape,
  })
  .openapi('SessionListResponse', { description: 'A page of sessions.' })

const sortKeys = ['updated_at', 'last_message_at', 'created_at', 'message_count'] as const

export const listSessions = route({
  operationId: 'list_sessions',
  method: 'get',
  path: '/sessions',
  summary: 'List sessions',
  description: 'The visible sessions of the workspace that pass every filter, a page at a time.',
  tag: 'sessions',
  permission: 'SESSION_READ',
  query: z.object({
    ...filterParameters,
    sort_by: withDefault(choice(sortKeys), 'updated_at').openapi({
      description: 'What to order by; ties by id.',
    }),
    sort_dir: withDefault(choice(['asc', 'desc']), 'desc').openapi({
      description: 'Nulls come last in both.',
    }),
    ...pageParameters('Sessions'),
  }),
  answer: {
    description: 'The page; past the end it is empty.',
    schema: SessionListResponse,
    example: { sessions: [sessionExample], ...pageExample },
  },
  document: ListSessionsDocument,
  variables: ({ path, query }) => ({
    ...workspaceOf(path),
    filter: toFilter(query),
    orderBy: { field: upper(query.sort_by), direction: upper(query.sort_dir) },
    page: query.page,
    limit: query.limit,
  }),
  reply: ({ workspace: { sessionPage } }) => ({
    sessions: sessionPage.nodes.map(toSession),
    ...toPage(sessionPage),
  }),
})
