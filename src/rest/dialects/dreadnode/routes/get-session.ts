import { route, sessionOf } from '../declare.js'
import { ReadSessionDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { SessionResponse, toSession } from '../shapes.js'

export const getSession = route({
  operationId: 'get_session',
  method: 'get',
  path: '/sessions/{session_id}',
  summary: 'Get a session',
  description: 'One visible session, by its uuid or a unique prefix of it.',
  tag: 'sessions',
  permission: 'SESSION_READ',
  answer: { description: 'The session.', schema: SessionResponse, example: sessionExample },
  document: ReadSessionDocument,
  variables: ({ path }) => sessionOf(path),
  reply: ({ workspace: { session } }) => toSession(session),
})
