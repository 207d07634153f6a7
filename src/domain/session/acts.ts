import { type Db, type Sql, type Store, sql } from '../../db/prisma.js'
import { conflict } from '../errors.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { updateSessionRows } from './change.js'
import type { Session } from './columns.js'
import { scopeOf } from './filter.js'
import { lockSession } from './find.js'
import { type Permission, requireOwnership, requireRole } from './permissions.js'

/** Something done to a session that needs nothing but the session; repeating it changes nothing. */
export interface SessionAct {
  permission: Permission
  /** Throws when the state of the session forbids it. */
  allow?: (session: Session) => void
  /** Whether it is done already. */
  isDone: (session: Session) => boolean
  write: (db: Db, sessions: readonly Session[], viewer: Viewer) => Promise<Session[]>
}

const setting =
  (sets: (viewer: Viewer) => readonly Sql[]): SessionAct['write'] =>
  (db, sessions, viewer) =>
    updateSessionRows(db, sessions, sets(viewer))

/** Every act is declared here and nowhere else; single and bulk calls follow the same rows. */
export const sessionActs = {
  /** An archived session keeps its first stamp (SES-ARC-002). */
  archive: {
    permission: 'session:archive',
    isDone: ({ archivedAt }) => archivedAt !== null,
    write: setting(() => [sql`archived_at = now()`]),
  },
  unarchive: {
    permission: 'session:archive',
    isDone: ({ archivedAt }) => archivedAt === null,
    write: setting(() => [sql`archived_at = null`]),
  },
  /** A frozen session keeps its first stamp and cause (SES-FRZ-004). */
  freeze: {
    permission: 'session:freeze',
    isDone: ({ frozenAt }) => frozenAt !== null,
    write: setting(() => [sql`frozen_at = now()`, sql`frozen_by = 'user'`]),
  },
  /** One-way; a shared session keeps when and by whom it was shared. */
  share: {
    permission: 'session:share',
    isDone: ({ visibility }) => visibility === 'workspace',
    write: setting(sharing),
  },
  /** For good, with the transcript and all pins; not while an evaluation refers to it. */
  delete: {
    permission: 'session:delete',
    allow: ({ evaluationId }) => {
      if (evaluationId !== null) throw conflict('The session is referenced by an evaluation')
    },
    isDone: () => false,
    write: deleteRows,
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
    const [changed] = await act.write(db, [session], viewer)
    return changed ?? session
  })
}

async function deleteRows(db: Db, sessions: readonly Session[]): Promise<Session[]> {
  const ids = sessions.map(({ id }) => id)
  await db.$executeRaw(sql`
    delete from sessions s
    where s.organization_id = ${sessions[0]?.organizationId}::uuid and s.id = any(${ids}::uuid[])`)
  return [...sessions]
}
