import { type Db, type Store, sql } from '../../db/sql.js'
import { type Background, repeat, takeTurns } from '../repeated.js'

/** Of each organization one process at a time prunes; the others skip its turn. */
const PRUNE_LOCK = 7_206_173_003
const ROWS_A_BATCH = 10_000
const everyMs = 60_000

/** An organization that has events older than the window, and up to which transaction all are decided now, on which server. */
interface Due {
  organizationId: string
  decidedBefore: bigint
  epoch: string
}

function findDue(db: Store, windowMinutes: number): Promise<Due[]> {
  const isOld = sql`e.at < now() - make_interval(mins => ${windowMinutes}::int)`
  // Only the first event of a workspace is looked at, by its index; shards do not take a limit of each.
  const organizations = db.isSharded
    ? sql`select distinct e.organization_id as id from session_events e where ${isOld}`
    : sql`select distinct w.organization_id as id from workspaces w cross join lateral (
        select e.at from session_events e where e.organization_id = w.organization_id and e.workspace_id = w.id
        order by e.xid, e.seq limit 1) e where ${isOld}`
  return db.$queryRaw<Due[]>(sql`
    select o.id as "organizationId", pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "decidedBefore",
      session_epoch() as epoch
    from (${organizations}) o`)
}

/**
 * Deletes an organization's events older than the window, of transactions before `decidedBefore`, but a workspace's newest; at most
 * 10,000 a workspace, and gives how many. Up to which transaction they are gone is written down for columns.
 */
export function pruneEvents(
  db: Db,
  organizationId: string,
  windowMinutes: number,
  decidedBefore: bigint,
): Promise<number> {
  const own = sql`${organizationId}::uuid`
  return db.$executeRaw(sql`
    with turn as materialized (
      select pg_try_advisory_xact_lock(hashtextextended(${organizationId}::text, ${PRUNE_LOCK}::bigint)) as mine
    ),
    workspaces_with_events as (
      select distinct e.workspace_id from session_events e, turn where turn.mine and e.organization_id = ${own}
    ),
    first_rows as (
      select e.*, bool_and(e.at < now() - make_interval(mins => ${windowMinutes}::int) and e.xid < ${decidedBefore}::bigint)
        over (partition by e.workspace_id order by e.xid, e.seq) as old
      from workspaces_with_events p cross join lateral (
        select e.workspace_id, e.xid, e.seq, e.at from session_events e
        where e.organization_id = ${own} and e.workspace_id = p.workspace_id
        order by e.xid, e.seq limit ${ROWS_A_BATCH}) e
    ),
    going as (
      select f.*, lead(f.old) over (partition by f.workspace_id order by f.xid, f.seq) as goes
      from first_rows f
    ),
    floors as (
      insert into session_log_floors as f (organization_id, workspace_id, xid)
      select ${own}, workspace_id, max(xid) from going where goes group by workspace_id
      on conflict (organization_id, workspace_id) do update set xid = greatest(f.xid, excluded.xid)
    )
    delete from session_events e using going g
    where g.goes and e.organization_id = ${own} and e.workspace_id = g.workspace_id and e.xid = g.xid and e.seq = g.seq`)
}

/**
 * Prunes once a minute until stopped, organizations in turns; any number of processes may do so on one store. What goes has been
 * readable for a minute at least, so that no listening process misses it.
 */
export function startPruning(
  store: Store,
  windowMinutes: number,
  onFailure: (error: unknown) => void,
): Background {
  let before = new Map<string, Due>()
  return repeat(
    everyMs,
    async (isStopped) => {
      const due = await findDue(store, windowMinutes)
      const decided = due.flatMap(({ organizationId, epoch }) => {
        const one = before.get(organizationId)
        return one?.epoch === epoch ? [one] : []
      })
      await takeTurns(
        decided,
        async ({ organizationId, decidedBefore }) => {
          const gone = await pruneEvents(store, organizationId, windowMinutes, decidedBefore)
          // The last row of a full stretch stays for the next one.
          return { hasMore: gone >= ROWS_A_BATCH - 1 }
        },
        isStopped,
      )
      before = new Map(due.map((one) => [one.organizationId, one]))
    },
    onFailure,
  )
}
