import type { Route } from '../../../route.js'
import { requireUser } from '../caller.js'
import { type Ask, route } from '../declare.js'
import { PinOrganizationSessionDocument, UnpinOrganizationSessionDocument } from '../documents.generated.js'
import type { Mount } from '../mounts.js'

/** A session becomes the caller’s own pick (contract 5.7). */
export function pinSession(mount: Mount): Route<Ask> {
  return ofUser(
    route(mount)({
      operationId: mount.operationId('pinSession'),
      method: 'put',
      path: '/sessions/{id}/pin',
      summary: 'Pin a session',
      description: 'Marks a session as the caller’s own pick; others do not see it. Repeating is harmless.',
      tag: mount.tag,
      permission: 'a user',
      answer: { status: 204, description: 'The session is pinned.' },
      document: PinOrganizationSessionDocument,
      variables: ({ path }) => ({ input: { id: path.id } }),
      reply: () => {},
    }),
  )
}

/** The caller’s own mark goes (contract 5.7). */
export function unpinSession(mount: Mount): Route<Ask> {
  return ofUser(
    route(mount)({
      operationId: mount.operationId('unpinSession'),
      method: 'delete',
      path: '/sessions/{id}/pin',
      summary: 'Unpin a session',
      description: 'Takes the caller’s own mark from a session; without one it changes nothing.',
      tag: mount.tag,
      permission: 'a user',
      answer: { status: 204, description: 'The session is not pinned.' },
      document: UnpinOrganizationSessionDocument,
      variables: ({ path }) => ({ input: { id: path.id } }),
      reply: () => {},
    }),
  )
}

/** A key without a user is 401 before the session is looked for (contract 2.5). */
function ofUser(declared: Route<Ask>): Route<Ask> {
  return {
    ...declared,
    run: async (execute, input) => {
      await requireUser(execute)
      return declared.run(execute, input)
    },
  }
}
