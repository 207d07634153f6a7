import { type Db, sql } from '../../db/prisma.js'
import type { WorkspaceAccess } from '../../domain/viewer.js'
import { CliError } from '../failure.js'

/** The organization with this slug; whoever runs the command may do everything there. */
export async function getOrganization(db: Db, slug: string): Promise<{ id: string; slug: string }> {
  const [found] = await db.$queryRaw<{ id: string; slug: string }[]>(
    sql`select id, slug from organizations where slug = ${slug}`,
  )
  if (found === undefined) throw new CliError(`There is no organization ${slug}; orgs create makes one.`)
  return found
}

/** The workspace with these slugs, as an admin enters it. */
export async function enterAsOperator(
  db: Db,
  { org, workspace }: { org: string; workspace: string },
): Promise<WorkspaceAccess> {
  const { id } = await getOrganization(db, org)
  const [found] = await db.$queryRaw<Omit<WorkspaceAccess, 'role'>[]>(sql`
    select organization_id as "organizationId", id as "workspaceId", slug, name, description,
      is_default as "isDefault", created_at as "createdAt", updated_at as "updatedAt"
    from workspaces where organization_id = ${id}::uuid and slug = ${workspace}`)
  if (found === undefined)
    throw new CliError(`There is no workspace ${org}/${workspace}; workspaces create makes one.`)
  return { ...found, role: 'ADMIN' }
}
