import { type Db, prepare, type Role, type Sql, sql } from '../../db/sql.js'
import { isStorable } from '../../rules/text.js'
import { notFound } from '../errors.js'
import { nobody, type Viewer, type WorkspaceAccess } from '../viewer.js'

export interface WorkspaceRef {
  /** Slug of the organization. */
  organization: string
  /** Slug of the workspace. */
  workspace: string
}

/**
 * The workspace and the viewer's role there.
 * An unknown workspace and one without a role for the viewer are the same `NOT_FOUND`.
 */
export async function enterWorkspace(db: Db, viewer: Viewer, ref: WorkspaceRef): Promise<WorkspaceAccess> {
  if (!isStorable(ref.organization + ref.workspace)) throw notFound('Workspace')
  const [access] = await findAccess(
    db,
    viewer,
    sql`o.slug = ${ref.organization} and w.slug = ${ref.workspace}`,
  )
  if (access === undefined) throw notFound('Workspace')
  return access
}

/** Every workspace of the key's organization that the viewer may enter, by slug. */
export function listWorkspaceAccess(db: Db, viewer: Viewer): Promise<WorkspaceAccess[]> {
  return findAccess(db, viewer, sql`true`)
}

interface Row extends Omit<WorkspaceAccess, 'role'> {
  role: Role | null
}

async function findAccess(db: Db, viewer: Viewer, condition: Sql): Promise<WorkspaceAccess[]> {
  const statement = sql`
    select w.organization_id as "organizationId", w.id as "workspaceId", w.slug, w.name, w.description,
      w.is_default as "isDefault", w.created_at as "createdAt", w.updated_at as "updatedAt", m.role
    from workspaces w
    join organizations o on o.id = w.organization_id
    left join workspace_members m on m.organization_id = w.organization_id and m.workspace_id = w.id
      and m.user_id = ${viewer.userId ?? nobody}::uuid
    where w.organization_id = ${viewer.organizationId}::uuid
      and (${viewer.workspaceId}::uuid is null or w.id = ${viewer.workspaceId}::uuid)
      and ${condition}
    order by w.slug collate "C"`
  const rows = await db.$queryRaw<Row[]>(prepare(statement))
  return rows.flatMap((row) => {
    const role = viewer.userId === null ? serviceRole(viewer) : row.role
    return role === null ? [] : [{ ...row, role }]
  })
}

/** A key without a user has no membership; it works in the workspace it is bound to, within its scopes. */
function serviceRole(viewer: Viewer): Role | null {
  if (viewer.workspaceId === null) return null
  return viewer.scopes.has('sessions:write') || viewer.scopes.has('sessions:evaluate') ? 'WRITE' : 'READ'
}
