import { type Db, type Sql, sql } from '../../db/sql.js'
import { invalidInput } from '../errors.js'
import { MAX_PAGE } from '../listing/list.js'
import { matching, narrows, type SessionFilter, type SessionScope, visibleIn } from '../session/filter.js'
import { requireFilter } from '../session/filter-rules.js'
import { nobody } from '../viewer.js'
import { groupColumns, type SessionGroup } from './select-list.js'

const MAX_PAGE_NUMBER = 1_000_000

export interface PageNumber {
  /** From 1. */
  page: number
  /** Groups a page. */
  limit: number
}

/** A group with the number of its matching sessions; null stands for the sessions without a group. */
export interface GroupBucket {
  group: SessionGroup | null
  sessionCount: number
}

export interface BucketPage {
  buckets: GroupBucket[]
  /** Buckets over all pages, from the same snapshot. */
  total: number
}

/**
 * A page of the groups that have a matching session, newest first, and of the caller's own empty ones (contract 6).
 * `ungrouped` adds the sessions without a group as a last bucket. `INVALID_INPUT` for a bad filter or page.
 */
export async function pageGroups(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  number: PageNumber,
  { ungrouped }: { ungrouped: boolean },
): Promise<BucketPage> {
  requireFilter(filter)
  const { limit, offset } = readPageNumber(number)
  const grouped = ungrouped ? sql`` : sql`and s.group_id is not null`
  const rows = await db.$queryRaw<Row[]>(sql`
    with listed as (
      select s.group_id, count(*)::int as session_count, max(s.updated_at) as newest
      from sessions s where ${matching(scope, filter)} ${grouped} group by s.group_id
      ${childless(scope, filter)}
    ), page as (
      select row_number() over (order by ${order})::int as position, listed.group_id, listed.session_count
      from listed order by ${order} limit ${limit} offset ${offset}
    )
    select listing.total, page.position, page.session_count as "sessionCount", ${groupColumns}
    from (select count(*)::int as total from listed) listing
    left join page on true
    left join session_groups g on g.organization_id = ${scope.organizationId}::uuid and g.id = page.group_id
    order by page.position`)
  return {
    total: rows[0]?.total ?? 0,
    buckets: rows.flatMap(({ total: _, position, sessionCount, ...group }) =>
      position === null ? [] : [{ group: group.id === null ? null : group, sessionCount }],
    ),
  }
}

type Row = { total: number; position: number | null; sessionCount: number } & (
  | SessionGroup
  | (Omit<SessionGroup, 'id'> & { id: null })
)

/** Sessions without a group come last, groups without a matching session before them. */
const order = sql`listed.group_id is null, listed.newest desc nulls last, listed.group_id desc`

/** The viewer's own groups in which it sees no session, unless the question is about sessions only. */
function childless(scope: SessionScope, filter: SessionFilter): Sql {
  // What widens the list takes nothing from it.
  const { projects, includeWorkload: _, archived, ...others } = filter
  if (archived === 'ARCHIVED' || narrows(others)) return sql``
  const inProjects = projects ? sql`and g.project_id = any(${[...projects]}::uuid[])` : sql``
  return sql`union all
    select g.id, 0, null from session_groups g
    where g.organization_id = ${scope.organizationId}::uuid and g.workspace_id = any(${[...scope.workspaceIds]}::uuid[])
      and g.creator_id = ${scope.userId ?? nobody}::uuid ${inProjects}
      and not exists (select 1 from sessions s where s.group_id = g.id and ${visibleIn(scope)})`
}

function readPageNumber({ page, limit }: PageNumber): { limit: number; offset: number } {
  if (page < 1 || page > MAX_PAGE_NUMBER)
    throw invalidInput({ path: ['page'], message: `Takes 1 to ${MAX_PAGE_NUMBER}` })
  if (limit < 1 || limit > MAX_PAGE)
    throw invalidInput({ path: ['limit'], message: `Takes 1 to ${MAX_PAGE}` })
  return { limit, offset: (page - 1) * limit }
}
