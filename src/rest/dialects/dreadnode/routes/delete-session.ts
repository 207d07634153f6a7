import { route, sessionOf } from '../declare.js'
import { DeleteSessionDocument } from '../documents.generated.js'

export const deleteSession = route({
  operationId: 'delete_session',
  method: 'delete',
  path: '/sessions/{session_id}',
  summary: 'Delete a session',
  description:
    'Removes a session with its transcript and pins for good; one that an evaluation refers to stays.',
  tag: 'sessions',
  permission: 'SESSION_DELETE',
  answer: { status: 204, description: 'The session is gone.' },
  document: DeleteSessionDocument,
  variables: ({ path }) => ({ input: sessionOf(path) }),
  reply: () => {},
})
