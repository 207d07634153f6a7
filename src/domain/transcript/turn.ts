import { type Store, sql } from '../../db/sql.js'
import { updateSessionRow } from '../acting/change.js'
import { requireRole } from '../acting/permissions.js'
import { stateAllows } from '../acting/rights.js'
import type { Session } from '../session/fields.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { lockTranscript } from './write.js'

/** A runtime says that a turn of its own session begins; said again, it keeps the first time. */
export async function startTurn(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  return store.transact(async (db) => {
    const session = await lockTranscript(db, viewer, access, 'startTurn', id)
    if (session.turnStartedAt !== null) return session
    return updateSessionRow(db, { viewer, act: 'start_turn' }, session, [sql`turn_started_at = now()`])
  })
}

/** A runtime says that the turn of its own session has ended; without one nothing happens. */
export async function endTurn(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  return store.transact(async (db) => {
    const session = await lockTranscript(db, viewer, access, 'writeTranscript', id)
    return session.turnStartedAt === null
      ? session
      : updateSessionRow(db, { viewer, act: 'end_turn' }, session, [sql`turn_started_at = null`])
  })
}

/** Takes the mark of a running turn away, which asks its runtime to stop; tells whether there was one. */
export async function cancelTurn(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<{ session: Session; cancelled: boolean }> {
  requireRole(viewer, access, 'session:annotate')
  return store.transact(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    const running = session.turnStartedAt !== null && stateAllows(session, 'startTurn')
    if (!running) return { session, cancelled: false }
    return {
      session: await updateSessionRow(db, { viewer, act: 'cancel_turn' }, session, [
        sql`turn_started_at = null`,
      ]),
      cancelled: true,
    }
  })
}
