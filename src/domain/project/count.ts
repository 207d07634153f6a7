import { type Db, sql } from '../../db/sql.js'
import { type Counting, countFacets } from '../facets/count.js'
import { readFacetRequest } from '../facets/request.js'
import type { SessionScope } from '../session/filter.js'

/** Projects that one facet counts. */
const AT_ONCE = 1000

/** How many sessions of each project the viewer sees, archived and workload ones included, in the order of the ids. */
export async function sessionCountsByProject(
  counting: Counting,
  scope: SessionScope,
  ids: readonly string[],
): Promise<number[]> {
  const counts = new Map<string, number>()
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const projects = ids.slice(start, start + AT_ONCE)
    const filter = { projects, archived: 'ANY', includeWorkload: true } as const
    const request = readFacetRequest('projects', { first: AT_ONCE })
    const [pages] = await countFacets(counting, scope, filter, 'ALL_FILTERS', [request])
    for (const { value, count } of pages?.[0]?.values ?? []) counts.set(value, count)
  }
  return ids.map((id) => counts.get(id) ?? 0)
}

/** How many projects each workspace has, in the order of the ids. One statement. */
export async function projectCountsByWorkspace(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: string; count: number }[]>(sql`
    select n.workspace_id as id, count(*)::int as count from projects n
    where n.organization_id = ${organizationId}::uuid and n.workspace_id = any(${[...ids]}::uuid[])
    group by n.workspace_id`)
  const counts = new Map(rows.map(({ id, count }) => [id, count]))
  return ids.map((id) => counts.get(id) ?? 0)
}
