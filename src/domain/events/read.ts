import { type Db, sql } from '../../db/prisma.js'
import type { WorkspaceKey } from '../viewer.js'
import type { Position, StoredEvent } from './event.js'

export interface EventPage {
  events: StoredEvent[]
  /** Whether more is there to be read at once. */
  full: boolean
  /** Where the next page begins. */
  next: Position
  /** Whether the event that the page begins after is still kept. */
  kept: boolean
}

/** Where reading begins for whoever wants to hear what happens from now on. */
export async function findNow(db: Db): Promise<Position> {
  const [row] = await db.$queryRaw<[{ xid: bigint }]>(sql`
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid`)
  return { xid: row.xid, seq: 0n }
}

/**
 * The events of each place after a position, at most `limit` a place: one statement for any number of places.
 * A transaction takes its number before it commits, so only numbers below every open one are read: nothing can still
 * come in before them, and no event is passed over.
 */
export async function readEvents(
  db: Db,
  starts: readonly (WorkspaceKey & { position: Position })[],
  limit: number,
): Promise<EventPage[]> {
  const rows = await db.$queryRaw<(StoredEvent & Row)[]>(sql`
    select p.number::int, p.kept, snapshot.xid as readable,
      e.xid, e.seq, e.session_id as "sessionId", e.kind, e.audience, e.at
    from (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid) snapshot
    cross join (
      select p.*, exists (select from session_events k where k.organization_id = p.organization_id
        and k.workspace_id = p.workspace_id and k.xid = p.xid and k.seq = p.seq) as kept
      from unnest(
        ${starts.map(({ organizationId }) => organizationId)}::uuid[],
        ${starts.map(({ workspaceId }) => workspaceId)}::uuid[],
        ${starts.map(({ position }) => String(position.xid))}::text[]::bigint[],
        ${starts.map(({ position }) => String(position.seq))}::text[]::bigint[]
      ) with ordinality as p(organization_id, workspace_id, xid, seq, number)
    ) p
    left join lateral (
      select e.* from session_events e
      where e.organization_id = p.organization_id and e.workspace_id = p.workspace_id
        and (e.xid, e.seq) > (p.xid, p.seq) and e.xid < snapshot.xid
      order by e.xid, e.seq limit ${limit}
    ) e on true
    order by p.number, e.xid, e.seq`)
  const pages = starts.map(
    ({ position }): EventPage => ({ events: [], full: false, kept: false, next: position }),
  )
  for (const { number, kept, readable, ...event } of rows) {
    const page = pages.at(number - 1)
    if (page === undefined) continue
    // A place without news has one row, with nothing but its number.
    if (event.sessionId !== null) page.events.push(event)
    const full = page.events.length === limit
    Object.assign(page, { kept, full, next: full ? event : { xid: readable, seq: 0n } })
  }
  return pages
}

interface Row {
  number: number
  kept: boolean
  readable: bigint
}
