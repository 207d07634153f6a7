import { type Db, type Role, type Store, sql, type User } from '../../db/sql.js'
import { isStorable } from '../../rules/text.js'
import { isUuid } from '../../rules/uuid.js'
import { requireRole } from '../acting/permissions.js'
import { noteDone } from '../audit/note.js'
import { conflict, notFound } from '../errors.js'
import { ensureMember, ensureUser } from '../tenancy/ensure.js'
import type { Member } from '../tenancy/members.js'
import { selectNamed, userColumns } from '../tenancy/select-list.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'

/**
 * Gives a user a role in the workspace by hand, which counts before those of sign-in; a new address of e-mail makes a user.
 * `FORBIDDEN` below ADMIN, `NOT_FOUND` for a login or uuid of nobody in the organization, `CONFLICT` where no admin would be left.
 */
export async function setMember(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  { user: named, role }: { user: string; role: Role },
): Promise<Member> {
  requireRole(viewer, access, 'member:set')
  const { organizationId, workspaceId } = access
  return store.transact(async (db) => {
    await holdMembers(db, access)
    const user = named.includes('@')
      ? (await ensureUser(db, named)).row
      : await getUser(db, organizationId, named)
    if (role !== 'ADMIN') await requireOtherAdmin(db, access, user.id)
    const { before } = await ensureMember(db, { organizationId, id: workspaceId }, user.id, role)
    if (before !== role) await noteDone(db, { viewer, act: 'set_member' }, { id: user.id, workspaceId })
    return { ...user, role }
  })
}

/**
 * Takes a user's role in the workspace away; the user, and what it owns, stay.
 * `FORBIDDEN` below ADMIN, `NOT_FOUND` for whoever is no member, `CONFLICT` for the last admin.
 */
export async function removeMember(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  named: string,
): Promise<User> {
  requireRole(viewer, access, 'member:remove')
  const { organizationId, workspaceId } = access
  return store.transact(async (db) => {
    await holdMembers(db, access)
    const user = await getUser(db, organizationId, named)
    await requireOtherAdmin(db, access, user.id)
    const removed = await db.$executeRaw(sql`
      delete from workspace_members where organization_id = ${organizationId}::uuid
        and workspace_id = ${workspaceId}::uuid and user_id = ${user.id}::uuid`)
    if (removed === 0) throw notFound('Member')
    await noteDone(db, { viewer, act: 'remove_member' }, { id: user.id, workspaceId })
    return user
  })
}

/** Of two who change members of one workspace at once the later one sees what the earlier one did. */
async function holdMembers(db: Db, { organizationId, workspaceId }: WorkspaceAccess): Promise<void> {
  await db.$queryRaw(sql`
    select 1 from workspaces where organization_id = ${organizationId}::uuid and id = ${workspaceId}::uuid for update`)
}

/** A user who has a role somewhere in the organization, by e-mail address, login or uuid. */
async function getUser(db: Db, organizationId: string, named: string): Promise<User> {
  if (!isStorable(named)) throw notFound('User')
  const is = isUuid(named)
    ? sql`n.id = ${named}::uuid`
    : named.includes('@')
      ? sql`n.email = ${named.toLowerCase()}`
      : sql`n.username = ${named}`
  const [user] = await db.$queryRaw<User[]>(sql`
    select ${selectNamed(userColumns)} from users n where ${is} and exists (
      select 1 from workspace_members m where m.organization_id = ${organizationId}::uuid and m.user_id = n.id)`)
  if (user === undefined) throw notFound('User')
  return user
}

async function requireOtherAdmin(
  db: Db,
  { organizationId, workspaceId }: WorkspaceAccess,
  userId: string,
): Promise<void> {
  const admins = await db.$queryRaw<{ userId: string }[]>(sql`
    select user_id as "userId" from workspace_members where organization_id = ${organizationId}::uuid
      and workspace_id = ${workspaceId}::uuid and role = 'ADMIN' order by user_id = ${userId}::uuid desc limit 2`)
  if (admins.length === 1 && admins[0]?.userId === userId)
    throw conflict('A workspace keeps an admin; give another member the role first')
}
