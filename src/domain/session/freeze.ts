import { type Store, sql } from '../../db/prisma.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { updateSessionRow } from './change.js'
import type { Session } from './columns.js'
import { scopeOf } from './filter.js'
import { lockSession } from './find.js'
import { requireOwnership, requireRole } from './permissions.js'

/** Makes a session read-only for good; a frozen one keeps its first stamp and cause (SES-FRZ-004). */
export async function freezeSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  requireRole(viewer, access, 'session:freeze')
  return store.$transaction(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    requireOwnership(viewer, access, session, 'session:freeze')
    if (session.frozenAt !== null) return session
    return updateSessionRow(db, session, [sql`frozen_at = now()`, sql`frozen_by = 'user'`])
  })
}
