import { type Db, join, sql } from '../../db/prisma.js'
import { createDefaultProjects } from '../project/create.js'

export interface NewWorkspace {
  id: string
  /** Unique in the organization. */
  slug: string
  name: string
  /** Now unless given. */
  createdAt?: Date
}

/**
 * Makes workspaces of an organization, each with its project `default`; the only way by which one comes to be. The first
 * of all is the organization's default one. Runs in the caller's transaction, and holds the organization until it ends.
 */
export async function createWorkspaces(
  db: Db,
  organizationId: string,
  workspaces: readonly NewWorkspace[],
): Promise<void> {
  if (workspaces.length === 0) return
  await db.$queryRaw(sql`select 1 from organizations where id = ${organizationId}::uuid for update`)
  const [known] = await db.$queryRaw<{ hasDefault: boolean }[]>(sql`
    select exists (
      select 1 from workspaces where organization_id = ${organizationId}::uuid and is_default
    ) as "hasDefault"`)
  const now = new Date()
  const rows = workspaces.map(({ id, slug, name, createdAt = now }, index) => {
    const isDefault = index === 0 && !known?.hasDefault
    return sql`(${organizationId}::uuid, ${id}::uuid, ${slug}, ${name}, ${isDefault}, ${createdAt}::timestamptz, ${createdAt}::timestamptz)`
  })
  await db.$executeRaw(sql`
    insert into workspaces (organization_id, id, slug, name, is_default, created_at, updated_at) values ${join(rows)}`)
  await createDefaultProjects(db, organizationId, workspaces)
}
