import { type Sql, type Store, sql } from '../../db/sql.js'
import type { Session } from '../session/fields.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { deleteSessionRows, updateSessionRow } from './change.js'
import { requireRole } from './permissions.js'
import { type RightSubject, requireRight, type SessionRight, sessionRights } from './rights.js'

/** Something done to a session that needs nothing but the session; repeating it changes nothing. */
export interface SessionAct {
  /** Whether it is done already. */
  isDone: (session: RightSubject) => boolean
  /** What it writes to the row; null removes the row. */
  sets: (viewer: Viewer) => readonly Sql[] | null
}

/** Every act is declared here, under the name of the right that it takes; single and bulk calls follow the same rows. */
export const sessionActs = {
  /** An archived session keeps its first stamp (SES-ARC-002). */
  archive: {
    isDone: ({ archivedAt }) => archivedAt !== null,
    sets: () => [sql`archived_at = now()`],
  },
  unarchive: {
    isDone: ({ archivedAt }) => archivedAt === null,
    sets: () => [sql`archived_at = null`],
  },
  /** A frozen session keeps its first stamp and cause (SES-FRZ-004). */
  freeze: {
    isDone: ({ frozenAt }) => frozenAt !== null,
    sets: () => [sql`frozen_at = now()`, sql`frozen_by = 'user'`],
  },
  /** One-way; a shared session keeps when and by whom it was shared. */
  share: {
    isDone: ({ visibility }) => visibility === 'workspace',
    sets: sharing,
  },
  /** For good, with the transcript and all pins; not while an evaluation refers to it. */
  delete: {
    isDone: () => false,
    sets: () => null,
  },
} as const satisfies Partial<Record<SessionRight, SessionAct>>

export type SessionActName = keyof typeof sessionActs

/** Under which name the audit knows an act. */
export const auditedActOf = (viewer: Viewer, name: SessionActName) => ({
  viewer,
  act: `${name}_session` as const,
})

/** What sharing a session with its workspace writes. */
export function sharing(viewer: Viewer): Sql[] {
  return [
    sql`visibility = 'workspace'`,
    sql`shared_at = greatest(now(), s.created_at)`,
    sql`shared_by_id = ${viewer.userId}::uuid`,
  ]
}

/**
 * Does an act to one session, found by uuid or unique prefix; gives it as it is then, or as it last was.
 * `CONFLICT` when it is another than expected, even if the act is done already.
 */
export async function actOnSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  name: SessionActName,
  id: string,
  expectedUpdatedAt?: Date | null,
): Promise<Session> {
  const act: SessionAct = sessionActs[name]
  requireRole(viewer, access, sessionRights[name].permission)
  return store.transact(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    requireRight(viewer, access, session, name, expectedUpdatedAt)
    if (act.isDone(session)) return session
    const sets = act.sets(viewer)
    if (sets !== null) return updateSessionRow(db, auditedActOf(viewer, name), session, sets)
    await deleteSessionRows(db, auditedActOf(viewer, name), [session.id])
    return session
  })
}
