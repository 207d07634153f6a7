import { route, sessionOf } from '../declare.js'
import { ArchiveSessionDocument, UnarchiveSessionDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { SessionResponse, toSession } from '../shapes.js'

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
