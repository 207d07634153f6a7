import { z } from '@hono/zod-openapi'
import { route } from '../declare.js'
import { AnnotateOrganizationSessionDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { BODY_LIMIT_BYTES, MAX_TITLE } from '../limits.js'
import type { Mount } from '../mounts.js'
import { givenTags } from '../tags.js'

import { text } from '../texts.js'

const UpdateSession = z
  .object({
    title: text('title', MAX_TITLE).nullish().openapi({ description: 'Null leaves it.' }),
    tags: givenTags
      .nullish()
      .openapi({ type: ['array', 'null'], description: 'Replaces all tags; null leaves them.' }),
  })
  .openapi('UpdateSessionRequest', { description: 'What changes; other members are ignored.' })

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
