import { type Store, sql } from '../../db/prisma.js'
import { unauthenticated } from '../errors.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import type { Session } from './columns.js'
import { scopeOf } from './filter.js'
import { getSession } from './find.js'
import { requireRole } from './permissions.js'

/** Marks a visible session as the viewer's own pick; a pinned one keeps its time. The session itself does not change. */
export async function pinSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  const userId = requireUser(viewer, access)
  const session = await getSession(store, scopeOf(viewer, [access]), id)
  // Inserts nothing when the session is deleted meanwhile, where plain values would break the foreign key.
  await store.$executeRaw(sql`
    insert into pins (organization_id, session_id, user_id)
    select s.organization_id, s.id, ${userId}::uuid from sessions s
    where s.organization_id = ${session.organizationId}::uuid and s.id = ${session.id}::uuid
    on conflict do nothing`)
  return session
}

/** Takes the viewer's own mark away; without one nothing happens. */
export async function unpinSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  const userId = requireUser(viewer, access)
  const session = await getSession(store, scopeOf(viewer, [access]), id)
  await store.$executeRaw(sql`
    delete from pins where organization_id = ${session.organizationId}::uuid
      and session_id = ${session.id}::uuid and user_id = ${userId}::uuid`)
  return session
}

function requireUser(viewer: Viewer, access: WorkspaceAccess): string {
  requireRole(viewer, access, 'session:pin')
  if (viewer.userId === null) throw unauthenticated('Pins belong to users; this key has none')
  return viewer.userId
}
