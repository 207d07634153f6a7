import type { Store } from '../../db/sql.js'
import { invalidInput } from '../errors.js'
import { scopeOf } from '../session/filter.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { type BulkOutcome, changeEach } from './bulk.js'
import { changedOnly, setsOf, updateSessionRows } from './change.js'
import { requireRole } from './permissions.js'
import { requireReferences } from './references.js'

/** Where sessions go; absent members stay as they are, null takes them out. */
export interface SessionMove {
  projectId?: string | null
  groupId?: string | null
}

/** Puts many of the caller's own sessions into a project, a group or both; `INVALID_INPUT` when one of them is unknown. */
export async function moveSessions(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  ids: readonly string[],
  { projectId, groupId }: SessionMove,
): Promise<BulkOutcome[]> {
  requireRole(viewer, access, 'session:update')
  if (projectId === undefined && groupId === undefined)
    throw invalidInput({ path: ['projectId'], message: 'Takes a project, a group, or null for either' })
  await requireReferences(store, scopeOf(viewer, [access]), { projectId, groupId })
  const change = {
    ...(projectId === undefined ? {} : { projectId }),
    ...(groupId === undefined ? {} : { groupId }),
  }
  const sets = setsOf(change)
  const audited = { viewer, act: 'move_session' } as const
  return changeEach(store, audited, access, 'move', ids, {
    plan: (session) => (changedOnly(session, change) === null ? null : session.id),
    write: (db, due) => updateSessionRows(db, audited, due, sets),
  })
}
