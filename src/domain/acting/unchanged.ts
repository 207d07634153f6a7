import { DomainError } from '../errors.js'
import type { Session } from '../session/fields.js'
import type { Viewer } from '../viewer.js'

/**
 * Refuses to change a locked session that is no longer as the caller last saw it; absent and null expect nothing.
 * The `CONFLICT` carries the session as it is, for a key that may read.
 */
export function requireUnchanged(viewer: Viewer, session: Session, expectedUpdatedAt?: Date | null): void {
  if (!expectedUpdatedAt || expectedUpdatedAt.getTime() === session.updatedAt.getTime()) return
  const present = viewer.scopes.has('sessions:read') ? { present: session } : {}
  throw new DomainError('CONFLICT', 'The session has changed since it was read', present)
}
