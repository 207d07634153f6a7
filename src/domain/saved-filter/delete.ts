import { type SavedFilter, type Store, sql } from '../../db/sql.js'
import { requireOwnership, requireRole } from '../acting/permissions.js'
import { noted } from '../audit/note.js'
import { notFound } from '../errors.js'
import { scopeOf } from '../session/filter.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { findSavedFilter } from './find.js'

/** Deletes the viewer's own filter, or for an admin a shared one; gives it as it last was. `NOT_FOUND` when invisible. */
export async function deleteFilter(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<SavedFilter> {
  requireRole(viewer, access, 'filter:edit')
  return store.transact(async (db) => {
    const stored = await findSavedFilter(db, scopeOf(viewer, [access]), id, sql`for update`)
    if (stored === null) throw notFound('Saved filter')
    requireOwnership(viewer, access, stored, 'filter:edit')
    await db.$queryRaw(
      noted(
        { viewer, act: 'delete_filter' },
        sql`delete from saved_filters f
          where f.organization_id = ${stored.organizationId}::uuid and f.id = ${stored.id}::uuid
          returning f.id, f.workspace_id as "workspaceId"`,
      ),
    )
    return stored
  })
}
