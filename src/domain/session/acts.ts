import { type Sql, type Store, sql } from '../../db/prisma.js'
import { conflict } from '../errors.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { deleteSessionRows, updateSessionRow } from './change.js'
import type { Session } from './columns.js'
import { scopeOf } from './filter.js'
import { lockSession } from './find.js'
import { type Permission, requireOwnership, requireRole } from './permissions.js'

/** What an act looks at before it is done. */
export type ActSubject = Pick<
  Session,
  'id' | 'organizationId' | 'ownerId' | 'visibility' | 'archivedAt' | 'frozenAt' | 'evaluationId'
>

/** Something done to a session that needs nothing but the session; repeating it changes nothing. */
export interface SessionAct {
  permission: Permission
  /** Throws when the state of the session forbids it. */
  allow?: (session: ActSubject) => void
  /** Whether it is done already. */
  isDone: (session: ActSubject) => boolean
  /** What it writes to the row; null removes the row. */
  sets: (viewer: Viewer) => readonly Sql[] | null
}

/** Every act is declared here and nowhere else; single and bulk calls follow the same rows. */
export const sessionActs = {
  /** An archived session keeps its first stamp (SES-ARC-002). */
  archive: {
    permission: 'session:archive',
    isDone: ({ archivedAt }) => archivedAt !== null,
    sets: () => [sql`archived_at = now()`],
  },
  unarchive: {
    permission: 'session:archive',
    isDone: ({ archivedAt }) => archivedAt === null,
    sets: () => [sql`archived_at = null`],
  },
  /** A frozen session keeps its first stamp and cause (SES-FRZ-004). */
  freeze: {
    permission: 'session:freeze',
    isDone: ({ frozenAt }) => frozenAt !== null,
    sets: () => [sql`frozen_at = now()`, sql`frozen_by = 'user'`],
  },
  /** One-way; a shared session keeps when and by whom it was shared. Refused in the words of an update (contract 4.5). */
  share: {
    permission: 'session:update',
    isDone: ({ visibility }) => visibility === 'workspace',
    sets: sharing,
  },
  /** For good, with the transcript and all pins; not while an evaluation refers to it. */
  delete: {
    permission: 'session:delete',
    allow: ({ evaluationId }) => {
      if (evaluationId !== null) throw conflict('The session is referenced by an evaluation')
    },
    isDone: () => false,
    sets: () => null,
  },
} as const satisfies Record<string, SessionAct>

export type SessionActName = keyof typeof sessionActs

/** What sharing a session with its workspace writes. */
export function sharing(viewer: Viewer): Sql[] {
  return [
    sql`visibility = 'workspace'`,
    sql`shared_at = greatest(now(), s.created_at)`,
    sql`shared_by_id = ${viewer.userId}::uuid`,
  ]
}

/** Does an act to one session, found by uuid or unique prefix; gives it as it is then, or as it last was. */
export async function actOnSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  name: SessionActName,
  id: string,
): Promise<Session> {
  const act: SessionAct = sessionActs[name]
  requireRole(viewer, access, act.permission)
  return store.$transaction(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    requireOwnership(viewer, access, session, act.permission)
    act.allow?.(session)
    if (act.isDone(session)) return session
    const sets = act.sets(viewer)
    if (sets !== null) return updateSessionRow(db, session, sets)
    await deleteSessionRows(db, session.organizationId, [session.id])
    return session
  })
}
