import { type Store, sql } from '../../db/prisma.js'
import { conflict } from '../errors.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import type { Session } from './columns.js'
import { scopeOf } from './filter.js'
import { lockSession } from './find.js'
import { requireOwnership, requireRole } from './permissions.js'

/** Deletes a session with its transcript and pins for good; `CONFLICT` while an evaluation refers to it. */
export async function deleteSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  requireRole(viewer, access, 'session:delete')
  return store.$transaction(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    requireOwnership(viewer, access, session, 'session:delete')
    if (session.evaluationId !== null) throw conflict('The session is referenced by an evaluation')
    await db.$executeRaw(sql`
      delete from sessions where organization_id = ${session.organizationId}::uuid and id = ${session.id}::uuid`)
    return session
  })
}
