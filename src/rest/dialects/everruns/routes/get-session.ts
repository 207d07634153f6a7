import { route } from '../declare.js'
import { ReadOrganizationSessionDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import type { Mount } from '../mounts.js'

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
