import { type Db, sql } from '../../db/sql.js'
import { notFound } from '../errors.js'
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

/** What tells of the shard that holds an organization, which gives its events their numbers: in a statement about that alone. */
const here = sql`pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid, session_epoch() as epoch`

/** Where reading begins for whoever wants to hear of a workspace what happens from now on. */
export async function findNow(db: Db, { organizationId, workspaceId }: WorkspaceKey): Promise<Position> {
  const [row] = await db.$queryRaw<{ xid: bigint; epoch: string }[]>(sql`
    select ${here} from workspaces w where w.organization_id = ${organizationId}::uuid and w.id = ${workspaceId}::uuid`)
  if (row === undefined) throw notFound('Workspace')
  return { ...row, seq: 0n }
}

/**
 * The events of each workspace after a position, at most `limit` of each, in one statement; of one organization where the store is sharded.
 * Only numbers below every open transaction are read: nothing can still come in before them.
 */
export async function readEvents(
  db: Db,
  starts: readonly (WorkspaceKey & { position: Position })[],
  limit: number,
): Promise<EventPage[]> {
  const [first, ...others] = new Set(starts.map(({ organizationId }) => organizationId))
  // A single one is named, so that its shard answers.
  const organization = others.length === 0 ? sql`${first}::uuid` : sql`p.organization_id`
  const rows = await db.$queryRaw<(StoredEvent & Row)[]>(sql`
    select p.number::int, k.seq is not null as kept, p.readable, p.epoch,
      e.xid, e.seq, e.session_id as "sessionId", e.kind, e.audience, e.at
    from (
      select p.*, seen.xid as readable, seen.epoch
      from (select ${here} offset 0) seen, unnest(
        ${starts.map(({ organizationId }) => organizationId)}::uuid[],
        ${starts.map(({ workspaceId }) => workspaceId)}::uuid[],
        ${starts.map(({ position }) => String(position.xid))}::text[]::bigint[],
        ${starts.map(({ position }) => String(position.seq))}::text[]::bigint[]
      ) with ordinality as p(organization_id, workspace_id, xid, seq, number)
    ) p
    left join session_events k on k.organization_id = ${organization} and k.workspace_id = p.workspace_id
      and k.xid = p.xid and k.seq = p.seq
    left join lateral (
      select e.* from session_events e
      where e.organization_id = ${organization} and e.workspace_id = p.workspace_id
        and (e.xid, e.seq) > (p.xid, p.seq) and e.xid < p.readable
      order by e.xid, e.seq limit ${limit}
    ) e on true
    order by p.number, e.xid, e.seq`)
  const pages = starts.map(
    ({ position }): EventPage => ({ events: [], full: false, kept: false, next: position }),
  )
  for (const { number, kept, readable, ...event } of rows) {
    const page = pages.at(number - 1)
    const epoch = starts.at(number - 1)?.position.epoch
    if (page === undefined) continue
    // A workspace without news has one row, with nothing but its number.
    if (event.sessionId !== null) page.events.push(event)
    const full = page.events.length === limit
    const next = full ? event : { xid: readable, seq: 0n, epoch: event.epoch }
    Object.assign(page, { kept: kept && event.epoch === epoch, full, next })
  }
  return pages
}

interface Row {
  number: number
  kept: boolean
  readable: bigint
}
