import { route, sessionOf } from '../declare.js'
import { PinSessionDocument, UnpinSessionDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { SessionResponse, toSession } from '../shapes.js'

export const pinSession = route({
  operationId: 'pin_session',
  method: 'post',
  path: '/sessions/{session_id}/pin',
  summary: 'Pin a session',
  description:
    'Marks a session as the caller’s own pick; others do not see it, and repeating keeps the time.',
  tag: 'sessions',
  permission: 'SESSION_PIN',
  answer: {
    description: 'The session, pinned.',
    schema: SessionResponse,
    example: { ...sessionExample, pinned_at: '2026-02-01T08:00:00.000000Z' },
  },
  document: PinSessionDocument,
  variables: ({ path }) => ({ input: sessionOf(path) }),
  reply: ({ pinSession: { session } }) => toSession(session),
})

const unpinning = {
  summary: 'Unpin a session',
  description: 'Takes the caller’s own mark from a session; without one it changes nothing.',
  tag: 'sessions',
  permission: 'SESSION_PIN',
  answer: { description: 'The session, not pinned.', schema: SessionResponse, example: sessionExample },
  document: UnpinSessionDocument,
} as const

export const unpinSession = route({
  ...unpinning,
  operationId: 'unpin_session',
  method: 'post',
  path: '/sessions/{session_id}/unpin',
  variables: ({ path }) => ({ input: sessionOf(path) }),
  reply: ({ unpinSession: { session } }) => toSession(session),
})

export const deleteSessionPin = route({
  ...unpinning,
  operationId: 'delete_session_pin',
  method: 'delete',
  path: '/sessions/{session_id}/pin',
  variables: ({ path }) => ({ input: sessionOf(path) }),
  reply: ({ unpinSession: { session } }) => toSession(session),
})
