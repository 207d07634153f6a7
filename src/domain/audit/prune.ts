import { type Store, sql } from '../../db/prisma.js'
import { type Rounds, startRounds } from '../rounds.js'

/** One process at a time prunes; the others skip their round. */
const PRUNE_LOCK = 7_206_173_011
/** Of one organization in one transaction: a large one keeps no other waiting. */
const ENTRIES_A_TURN = 1000

/** Deletes entries older than so many days, of every organization up to 1,000 of its oldest; gives how many went. */
export function pruneAudit(store: Store, days: number): Promise<number> {
  return store.transact(async (db) => {
    await db.$queryRaw(sql`select set_config('session_gateway.audit_pruning', 'on', true)`)
    return db.$executeRaw(sql`
      with recursive turn as materialized (select pg_try_advisory_xact_lock(${PRUNE_LOCK}::bigint) as mine),
      places as (
        (select e.organization_id from audit_entries e, turn where turn.mine order by 1 limit 1)
        union all
        select n.* from places p cross join lateral (
          select e.organization_id from audit_entries e where e.organization_id > p.organization_id order by 1 limit 1) n
      ),
      going as (
        select o.* from places p cross join lateral (
          select e.organization_id, e.at, e.seq from audit_entries e
          where e.organization_id = p.organization_id and e.at < now() - make_interval(days => ${days}::int)
          order by e.at, e.seq limit ${ENTRIES_A_TURN}::int) o
      )
      delete from audit_entries e using going g
      where e.organization_id = g.organization_id and e.at = g.at and e.seq = g.seq`)
  })
}

const everyMs = 60_000

/** Prunes once a minute until stopped, in turns; 0 days keeps everything. Any number of processes may do so on one store. */
export function startPruningAudit(store: Store, days: number, onFailure: (error: unknown) => void): Rounds {
  return startRounds(
    everyMs,
    async (isStopped) => {
      while (days > 0 && !isStopped()) if ((await pruneAudit(store, days)) < ENTRIES_A_TURN) break
    },
    onFailure,
  )
}
