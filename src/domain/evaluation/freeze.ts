import { type Store, sql } from '../../db/sql.js'
import { updateSessionRow } from '../acting/change.js'
import { requireRole } from '../acting/permissions.js'
import type { Session } from '../session/fields.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'

/**
 * Makes any visible session read-only for good on behalf of an evaluation (contract 8).
 * The first freeze wins, whoever made it: a frozen session keeps its stamp and cause (SES-FRZ-004).
 */
export async function freezeForEvaluation(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<Session> {
  requireRole(viewer, access, 'evaluation:freeze')
  return store.transact(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    if (session.frozenAt !== null) return session
    return updateSessionRow(db, { viewer, act: 'freeze_for_evaluation' }, session, [
      sql`frozen_at = now()`,
      sql`frozen_by = 'evaluation'`,
    ])
  })
}
