import { type Project, type Store, sql } from '../../db/sql.js'
import { requireRole } from '../acting/permissions.js'
import { noted } from '../audit/note.js'
import { projectColumns, selectNamed } from '../tenancy/select-list.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { lockProject } from './find.js'
import { requireSoundProject } from './rules.js'

/** What changes of a project: an absent member stays, null clears the description and leaves the name. */
export interface UpdateProjectInput {
  name?: string | null
  description?: string | null
}

/**
 * Changes name and description of a project; its key, by which clients address it, never changes. What is so already is
 * left as it is, `updatedAt` too. `NOT_FOUND` for an unknown one, `FORBIDDEN` below WRITE.
 */
export async function updateProject(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  keyOrId: string,
  input: UpdateProjectInput,
): Promise<Project> {
  requireRole(viewer, access, 'project:update')
  requireSoundProject(input)
  return store.transact(async (db) => {
    const stored = await lockProject(db, access, keyOrId)
    const name = input.name ?? stored.name
    const description = input.description === undefined ? stored.description : input.description
    if (name === stored.name && description === stored.description) return stored
    const updatedAt = new Date(Math.max(Date.now(), stored.updatedAt.getTime() + 1))
    const [project] = await db.$queryRaw<Project[]>(
      noted(
        { viewer, act: 'update_project' },
        sql`
      update projects n set name = ${name}, description = ${description}, updated_at = ${updatedAt}::timestamptz
      where n.organization_id = ${stored.organizationId}::uuid and n.id = ${stored.id}::uuid
      returning ${selectNamed(projectColumns)}`,
      ),
    )
    return project ?? stored
  })
}
