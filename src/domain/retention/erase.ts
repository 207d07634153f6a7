import { type Db, empty, type Store, sql } from '../../db/prisma.js'
import { isStorable } from '../../rules/text.js'
import { isUuid } from '../../rules/uuid.js'
import { requireRole } from '../acting/permissions.js'
import { notFound } from '../errors.js'
import { findUser } from '../tenancy/ensure.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { foresee, removeBatch } from './remove.js'
import type { Removal } from './run.js'

/** Whose sessions to erase, and how. */
export interface Erasure {
  /** Uuid or e-mail address. */
  user: string
  /** Only say which would go. */
  dryRun: boolean
  /** Only sessions that did not change from then on; absent and null take all. */
  changedBefore?: Date | null
}

/**
 * Erases up to 100 sessions of a user in a workspace, frozen ones and those of evaluations too, or only says which would go;
 * once none is left, also what the user pinned and saved there. The user is named by uuid or e-mail address; by its uuid also
 * when the account is gone. `NOT_FOUND` for an address that nobody has, `FORBIDDEN` below ADMIN.
 */
export async function eraseUser(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  { user, dryRun, changedBefore }: Erasure,
): Promise<Removal> {
  requireRole(viewer, access, 'session:erase')
  const userId = await findUserId(store, user)
  const { organizationId, workspaceId } = access
  const going = sql`s.organization_id = ${organizationId}::uuid and s.workspace_id = ${workspaceId}::uuid
    and s.owner_id = ${userId}::uuid ${changedBefore ? sql`and s.updated_at < ${changedBefore}::timestamptz` : empty}`
  const removed = dryRun ? 0 : await removeBatch(store, { viewer, act: 'erase_session' }, going)
  const left = await foresee(store, going)
  if (!dryRun && left.count === 0) await eraseMarks(store, access, userId)
  return { removed, ...left }
}

/** The uuid of a user by uuid, which nobody need have, or by e-mail address. `NOT_FOUND` for an address that nobody has. */
export async function findUserId(db: Db, user: string): Promise<string> {
  if (isUuid(user)) return user
  if (!isStorable(user)) throw notFound('User')
  const found = await findUser(db, sql`lower(n.email) = lower(${user})`)
  if (found === null) throw notFound('User')
  return found.id
}

async function eraseMarks(
  store: Store,
  { organizationId, workspaceId }: WorkspaceAccess,
  userId: string,
): Promise<void> {
  await store.$executeRaw(sql`
    with pinned as (delete from pins p using sessions s
      where p.organization_id = ${organizationId}::uuid and p.user_id = ${userId}::uuid
        and s.organization_id = p.organization_id and s.id = p.session_id and s.workspace_id = ${workspaceId}::uuid)
    delete from saved_filters f where f.organization_id = ${organizationId}::uuid
      and f.workspace_id = ${workspaceId}::uuid and f.owner_id = ${userId}::uuid`)
}
