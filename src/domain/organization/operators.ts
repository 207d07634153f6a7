import { type Permission, requireScope } from '../acting/permissions.js'
import { forbidden } from '../errors.js'
import type { Viewer } from '../viewer.js'

/**
 * The user of a key of operators: of the scope `organizations:manage`, which the command line alone gives, and bound to no workspace.
 * `FORBIDDEN` for any other, whatever its role.
 */
export function requireOperator(
  viewer: Viewer,
  permission: Extract<Permission, `organization:${string}`>,
): string {
  requireScope(viewer, permission)
  if (viewer.workspaceId !== null || viewer.userId === null)
    throw forbidden('This needs a key of a user that is bound to no workspace')
  return viewer.userId
}
