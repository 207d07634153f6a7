import { type Sql, sql } from '../../../db/sql.js'
import type { WorkspaceKey } from '../../viewer.js'

/** What a statement saw: its snapshot, and which log of changes it belongs to. */
export interface Seen {
  snapshot: string
  log: string
}

/**
 * A standby names no transaction that is open, so that all from the oldest of them on count as not seen there: what is taken
 * in twice is taken in as it is.
 */
const snapshotHere = sql`case when pg_is_in_recovery() then concat(pg_snapshot_xmin(pg_current_snapshot()), ':',
  pg_snapshot_xmin(pg_current_snapshot()), ':') else pg_current_snapshot()::text end`

/**
 * The columns of a statement that say what it sees. The log is another one after a start of the server, in another database, with other tables,
 * with other triggers, and when the sessions lie in another file: TRUNCATE passes no row trigger, but changes that.
 */
const seenHere: Sql = sql`${snapshotHere} as snapshot, session_log() as log`

/** What the shard of a workspace's organization sees, as a relation of one row. */
export function seenOf({ organizationId, workspaceId }: WorkspaceKey): Sql {
  return sql`select ${seenHere} from workspaces w
    where w.organization_id = ${organizationId}::uuid and w.id = ${workspaceId}::uuid`
}

/**
 * The ids of sessions of a workspace that transactions changed which the snapshot did not see, as `session_id`. A
 * transaction's number is above those that the snapshot saw, or it was still open then.
 */
export function changedSince({ organizationId, workspaceId }: WorkspaceKey, snapshot: string): Sql {
  return sql`
    select distinct e.session_id from session_events e
    where e.organization_id = ${organizationId}::uuid and e.workspace_id = ${workspaceId}::uuid
      and e.xid >= ${oldestOpen(snapshot)}::bigint and not pg_visible_in_snapshot(e.xid::text::xid8, ${snapshot}::pg_snapshot)`
}

/** Whether the log still has all that the snapshot did not see. */
export function reachesBackTo({ organizationId, workspaceId }: WorkspaceKey, snapshot: string): Sql {
  return sql`not exists (select from session_log_floors f where f.organization_id = ${organizationId}::uuid
    and f.workspace_id = ${workspaceId}::uuid and f.xid >= ${oldestOpen(snapshot)}::bigint)`
}

/** The oldest transaction that was open: all before it are seen. */
function oldestOpen(snapshot: string): string {
  return snapshot.slice(0, snapshot.indexOf(':'))
}

/**
 * Whether one snapshot goes on from another, of the same log, and sees all that it saw: the next transaction's number never
 * falls, and while it stays none begins that was not open.
 */
export function goesOnFrom(now: Seen, before: Seen): boolean {
  if (now.log !== before.log) return false
  const [later, earlier] = [nextXid(now.snapshot), nextXid(before.snapshot)]
  if (later !== earlier) return later > earlier
  const open = new Set(openXids(before.snapshot))
  return openXids(now.snapshot).every((xid) => open.has(xid))
}

function nextXid(snapshot: string): bigint {
  return BigInt(snapshot.split(':')[1] ?? 0)
}

function openXids(snapshot: string): string[] {
  return snapshot.split(':')[2]?.split(',').filter(Boolean) ?? []
}
