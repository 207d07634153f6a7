import { type Db, empty, type Sql, sql } from '../../db/sql.js'
import { requireRole } from '../acting/permissions.js'
import { byTime, readPage, usualPage } from '../keyset.js'
import type { PageOf, PageRequest } from '../page.js'
import { type StoredKey, selectKey } from '../tenancy/api-key.js'
import { nobody, type Viewer, type WorkspaceAccess } from '../viewer.js'

/** The keys that an admin of the workspace answers for: those bound to it, and the admin's own unbound ones. */
function keysOf(viewer: Viewer, { organizationId, workspaceId }: WorkspaceAccess): Sql {
  return sql`k.organization_id = ${organizationId}::uuid
    and (k.workspace_id = ${workspaceId}::uuid or (k.workspace_id is null and k.user_id = ${viewer.userId ?? nobody}::uuid))`
}

/** The key with this uuid among those of the workspace, or null. */
export async function findKey(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  locking: Sql = empty,
): Promise<StoredKey | null> {
  const [found] = await db.$queryRaw<StoredKey[]>(sql`
    select ${selectKey} from api_keys k where ${keysOf(viewer, access)} and k.id = ${id}::uuid ${locking}`)
  return found ?? null
}

/** A page of the workspace's keys, newest first: 50 unless said otherwise, up to 200. `FORBIDDEN` below ADMIN. */
export async function listKeys(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  includeRevoked: boolean,
  request: PageRequest,
): Promise<PageOf<StoredKey>> {
  requireRole(viewer, access, 'key:list')
  const conditions = [keysOf(viewer, access), ...(includeRevoked ? [] : [sql`k.revoked_at is null`])]
  return readPage(request, usualPage, { ...byTime('k'), isDescending: true }, conditions, (rest) =>
    db.$queryRaw<StoredKey[]>(sql`select ${selectKey} from api_keys k ${rest}`),
  )
}
