import { type Sql, type Store, sql } from '../../db/sql.js'
import { type AuditedAct, entriesFor, noted } from '../audit/note.js'
import { noteRefused } from '../audit/refuse.js'
import { notFound, unauthenticated } from '../errors.js'
import type { Session } from '../session/fields.js'
import { scopeOf, visibleIn } from '../session/filter.js'
import { getSession } from '../session/find.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { type BulkOutcome, readIds, refusedOf } from './bulk.js'
import { requireRole } from './permissions.js'

/** Marks a visible session as the viewer's own pick; a pinned one keeps its time. The session itself does not change. */
export function pinSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  // Inserts nothing when the session is deleted meanwhile, where plain values would break the foreign key.
  return markOne(
    store,
    { viewer, act: 'pin_session' },
    access,
    id,
    (session, userId) => sql`
    insert into pins as p (organization_id, session_id, user_id)
    select s.organization_id, s.id, ${userId}::uuid from sessions s
    where s.organization_id = ${session.organizationId}::uuid and s.id = ${session.id}::uuid
    on conflict do nothing ${returned(access)}`,
  )
}

/** Takes the viewer's own mark away; without one nothing happens. */
export function unpinSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  return markOne(
    store,
    { viewer, act: 'unpin_session' },
    access,
    id,
    (session, userId) => sql`
    delete from pins p where p.organization_id = ${session.organizationId}::uuid
      and p.session_id = ${session.id}::uuid and p.user_id = ${userId}::uuid ${returned(access)}`,
  )
}

/** As `pinSession`, for 1 to 200 sessions in one statement; one outcome an id, duplicates once. */
export function pinSessions(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  ids: readonly string[],
): Promise<BulkOutcome[]> {
  const userId = requireUser(viewer, access)
  return markEach(
    store,
    { viewer, act: 'pin_session' },
    access,
    ids,
    sql`insert into pins as p (organization_id, session_id, user_id)
      select v.organization_id, v.id, ${userId}::uuid from visible v order by v.id
      on conflict do nothing ${returned(access)}`,
  )
}

/** As `unpinSession`, for 1 to 200 sessions in one statement; one outcome an id, duplicates once. */
export function unpinSessions(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  ids: readonly string[],
): Promise<BulkOutcome[]> {
  const userId = requireUser(viewer, access)
  return markEach(
    store,
    { viewer, act: 'unpin_session' },
    access,
    ids,
    sql`delete from pins p using visible v where p.organization_id = v.organization_id and p.session_id = v.id
      and p.user_id = ${userId}::uuid ${returned(access)}`,
  )
}

async function markOne(
  store: Store,
  audited: AuditedAct,
  access: WorkspaceAccess,
  id: string,
  statement: (session: Session, userId: string) => Sql,
): Promise<Session> {
  const userId = requireUser(audited.viewer, access)
  const session = await getSession(store, scopeOf(audited.viewer, [access]), id)
  await store.$queryRaw(noted(audited, statement(session, userId)))
  return session
}

/** Runs a statement over `visible v`, the sessions of these ids that the viewer sees; it returns those it changed. */
async function markEach(
  store: Store,
  audited: AuditedAct,
  access: WorkspaceAccess,
  ids: readonly string[],
  marking: Sql,
): Promise<BulkOutcome[]> {
  const wanted = readIds(ids)
  const rows = await store.$queryRaw<{ id: string; changed: boolean }[]>(sql`
    with visible as (
      select s.organization_id, s.id from sessions s
      where ${visibleIn(scopeOf(audited.viewer, [access]))} and s.id = any(${wanted}::uuid[])
    ), marked as (${marking}), ${entriesFor(audited, sql`marked`)}
    select v.id, m.id is not null as changed from visible v left join marked m on m.id = v.id`)
  const changed = new Map(rows.map((row) => [row.id, row.changed]))
  const outcomes = wanted.map((id): BulkOutcome => {
    if (!changed.has(id)) return { id, result: 'REFUSED', refusal: notFound('Session') }
    return { id, result: changed.get(id) ? 'DONE' : 'UNCHANGED', refusal: null }
  })
  await noteRefused(store, audited, refusedOf(outcomes, access))
  return outcomes
}

/** What a change of a pin `p` tells of its session. */
const returned = ({ workspaceId }: WorkspaceAccess) =>
  sql`returning p.session_id as id, ${workspaceId}::uuid as "workspaceId"`

function requireUser(viewer: Viewer, access: WorkspaceAccess): string {
  requireRole(viewer, access, 'session:pin')
  if (viewer.userId === null) throw unauthenticated('Pins belong to users; this key has none')
  return viewer.userId
}
