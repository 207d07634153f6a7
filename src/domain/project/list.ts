import { all, type Db, type Project, sql } from '../../db/prisma.js'
import { isStorable } from '../../rules/text.js'
import { invalidInput } from '../errors.js'
import {
  decodeCursor,
  encodeCursor,
  type PageOf,
  type PageRequest,
  readPageRequest,
  toPage,
} from '../page.js'
import { projectColumns, selectNamed } from '../tenancy/columns.js'
import type { WorkspaceAccess } from '../viewer.js'

/** A page of the workspace's projects by slug: 20 unless said otherwise, up to 100. */
export async function listProjects(
  db: Db,
  { organizationId, workspaceId }: WorkspaceAccess,
  request: PageRequest,
): Promise<PageOf<Project>> {
  const window = readPageRequest(request, 20, 100)
  const { backward, limit, after, before } = window
  const bounds = all([
    sql`n.organization_id = ${organizationId}::uuid and n.workspace_id = ${workspaceId}::uuid`,
    ...(after === null ? [] : [sql`n.slug > ${readCursor(after, 'after')}`]),
    ...(before === null ? [] : [sql`n.slug < ${readCursor(before, 'before')}`]),
  ])
  const rows = await db.$queryRaw<Project[]>(sql`
    select ${selectNamed(projectColumns)} from projects n where ${bounds}
    order by n.slug ${backward ? sql`desc` : sql`asc`} limit ${limit + 1}::int`)
  return toPage(rows, window)
}

/** Where a project stands in the list: its slug is the only one in the workspace. */
export const projectCursor = ({ slug }: Project): string => encodeCursor([slug])

function readCursor(cursor: string, path: string): string {
  const [slug, ...rest] = decodeCursor(cursor) ?? []
  if (typeof slug !== 'string' || !isStorable(slug) || rest.length > 0)
    throw invalidInput({ path: [path], message: 'Not a cursor of this list' })
  return slug
}
