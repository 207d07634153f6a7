import { route, sessionOf } from '../declare.js'
import { FreezeSessionDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { SessionResponse, toSession } from '../shapes.js'

export const freezeSession = route({
  operationId: 'freeze_session',
  method: 'post',
  path: '/sessions/{session_id}/freeze',
  summary: 'Freeze a session',
  description: 'Makes a session read-only for good; repeating it keeps the first time (SES-FRZ-004).',
  tag: 'sessions',
  permission: 'SESSION_FREEZE',
  answer: {
    description: 'The session, frozen.',
    schema: SessionResponse,
    example: { ...sessionExample, frozen_at: '2026-02-01T08:00:00.000000Z', frozen_by: 'user' },
  },
  document: FreezeSessionDocument,
  variables: ({ path }) => ({ input: sessionOf(path) }),
  reply: ({ freezeSession: { session } }) => toSession(session),
})
