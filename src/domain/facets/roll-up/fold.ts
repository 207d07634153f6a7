import { join, type Sql, type Store, sql } from '../../../db/prisma.js'
import { foldingLock } from './lock.js'
import { listed, netOf, newVersions, type RollUp, rollUps, sameKey, weigh } from './tables.js'

/** How many workspaces one fold takes deltas of, at most. */
const MAX_WORKSPACES = 100
const TRANSACTION_MS = 60_000

interface Place {
  organizationId: string
  workspaceId: string
}

/**
 * Moves up to about `limit` deltas into the roll-ups; gives how many it moved. Skips workspaces whose roll-ups another
 * process is writing, so folders never wait for each other. One that cannot be folded holds up no other, and is told last.
 */
export async function foldFacets(store: Store, { limit }: { limit: number }): Promise<number> {
  const places = await store.$queryRaw<Place[]>(pendingPlaces)
  if (places.length === 0) return 0
  try {
    return await foldPlaces(store, places, limit)
  } catch (error) {
    if (places.length === 1) throw error
  }
  let folded = 0
  const failures: unknown[] = []
  for (const place of places) {
    try {
      folded += await foldPlaces(store, [place], limit)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return folded
}

/** The workspaces that have deltas: hops from one to the next along the primary key. */
const pendingPlaces: Sql = sql`
  with recursive pending as (
    (select organization_id, workspace_id from facet_deltas order by organization_id, workspace_id limit 1)
    union all
    select next.* from pending p cross join lateral (
      select d.organization_id, d.workspace_id from facet_deltas d
      where (d.organization_id, d.workspace_id) > (p.organization_id, p.workspace_id)
      order by d.organization_id, d.workspace_id limit 1
    ) next
  )
  select organization_id as "organizationId", workspace_id as "workspaceId" from pending limit ${MAX_WORKSPACES}`

/** Folds those of the workspaces that are free, in one transaction. */
function foldPlaces(store: Store, places: readonly Place[], limit: number): Promise<number> {
  return store.$transaction(
    async (db) => {
      const locked = await db.$queryRaw<Place[]>(lockFree(places))
      if (locked.length === 0) return 0
      const [outcome] = await db.$queryRaw<{ folded: number; missing: number }[]>(foldOf(locked, limit))
      if (outcome === undefined || outcome.missing > 0)
        throw new Error(
          `Deltas take from rows that the roll-ups lack; session-gateway facets rebuild repairs ${locked.map(({ workspaceId }) => workspaceId).join(', ')}`,
        )
      return outcome.folded
    },
    { timeout: TRANSACTION_MS },
  )
}

/** A statement of its own, since the fold must see what the last holder of a lock committed. */
function lockFree(places: readonly Place[]): Sql {
  return sql`
    select organization_id as "organizationId", workspace_id as "workspaceId",
      -- Few deltas meet large tables: only look-ups by key will do, whatever the statistics say.
      set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
    from ${asRows(places)} where pg_try_advisory_xact_lock(${foldingLock(sql`workspace_id`)})`
}

function asRows(places: readonly Place[]): Sql {
  return sql`unnest(${places.map((place) => place.organizationId)}::uuid[],
    ${places.map((place) => place.workspaceId)}::uuid[]) as place (organization_id, workspace_id)`
}

/**
 * Takes the oldest deltas of each workspace, so that what a session added is folded before what it takes away.
 * `missing` counts the rows to lower that are not there.
 */
function foldOf(places: readonly Place[], limit: number): Sql {
  const each = Math.ceil(limit / places.length)
  return sql`
    with batch as materialized (
      select d.* from ${asRows(places)}
      cross join lateral (
        select * from facet_deltas d
        where d.organization_id = place.organization_id and d.workspace_id = place.workspace_id
        order by d.id limit ${each}
      ) d
    ), folded as (
      delete from facet_deltas d using batch b
      where d.organization_id = b.organization_id and d.workspace_id = b.workspace_id and d.id = b.id
    ), changed as (${newVersions(sql`select distinct organization_id, workspace_id from batch`)}),
    weighed as materialized (${weigh(sql`select * from batch`)}),
    ${join(rollUps.map(foldInto))}
    select (select count(*)::int from batch) as folded,
      ${join(rollUps.map(missingFrom), ' + ')} as missing`
}

/** Rows that reach zero go, others are lowered or raised. */
function foldInto(rollUp: RollUp): Sql {
  const { table, key, columns } = rollUp
  return sql`
    net_${table} as materialized (${netOf(rollUp, sql`weighed`)}),
    ended_${table} as (
      delete from ${table} c using net_${table} n
      where n.count < 0 and ${sameKey(rollUp, 'c', 'n')} and c.count + n.count = 0 returning 1
    ), lowered_${table} as (
      update ${table} c set count = c.count + n.count from net_${table} n
      where n.count < 0 and ${sameKey(rollUp, 'c', 'n')} and c.count + n.count <> 0 returning 1
    ), raised_${table} as (
      insert into ${table} as c (${listed(columns)}, count)
      select ${listed(columns)}, count from net_${table} where count > 0 order by ${listed(key)}
      on conflict (${listed(key)}) do update set count = c.count + excluded.count
    )`
}

function missingFrom({ table }: RollUp): Sql {
  return sql`(select count(*)::int from net_${table} where count < 0)
    - (select count(*)::int from ended_${table}) - (select count(*)::int from lowered_${table})`
}
