import { type Db, type Store, sql } from '../../db/prisma.js'
import { findNow } from './read.js'

/** One process at a time prunes; the others skip their round. */
const PRUNE_LOCK = 7_206_173_003
const ROWS_A_PLACE = 10_000
const everyMs = 60_000

/**
 * Deletes events older than the window, of transactions before `decidedBefore`; gives how many, at most 10,000 a workspace.
 * The newest of the old events of a workspace stays: an id is good for as long as no event after it is gone. Up to which
 * transaction they are gone is written down, for columns that are kept by the events.
 */
export function pruneEvents(db: Db, windowMinutes: number, decidedBefore: bigint): Promise<number> {
  return db.$executeRaw(sql`
    with recursive turn as materialized (select pg_try_advisory_xact_lock(${PRUNE_LOCK}::bigint) as mine),
    places as (
      (select e.organization_id, e.workspace_id from session_events e, turn where turn.mine order by 1, 2 limit 1)
      union all
      select n.* from places p cross join lateral (
        select e.organization_id, e.workspace_id from session_events e
        where (e.organization_id, e.workspace_id) > (p.organization_id, p.workspace_id) order by 1, 2 limit 1) n
    ),
    first_rows as (
      select e.*, bool_and(e.at < now() - make_interval(mins => ${windowMinutes}::int) and e.xid < ${decidedBefore}::bigint)
        over (partition by e.organization_id, e.workspace_id order by e.xid, e.seq) as old
      from places p cross join lateral (
        select e.* from session_events e
        where e.organization_id = p.organization_id and e.workspace_id = p.workspace_id
        order by e.xid, e.seq limit ${ROWS_A_PLACE}) e
    ),
    going as (
      select f.*, lead(f.old) over (partition by f.organization_id, f.workspace_id order by f.xid, f.seq) as goes
      from first_rows f
    ),
    floors as (
      insert into session_log_floors as f (organization_id, workspace_id, xid)
      select organization_id, workspace_id, max(xid) from going where goes group by 1, 2
      on conflict (organization_id, workspace_id) do update set xid = greatest(f.xid, excluded.xid)
    )
    delete from session_events e using going g
    where g.goes and e.organization_id = g.organization_id and e.workspace_id = g.workspace_id
      and e.xid = g.xid and e.seq = g.seq`)
}

/** Pruning in the background, until it is stopped. */
export interface Pruner {
  /** Waits for the round that runs. */
  stop(): Promise<void>
}

/**
 * Prunes once a minute until stopped; any number of processes may do so on one store.
 * What goes has been readable for a minute at least, so that no listening process misses it.
 */
export function startPruning(
  store: Store,
  windowMinutes: number,
  onFailure: (error: unknown) => void,
): Pruner {
  let decidedBefore: bigint | null = null
  let running: Promise<void> | null = null
  let stopped = false
  const round = async () => {
    try {
      const { xid } = await findNow(store)
      // The last row of a full stretch stays for the next one.
      while (decidedBefore !== null && !stopped)
        if ((await pruneEvents(store, windowMinutes, decidedBefore)) < ROWS_A_PLACE - 1) break
      decidedBefore = xid
    } catch (error) {
      onFailure(error)
    }
    running = null
  }
  const timer = setInterval(() => {
    running ??= round()
  }, everyMs).unref()
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
