import { type Db, type ModelStore, sql } from '../../db/sql.js'
import type { WorkspaceAccess } from '../../domain/viewer.js'
import { CliError } from '../failure.js'
import { enterAsOperator } from '../operator.js'
import { named } from '../terminal-text.js'

/** The organization with this slug; whoever runs the command may do everything there. */
export async function getOrganization(db: Db, slug: string): Promise<{ id: string; slug: string }> {
  const [found] = await db.$queryRaw<{ id: string; slug: string }[]>(
    sql`select id, slug from organizations where slug = ${slug}`,
  )
  if (found === undefined)
    throw new CliError(`There is no organization ${named(slug)}; orgs create makes one.`)
  return found
}

/** The workspace with these slugs, as an admin enters it. */
export async function enterNamed(
  store: ModelStore,
  { org, workspace }: { org: string; workspace: string },
): Promise<WorkspaceAccess> {
  await getOrganization(store, org)
  const absent = `There is no workspace ${named(`${org}/${workspace}`)}; workspaces create makes one.`
  return enterAsOperator(store, { organization: org, workspace }, absent)
}
