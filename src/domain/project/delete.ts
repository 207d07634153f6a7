import { type Project, type Store, sql } from '../../db/sql.js'
import { requireRole } from '../acting/permissions.js'
import { noted } from '../audit/note.js'
import { conflict } from '../errors.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { lockProject } from './find.js'
import { isDefaultProject } from './rules.js'

/**
 * Deletes a project that nothing belongs to, and gives it as it last was. `CONFLICT` for the default one and while
 * sessions, seen or not, or groups belong to it; `FORBIDDEN` below ADMIN (contract 12.3).
 */
export async function deleteProject(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  keyOrId: string,
): Promise<Project> {
  requireRole(viewer, access, 'project:delete')
  return store.transact(async (db) => {
    const project = await lockProject(db, access, keyOrId)
    if (isDefaultProject(project)) throw conflict('The default project of a workspace stays')
    const { organizationId, workspaceId, id } = project
    const of = sql`organization_id = ${organizationId}::uuid and workspace_id = ${workspaceId}::uuid and project_id = ${id}::uuid`
    const [used] = await db.$queryRaw<{ sessions: boolean; groups: boolean }[]>(sql`
      select exists (select 1 from sessions where ${of}) as sessions,
        exists (select 1 from session_groups where ${of}) as groups`)
    if (used?.sessions) throw conflict('Sessions belong to this project')
    if (used?.groups) throw conflict('Groups of sessions belong to this project')
    await db.$queryRaw(
      noted(
        { viewer, act: 'delete_project' },
        sql`delete from projects n where n.organization_id = ${organizationId}::uuid and n.id = ${id}::uuid
          returning n.id, n.workspace_id as "workspaceId"`,
      ),
    )
    return project
  })
}
