import { type Db, join, type Sql, sql } from '../../../db/prisma.js'
import { listed, netOf, type RollUp, rollUps, sessionsAsDeltas, weigh } from './tables.js'

/** A row whose count is not that of the sessions. */
export interface FacetDifference {
  /** The table and the key of the row. */
  row: string
  /** Roll-up and pending deltas together. */
  rolledUp: number
  /** A plain count of the sessions. */
  plain: number
}

/** How many differences are named. */
const NAMED = 20

/** Compares every roll-up of a workspace with a plain count, in one snapshot; `differences` are the first 20 of `total`. */
export async function verifyFacets(
  db: Db,
  { organizationId, workspaceId }: { organizationId: string; workspaceId: string },
): Promise<{ total: number; differences: FacetDifference[] }> {
  const here = sql`organization_id = ${organizationId}::uuid and workspace_id = ${workspaceId}::uuid`
  const rows = await db.$queryRaw<(FacetDifference & { total: number })[]>(sql`
    with pending as materialized (${weigh(sql`select * from facet_deltas where ${here}`)}),
    plain as materialized (${weigh(sql`${sessionsAsDeltas} where ${here}`)})
    select *, (count(*) over ())::int as total
    from (${join(
      rollUps.map((rollUp) => differencesOf(rollUp, here)),
      ' union all ',
    )}) differences
    order by row limit ${NAMED}`)
  return {
    total: rows[0]?.total ?? 0,
    differences: rows.map(({ total: _, ...difference }) => difference),
  }
}

function differencesOf(rollUp: RollUp, here: Sql): Sql {
  const { table, columns } = rollUp
  const names = listed(columns)
  return sql`
    select '${table} ' || (to_jsonb(d) - 'organization_id' - 'workspace_id' - 'rolled_up' - 'plain')::text as row,
      rolled_up as "rolledUp", plain
    from (
      select ${names}, sum(rolled_up)::int as rolled_up, sum(plain)::int as plain from (
        select ${names}, count as rolled_up, 0 as plain from ${table} where ${here}
        union all select ${names}, count, 0 from (${netOf(rollUp, sql`pending`)}) pending
        union all select ${names}, 0, count from (${netOf(rollUp, sql`plain`)}) plain
      ) both_counts
      group by ${names} having sum(rolled_up) <> sum(plain)
    ) d`
}
