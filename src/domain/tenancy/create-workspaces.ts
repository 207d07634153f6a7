import { randomUUID } from 'node:crypto'
import { type Db, join, sql } from '../../db/sql.js'

/** Key and name of the project that every workspace has (contract 12.3). */
export const defaultProject = { slug: 'default', name: 'Default' } as const

export interface NewWorkspace {
  id: string
  /** Unique in the organization. */
  slug: string
  name: string
  description?: string | null
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
  const [before] = await db.$queryRaw<{ hasDefault: boolean }[]>(sql`
    select exists (
      select 1 from workspaces where organization_id = ${organizationId}::uuid and is_default
    ) as "hasDefault"`)
  const now = new Date()
  const rows = workspaces.map(({ id, slug, name, description = null, createdAt = now }, index) => {
    const isDefault = index === 0 && !before?.hasDefault
    return sql`(${organizationId}::uuid, ${id}::uuid, ${slug}, ${name}, ${description}, ${isDefault}, ${createdAt}::timestamptz, ${createdAt}::timestamptz)`
  })
  await db.$executeRaw(sql`
    insert into workspaces (organization_id, id, slug, name, description, is_default, created_at, updated_at) values ${join(rows)}`)
  await createDefaultProjects(db, organizationId, workspaces)
}

/** Gives new workspaces the project that every one has. */
async function createDefaultProjects(
  db: Db,
  organizationId: string,
  workspaces: readonly { id: string; createdAt?: Date }[],
): Promise<void> {
  const now = new Date()
  const rows = workspaces.map(({ id, createdAt = now }) => {
    const { slug, name } = defaultProject
    return sql`(${organizationId}::uuid, ${randomUUID()}::uuid, ${id}::uuid, ${slug}, ${name}, ${createdAt}::timestamptz, ${createdAt}::timestamptz)`
  })
  await db.$executeRaw(sql`
    insert into projects (organization_id, id, workspace_id, slug, name, created_at, updated_at) values ${join(rows)}`)
}
