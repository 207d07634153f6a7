import { z } from '@hono/zod-openapi'
import { route, sessionOf } from '../declare.js'
import { UpdateSessionDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { labels } from '../labels.js'
import { BODY_LIMIT_BYTES } from '../limits.js'
import { choice, integer, orNull, text } from '../scalars.js'
import { SessionResponse, toSession, upper } from '../shapes.js'

const SessionUpdateRequest = z
  .object({
    title: orNull(text(255)).openapi({ description: 'Null clears it.' }),
    agent: orNull(text(255)).openapi({ description: 'Null clears it.' }),
    model: orNull(text(255)).openapi({ description: 'Null clears it.' }),
    labels: labels
      .nullish()
      .openapi({ description: 'Replaces all labels but the reserved ones (SES-LBL-042).' }),
    message_count: orNull(integer()),
    visibility: orNull(choice(['private', 'workspace'])).openapi({
      description: 'Only from private to workspace (SES-ACL-005).',
    }),
  })
  .openapi('SessionUpdateRequest', { description: 'What changes; absent members stay.' })

export const updateSession = route({
  operationId: 'update_session',
  method: 'patch',
  path: '/sessions/{session_id}',
  summary: 'Update a session',
  description: 'Changes the caller’s own session, as a whole or not at all; `visibility` shares it.',
  tag: 'sessions',
  permission: 'SESSION_UPDATE',
  body: {
    schema: SessionUpdateRequest,
    description: 'What changes.',
    limitBytes: BODY_LIMIT_BYTES,
    example: { title: 'Fix login', visibility: 'workspace' },
  },
  answer: { description: 'The session as stored now.', schema: SessionResponse, example: sessionExample },
  document: UpdateSessionDocument,
  variables: ({ path, body: { message_count, visibility, ...rest } }) => ({
    input: {
      ...sessionOf(path),
      ...rest,
      messageCount: message_count,
      visibility: visibility && upper(visibility),
    },
  }),
  reply: ({ updateSession: { session } }) => toSession(session),
})
