import { type Store, sql } from '../../db/prisma.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { updateSessionRow } from './change.js'
import type { Session } from './columns.js'
import { scopeOf } from './filter.js'
import { lockSession } from './find.js'
import { requireRole } from './permissions.js'

/** Archives a session; an archived one keeps its first stamp (SES-ARC-002). */
export function archiveSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  return setArchived(store, viewer, access, id, true)
}

/** Brings a session back from the archive; one that is not archived stays as it is (SES-ARC-002). */
export function unarchiveSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  return setArchived(store, viewer, access, id, false)
}

async function setArchived(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  archived: boolean,
) {
  requireRole(viewer, access, 'session:archive')
  return store.$transaction(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    if ((session.archivedAt !== null) === archived) return session
    return updateSessionRow(db, session, [archived ? sql`archived_at = now()` : sql`archived_at = null`])
  })
}
