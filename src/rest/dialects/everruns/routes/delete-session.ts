import { route } from '../declare.js'
import { DeleteOrganizationSessionDocument } from '../documents.generated.js'
import type { Mount } from '../mounts.js'

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
