import { type Db, type Store, sql } from '../../db/sql.js'
import { requireRole } from '../acting/permissions.js'
import { noteDone } from '../audit/note.js'
import { forbidden, notFound } from '../errors.js'
import { findEndOfKey } from '../tenancy/api-key.js'
import { listWorkspaceAccess } from '../tenancy/workspace.js'
import { type KeyScope, keyScopes, type Viewer, type WorkspaceAccess } from '../viewer.js'
import { hashUserCode } from './codes.js'

/** A login that waits for somebody, as the program that began it said who it is. */
export interface PendingLogin {
  id: string
  address: string | null
  userAgent: string | null
  createdAt: Date
  expiresAt: Date
}

/** What a key may be good for that a program gets this way: reading and writing, as far as whoever agrees may. */
export const grantedScopes = ({ scopes }: Viewer): KeyScope[] =>
  keyScopes.filter((scope) => (scope === 'sessions:read' || scope === 'sessions:write') && scopes.has(scope))

/** The login with this code, in any case and with or without its hyphen; `FORBIDDEN` for who may not agree, `NOT_FOUND` once it is over or answered. */
export async function getPendingLogin(db: Db, viewer: Viewer, userCode: string): Promise<PendingLogin> {
  await requireAnswering(db, viewer)
  const [found] = await db.$queryRaw<PendingLogin[]>(sql`
    select id, address, user_agent as "userAgent", created_at as "createdAt", expires_at as "expiresAt"
    from device_logins where ${pending(userCode)}`)
  if (found === undefined) throw notFound('Login')
  return found
}

/** Lets the program that shows this code have a key of the viewer's; refuses as `getPendingLogin`. */
export async function approveLogin(store: Store, viewer: Viewer, userCode: string): Promise<void> {
  const home = await requireAnswering(store, viewer)
  const { organizationId, userId, workspaceId, defaultWorkspaceId } = viewer
  await store.transact(async (db) => {
    const end = await findEndOfKey(db, viewer)
    const [approved] = await db.$queryRaw<{ id: string }[]>(sql`
      update device_logins set organization_id = ${organizationId}::uuid, user_id = ${userId}::uuid,
        workspace_id = ${workspaceId}::uuid, default_workspace_id = ${defaultWorkspaceId ?? home.workspaceId}::uuid,
        scopes = ${grantedScopes(viewer)}, grant_expires_at = ${end}::timestamptz,
        granted_by = ${viewer.keyId}::uuid
      where ${pending(userCode)} returning id`)
    if (approved === undefined) throw notFound('Login')
    const subject = { id: approved.id, workspaceId: home.workspaceId }
    await noteDone(db, { viewer, act: 'approve_device_login' }, subject)
  })
}

/** Ends the login with this code; refuses as `getPendingLogin`. */
export async function denyLogin(store: Store, viewer: Viewer, userCode: string): Promise<void> {
  const home = await requireAnswering(store, viewer)
  await store.transact(async (db) => {
    const [denied] = await db.$queryRaw<{ id: string }[]>(sql`
      update device_logins set denied_at = ${new Date()}::timestamptz where ${pending(userCode)} returning id`)
    if (denied === undefined) throw notFound('Login')
    const subject = { id: denied.id, workspaceId: home.workspaceId }
    await noteDone(db, { viewer, act: 'deny_device_login' }, subject)
  })
}

const pending = (userCode: string) =>
  sql`user_hash = ${hashUserCode(userCode)} and user_id is null and denied_at is null and expires_at > now()`

/** Where the viewer is at home, of users with a key that may write: who else makes keys out of one that only reads. */
async function requireAnswering(db: Db, viewer: Viewer): Promise<WorkspaceAccess> {
  if (viewer.userId === null) throw forbidden('Only a user may answer this login')
  const all = await listWorkspaceAccess(db, viewer)
  const home = all.find(({ workspaceId }) => workspaceId === viewer.defaultWorkspaceId) ?? all[0]
  if (home === undefined) throw forbidden('This needs a role in a workspace')
  requireRole(viewer, home, 'device:answer')
  return home
}
