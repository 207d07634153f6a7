import { type Db, empty, type Store, sql } from '../../db/sql.js'
import { isStorable } from '../../rules/text.js'
import { isUuid } from '../../rules/uuid.js'
import { requireRole } from '../acting/permissions.js'
import { noted } from '../audit/note.js'
import { notFound } from '../errors.js'
import { findUser } from '../tenancy/ensure.js'
import type { Viewer, WorkspaceAccess, WorkspaceKey } from '../viewer.js'
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
 * Erases up to 100 sessions of a user (uuid or e-mail address) in a workspace, whatever their state, or says which would go; with the last
 * also what the user pinned and saved there. `NOT_FOUND` for an address that nobody has, `FORBIDDEN` below ADMIN.
 */
export async function eraseUser(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  { user, dryRun, changedBefore }: Erasure,
): Promise<Removal> {
  requireRole(viewer, access, 'session:erase')
  const userId = await findUserId(store, access, user)
  const { organizationId, workspaceId } = access
  const going = sql`s.organization_id = ${organizationId}::uuid and s.workspace_id = ${workspaceId}::uuid
    and s.owner_id = ${userId}::uuid ${changedBefore ? sql`and s.updated_at < ${changedBefore}::timestamptz` : empty}`
  const removed = dryRun ? 0 : await removeBatch(store, { viewer, act: 'erase_session' }, going)
  const left = await foresee(store, going)
  if (!dryRun && left.count === 0) await eraseMarks(store, viewer, access, userId)
  return { removed, ...left }
}

/**
 * The uuid of a user by uuid, which nobody need have, or by e-mail address. `NOT_FOUND` for the address of whoever has neither a
 * role in the organization nor a session in the workspace: whether others have a user is nobody's business there.
 */
export async function findUserId(
  db: Db,
  { organizationId, workspaceId }: WorkspaceKey,
  user: string,
): Promise<string> {
  if (isUuid(user)) return user
  if (!isStorable(user)) throw notFound('User')
  const found = await findUser(
    db,
    sql`lower(n.email) = lower(${user}) and (
      exists (select 1 from workspace_members m
        where m.organization_id = ${organizationId}::uuid and m.user_id = n.id)
      or exists (select 1 from sessions s where s.organization_id = ${organizationId}::uuid
        and s.workspace_id = ${workspaceId}::uuid and s.owner_id = n.id))`,
  )
  if (found === null) throw notFound('User')
  return found.id
}

function eraseMarks(
  store: Store,
  viewer: Viewer,
  { organizationId, workspaceId }: WorkspaceAccess,
  userId: string,
): Promise<void> {
  return store.transact(async (db) => {
    await db.$queryRaw(
      noted(
        { viewer, act: 'unpin_session' },
        sql`delete from pins p using sessions s
          where p.organization_id = ${organizationId}::uuid and p.user_id = ${userId}::uuid
            and s.organization_id = p.organization_id and s.id = p.session_id and s.workspace_id = ${workspaceId}::uuid
          returning s.id, s.workspace_id as "workspaceId"`,
      ),
    )
    await db.$queryRaw(
      noted(
        { viewer, act: 'delete_filter' },
        sql`delete from saved_filters f where f.organization_id = ${organizationId}::uuid
            and f.workspace_id = ${workspaceId}::uuid and f.owner_id = ${userId}::uuid
          returning f.id, f.workspace_id as "workspaceId"`,
      ),
    )
  })
}
