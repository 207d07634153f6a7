import { type Db, empty, type SavedFilter, type Sql, sql } from '../../db/sql.js'
import { byName, nameCursor, readPage, usualPage } from '../keyset.js'
import type { PageOf, PageRequest } from '../page.js'
import type { SessionScope } from '../session/filter.js'
import { nobody } from '../viewer.js'

export type { SavedFilter }

/** Every stored column of `saved_filters f`, under the names of the model. */
export const savedFilterColumns = sql`f.organization_id as "organizationId", f.id, f.workspace_id as "workspaceId",
  f.owner_id as "ownerId", f.name, f.shared, f.filter, f.view, f.created_at as "createdAt", f.updated_at as "updatedAt"`

/** The saved filters of the scope: the viewer's own, and those that are shared. */
function savedFilterVisibleIn(scope: SessionScope): Sql {
  return sql`f.organization_id = ${scope.organizationId}::uuid
    and f.workspace_id = any(${[...scope.workspaceIds]}::uuid[])
    and (f.shared or f.owner_id = ${scope.userId ?? nobody}::uuid)`
}

/** The visible saved filter with this uuid, or null. */
export async function findSavedFilter(
  db: Db,
  scope: SessionScope,
  id: string,
  locking: Sql = empty,
): Promise<SavedFilter | null> {
  const [found] = await db.$queryRaw<SavedFilter[]>(sql`
    select ${savedFilterColumns} from saved_filters f
    where ${savedFilterVisibleIn(scope)} and f.id = ${id}::uuid ${locking}`)
  return found ?? null
}

/** A page of the visible saved filters by name (by code points), then id: 50 unless said otherwise, up to 200. */
export async function listSavedFilters(
  db: Db,
  scope: SessionScope,
  request: PageRequest,
): Promise<PageOf<SavedFilter>> {
  return readPage(request, usualPage, byName('f', 'name'), [savedFilterVisibleIn(scope)], (rest) =>
    db.$queryRaw<SavedFilter[]>(sql`select ${savedFilterColumns} from saved_filters f ${rest}`),
  )
}

/** Where a saved filter stands in the list. */
export function savedFilterCursor({ name, id }: SavedFilter): string {
  return nameCursor(name, id)
}
