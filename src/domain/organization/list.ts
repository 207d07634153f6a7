import { type Db, type Organization, sql } from '../../db/sql.js'
import { notFound } from '../errors.js'
import { byName, nameCursor, readPage, usualPage } from '../keyset.js'
import type { PageOf, PageRequest } from '../page.js'
import { organizationColumns, selectNamed } from '../tenancy/select-list.js'
import type { Viewer } from '../viewer.js'
import { requireOperator } from './operators.js'

/** An organization as operators see it: how large it is, and nothing of what lies in it. */
export interface OrganizationSummary extends Organization {
  workspaceCount: number
  /** Users with a role in any of its workspaces. */
  memberCount: number
}

/** A page of every organization of the store by slug: 50 unless said otherwise, up to 200. It takes a key of operators: `FORBIDDEN`. */
export async function listOrganizations(
  db: Db,
  viewer: Viewer,
  request: PageRequest,
): Promise<PageOf<OrganizationSummary>> {
  requireOperator(viewer, 'organization:list')
  return pageOfOrganizations(db, request)
}

/** As `listOrganizations`, for whoever was let. */
export async function pageOfOrganizations(
  db: Db,
  request: PageRequest,
): Promise<PageOf<OrganizationSummary>> {
  const page = await readPage(request, usualPage, byName('n', 'slug'), [], (rest) =>
    db.$queryRaw<Organization[]>(
      sql`select ${selectNamed(organizationColumns)} from organizations n ${rest}`,
    ),
  )
  return { ...page, rows: await withCounts(db, page.rows) }
}

/** One organization as operators see it, for whoever was let. */
export async function summarizeOrganization(db: Db, id: string): Promise<OrganizationSummary> {
  const rows = await db.$queryRaw<Organization[]>(sql`
    select ${selectNamed(organizationColumns)} from organizations n where n.id = ${id}::uuid`)
  const [summary] = await withCounts(db, rows)
  if (summary === undefined) throw notFound('Organization')
  return summary
}

/** Where an organization stands in the list. */
export const organizationCursor = ({ slug, id }: Organization): string => nameCursor(slug, id)

async function withCounts(db: Db, rows: readonly Organization[]): Promise<OrganizationSummary[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const counts = await db.$queryRaw<{ id: string; workspaces: number; members: number }[]>(sql`
    select w.organization_id as id, count(distinct w.id)::int as workspaces, count(distinct m.user_id)::int as members
    from workspaces w
    left join workspace_members m on m.organization_id = w.organization_id and m.workspace_id = w.id
    where w.organization_id = any(${ids}::uuid[]) group by w.organization_id`)
  const sizes = new Map(counts.map(({ id, workspaces, members }) => [id, { workspaces, members }]))
  return rows.map((row) => {
    const { workspaces = 0, members = 0 } = sizes.get(row.id) ?? {}
    return { ...row, workspaceCount: workspaces, memberCount: members }
  })
}
