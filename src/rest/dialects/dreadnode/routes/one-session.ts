import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { route, sessionOf } from '../declare.js'
import {
  ArchiveSessionDocument,
  DeleteSessionDocument,
  FreezeSessionDocument,
  type Permission,
  PinSessionDocument,
  ReadSessionDocument,
  type SessionFieldsFragment,
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

interface Act {
  summary: string
  description: string
  permission: Permission
  document: TypedDocumentNode<
    { acted: { session: SessionFieldsFragment } },
    { input: ReturnType<typeof sessionOf> }
  >
  /** What the session is then. */
  answer: string
  /** What tells it from the usual example. */
  example?: Partial<typeof sessionExample>
}

/** Declares a call that does one thing to a session and gives it as it is then. */
const actRoute = (
  operationId: string,
  verb: string,
  { answer, example, ...act }: Act,
  method: 'post' | 'delete' = 'post',
) =>
  route({
    ...act,
    operationId,
    method,
    path: `/sessions/{session_id}/${verb}`,
    tag: 'sessions',
    answer: {
      description: `The session, ${answer}.`,
      schema: SessionResponse,
      example: { ...sessionExample, ...example },
    },
    variables: ({ path }) => ({ input: sessionOf(path) }),
    reply: ({ acted: { session } }) => toSession(session),
  })

const moment = '2026-02-01T08:00:00.000000Z'

export const archiveSession = actRoute('archive_session', 'archive', {
  summary: 'Archive a session',
  description: 'Takes a session out of the default lists; repeating it keeps the first time (SES-ARC-002).',
  permission: 'SESSION_ARCHIVE',
  document: ArchiveSessionDocument,
  answer: 'archived',
  example: { archived_at: moment },
})

export const unarchiveSession = actRoute('unarchive_session', 'unarchive', {
  summary: 'Unarchive a session',
  description: 'Brings a session back from the archive (SES-ARC-002).',
  permission: 'SESSION_ARCHIVE',
  document: UnarchiveSessionDocument,
  answer: 'active',
})

export const freezeSession = actRoute('freeze_session', 'freeze', {
  summary: 'Freeze a session',
  description: 'Makes a session read-only for good; repeating it keeps the first time (SES-FRZ-004).',
  permission: 'SESSION_FREEZE',
  document: FreezeSessionDocument,
  answer: 'frozen',
  example: { frozen_at: moment, frozen_by: 'user' },
})

export const pinSession = actRoute('pin_session', 'pin', {
  summary: 'Pin a session',
  description:
    'Marks a session as the caller’s own pick; others do not see it, and repeating keeps the time.',
  permission: 'SESSION_PIN',
  document: PinSessionDocument,
  answer: 'pinned',
  example: { pinned_at: moment },
})

const unpinning: Act = {
  summary: 'Unpin a session',
  description: 'Takes the caller’s own mark from a session; without one it changes nothing.',
  permission: 'SESSION_PIN',
  document: UnpinSessionDocument,
  answer: 'not pinned',
}

export const unpinSession = actRoute('unpin_session', 'unpin', unpinning)
export const deleteSessionPin = actRoute('delete_session_pin', 'pin', unpinning, 'delete')
