import { join, type Sql, type Store, sql } from '../../../db/prisma.js'
import { foldingLock } from './lock.js'
import {
  listed,
  netOf,
  newVersions,
  type RollUp,
  rollUps,
  sameKey,
  sessionsAsDeltas,
  weigh,
} from './tables.js'

const TRANSACTION_MS = 3_600_000

/**
 * Counts a workspace anew and mends the rows that differ; gives how many it mended. Readers and writers go on, and
 * folding of this workspace pauses. One statement is one snapshot: it counts the sessions, and drops the deltas, that
 * it sees; those of writers that commit later stay.
 */
export async function rebuildFacets(
  store: Store,
  { organizationId, workspaceId }: { organizationId: string; workspaceId: string },
): Promise<number> {
  const here = sql`organization_id = ${organizationId}::uuid and workspace_id = ${workspaceId}::uuid`
  return store.$transaction(
    async (db) => {
      // Before the statement that counts, whose snapshot must show what the last folder committed.
      await db.$queryRaw(sql`
        select set_config('statement_timeout', '0', true), set_config('work_mem', '64MB', true),
          pg_advisory_xact_lock(${foldingLock(sql`${workspaceId}`)})::text`)
      const [outcome] = await db.$queryRaw<{ mended: number }[]>(sql`
        with dropped as (delete from facet_deltas where ${here}),
        changed as (${newVersions(sql`select ${organizationId}::uuid as organization_id, ${workspaceId}::uuid as workspace_id`)}),
        weighed as materialized (${weigh(sql`${sessionsAsDeltas} where ${here}`)}),
        ${join(rollUps.map((rollUp) => mend(rollUp, here)))}
        select ${join(
          rollUps.map(
            ({ table }) =>
              sql`(select count(*)::int from gone_${table}) + (select count(*)::int from put_${table})`,
          ),
          ' + ',
        )} as mended`)
      return outcome?.mended ?? 0
    },
    { timeout: TRANSACTION_MS },
  )
}

/** Rows that no session counts under go; those that are missing or differ are written. */
function mend(rollUp: RollUp, here: Sql): Sql {
  const { table, key, columns } = rollUp
  return sql`
    plain_${table} as materialized (${netOf(rollUp, sql`weighed`)}),
    gone_${table} as (
      delete from ${table} c where ${here}
        and not exists (select 1 from plain_${table} p where ${sameKey(rollUp, 'c', 'p')}) returning 1
    ), put_${table} as (
      insert into ${table} as c (${listed(columns)}, count)
      select ${listed(columns)}, count from plain_${table} order by ${listed(key)}
      on conflict (${listed(key)}) do update set ${join(
        columns
          .filter((name) => !key.includes(name))
          .map((name) => sql`${listed([name])} = ${listed([name], 'excluded.')}`)
          .concat(sql`count = excluded.count`),
      )}
      where (${listed([...columns, 'count'], 'c.')}) is distinct from (${listed([...columns, 'count'], 'excluded.')}) returning 1
    )`
}
