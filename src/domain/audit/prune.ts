import { type Store, sql } from '../../db/sql.js'
import { type Background, repeat, takeTurns } from '../repeated.js'

/** One process at a time prunes; the others skip their round. */
const PRUNE_LOCK = 7_206_173_011
/** Of one organization in one transaction: a large one keeps no other waiting. */
const ENTRIES_A_TURN = 1000

/** Deletes entries older than so many days, of each organization up to 1,000 of its oldest in its turn, until none is left; 0 keeps everything. */
export async function pruneAudit(
  store: Store,
  days: number,
  isStopped: () => boolean = () => false,
): Promise<void> {
  if (days === 0) return
  // By workspaces, which lie on the shards of their organizations; there is none without one.
  const old = await store.$queryRaw<{ id: string }[]>(sql`
    select distinct w.organization_id as id from workspaces w where exists (select from audit_entries e
      where e.organization_id = w.organization_id and e.at < now() - make_interval(days => ${days}::int)) order by 1`)
  await takeTurns(
    old,
    async ({ id }) => ({ hasMore: (await pruneAuditOf(store, id, days)) >= ENTRIES_A_TURN }),
    isStopped,
  )
}

/** One organization in one transaction. */
function pruneAuditOf(store: Store, organizationId: string, days: number): Promise<number> {
  return store.transact(async (db) => {
    // A cluster passes what a transaction sets on to its nodes where it is told so; elsewhere that is a name without meaning.
    await db.$executeRaw(sql`set local citus.propagate_set_commands = 'local'`)
    await db.$executeRaw(sql`set local session_gateway.audit_pruning = 'on'`)
    return db.$executeRaw(sql`
      with turn as materialized (select pg_try_advisory_xact_lock(${PRUNE_LOCK}::bigint) as mine),
      going as (
        select e.at, e.seq from turn, audit_entries e where turn.mine and e.organization_id = ${organizationId}::uuid
          and e.at < now() - make_interval(days => ${days}::int)
        order by e.at, e.seq limit ${ENTRIES_A_TURN}::int
      )
      delete from audit_entries e using going g
      where e.organization_id = ${organizationId}::uuid and e.at = g.at and e.seq = g.seq`)
  })
}

const everyMs = 60_000

/** Prunes once a minute until stopped, in turns. Any number of processes may do so on one store. */
export function startPruningAudit(
  store: Store,
  days: number,
  onFailure: (error: unknown) => void,
): Background {
  return repeat(everyMs, (isStopped) => pruneAudit(store, days, isStopped), onFailure)
}
