import { z } from '@hono/zod-openapi'
import { route } from '../declare.js'
import {
  AnnotateOrganizationSessionDocument,
  CancelTurnDocument,
  DeleteOrganizationSessionDocument,
  ReadOrganizationSessionDocument,
} from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { BODY_LIMIT_BYTES, MAX_TITLE } from '../limits.js'
import type { Mount } from '../mounts.js'
import { givenTags } from '../tags.js'
import { text } from '../texts.js'

/** One session (contract 5.3). */
export function getSession(mount: Mount) {
  return route(mount)({
    operationId: mount.operationId('getSession'),
    method: 'get',
    path: '/sessions/{id}',
    summary: 'Get a session',
    description: 'One visible session, archived or not, without previews.',
    tag: mount.tag,
    answer: {
      description: 'The session.',
      schema: mount.Session,
      example: { ...sessionExample, ...mount.example },
    },
    document: ReadOrganizationSessionDocument,
    variables: ({ path }) => ({ id: path.id }),
    reply: ({ viewer }) => mount.toSession(viewer.organization.session),
  })
}

const UpdateSession = z
  .object({
    title: text('title', MAX_TITLE).nullish().openapi({ description: 'Null leaves it.' }),
    tags: givenTags
      .nullish()
      .openapi({ type: ['array', 'null'], description: 'Replaces all tags; null leaves them.' }),
  })
  .openapi('UpdateSessionRequest', { description: 'What changes; other members are ignored.' })

/** Title and tags are set (contract 5.4). */
export function updateSession(mount: Mount) {
  return route(mount)({
    operationId: mount.operationId('updateSession'),
    method: 'patch',
    path: '/sessions/{id}',
    summary: 'Update a session',
    description:
      'Sets title and tags of a visible session, frozen and archived ones too; moves `updated_at`.',
    tag: mount.tag,
    body: {
      schema: UpdateSession,
      description: 'What changes.',
      limitBytes: BODY_LIMIT_BYTES,
      example: { title: 'Fix login', tags: ['alpha', 'env:prod'] },
    },
    answer: {
      description: 'The session as stored now, without previews.',
      schema: mount.Session,
      example: { ...sessionExample, ...mount.example },
    },
    document: AnnotateOrganizationSessionDocument,
    variables: ({ path, body: { title, tags } }) => ({ input: { id: path.id, title, labels: tags } }),
    reply: ({ annotateSession: { session } }) => mount.toSession(session),
  })
}

/** A session goes for good, with its messages and pins (contract 5.5). */
export function deleteSession(mount: Mount) {
  return route(mount)({
    operationId: mount.operationId('deleteSession'),
    method: 'delete',
    path: '/sessions/{id}',
    summary: 'Delete a session',
    description:
      'Removes a session with its messages and pins for good, by its owner or an admin; one that an evaluation refers to stays.',
    tag: mount.tag,
    answer: { status: 204, description: 'The session is gone.' },
    document: DeleteOrganizationSessionDocument,
    variables: ({ path }) => ({ input: { id: path.id } }),
    reply: () => {},
  })
}

const CancelResult = z
  .object({ status: z.enum(['cancelled', 'no_op']), message: z.string() })
  .openapi('CancelResult', { description: 'Whether a turn was running.' })

const cancelled = { status: 'cancelled' as const, message: 'Turn cancelled successfully' }
const nothing = { status: 'no_op' as const, message: 'No turn currently running' }

/** The turn that runs is asked to stop (contract 5.6). */
export function cancelTurn(mount: Mount) {
  return route(mount)({
    operationId: mount.operationId('cancelTurn'),
    method: 'post',
    path: '/sessions/{id}/cancel',
    summary: 'Cancel the turn of a session',
    description:
      'Asks the turn that runs to stop; does nothing without one, or to a frozen or archived session.',
    tag: mount.tag,
    answer: { description: 'What was done.', schema: CancelResult, example: cancelled },
    document: CancelTurnDocument,
    variables: ({ path }) => ({ input: { id: path.id } }),
    reply: ({ cancelTurn }) => (cancelTurn.cancelled ? cancelled : nothing),
  })
}
