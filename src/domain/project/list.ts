import { type Db, type Project, sql } from '../../db/sql.js'
import { isName, type Keyset, readPage } from '../keyset.js'
import { encodeCursor, type PageOf, type PageRequest } from '../page.js'
import { projectColumns, selectNamed } from '../tenancy/select-list.js'
import type { WorkspaceAccess } from '../viewer.js'

/** A page of the workspace's projects by slug: 20 unless said otherwise, up to 100. */
export async function listProjects(
  db: Db,
  { organizationId, workspaceId }: WorkspaceAccess,
  request: PageRequest,
): Promise<PageOf<Project>> {
  const own = sql`n.organization_id = ${organizationId}::uuid and n.workspace_id = ${workspaceId}::uuid`
  return readPage(request, { usual: 20, most: 100 }, bySlug, [own], (rest) =>
    db.$queryRaw<Project[]>(sql`select ${selectNamed(projectColumns)} from projects n ${rest}`),
  )
}

/** Where a project stands in the list: its slug is the only one in the workspace. */
export const projectCursor = ({ slug }: Project): string => encodeCursor([slug])

const bySlug: Keyset = {
  columns: [sql`n.slug`],
  read: ([slug, ...rest]) => (isName(slug) && rest.length === 0 ? sql`(${slug})` : null),
}
