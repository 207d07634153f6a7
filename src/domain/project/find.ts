import { type Db, empty, type Project, type Sql, sql } from '../../db/sql.js'
import { isStorable } from '../../rules/text.js'
import { parseUuid } from '../../rules/uuid.js'
import { notFound } from '../errors.js'
import { projectColumns, selectNamed } from '../tenancy/select-list.js'
import type { WorkspaceAccess } from '../viewer.js'

/** The project of the workspace with this key or uuid; `NOT_FOUND` without one. */
export function getProject(db: Db, access: WorkspaceAccess, keyOrId: string): Promise<Project> {
  return findOne(db, access, keyOrId)
}

/** As `getProject`, holding the row until the transaction ends. */
export function lockProject(db: Db, access: WorkspaceAccess, keyOrId: string): Promise<Project> {
  return findOne(db, access, keyOrId, sql`for update`)
}

async function findOne(
  db: Db,
  { organizationId, workspaceId }: WorkspaceAccess,
  keyOrId: string,
  locking: Sql = empty,
): Promise<Project> {
  if (!isStorable(keyOrId)) throw notFound('Project')
  const id = parseUuid(keyOrId)
  // A key from elsewhere may look like a uuid: it comes before the id.
  const named = id === null ? sql`n.slug = ${keyOrId}` : sql`(n.slug = ${keyOrId} or n.id = ${id}::uuid)`
  const [project] = await db.$queryRaw<Project[]>(sql`
    select ${selectNamed(projectColumns)} from projects n
    where n.organization_id = ${organizationId}::uuid and n.workspace_id = ${workspaceId}::uuid and ${named}
    order by n.slug = ${keyOrId} desc limit 1 ${locking}`)
  if (project === undefined) throw notFound('Project')
  return project
}
