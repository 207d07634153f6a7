import { route, sessionOf } from '../declare.js'
import {
  ArchiveSessionDocument,
  DeleteSessionDocument,
  FreezeSessionDocument,
  PinSessionDocument,
  ReadSessionDocument,
  UnarchiveSessionDocument,
  UnpinSessionDocument,
} from '../documents.generated.js'
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

const archivedExample = { ...sessionExample, archived_at: '2026-02-01T08:00:00.000000Z' }

export const archiveSession = route({
  operationId: 'archive_session',
  method: 'post',
  path: '/sessions/{session_id}/archive',
  summary: 'Archive a session',
  description: 'Takes a session out of the default lists; repeating it keeps the first time (SES-ARC-002).',
  tag: 'sessions',
  permission: 'SESSION_ARCHIVE',
  answer: { description: 'The session, archived.', schema: SessionResponse, example: archivedExample },
  document: ArchiveSessionDocument,
  variables: ({ path }) => ({ input: sessionOf(path) }),
  reply: ({ archiveSession: { session } }) => toSession(session),
})

export const unarchiveSession = route({
  operationId: 'unarchive_session',
  method: 'post',
  path: '/sessions/{session_id}/unarchive',
  summary: 'Unarchive a session',
  description: 'Brings a session back from the archive (SES-ARC-002).',
  tag: 'sessions',
  permission: 'SESSION_ARCHIVE',
  answer: { description: 'The session, active.', schema: SessionResponse, example: sessionExample },
  document: UnarchiveSessionDocument,
  variables: ({ path }) => ({ input: sessionOf(path) }),
  reply: ({ unarchiveSession: { session } }) => toSession(session),
})

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
