import { type Db, type Store, sql } from '../../db/prisma.js'
import { DomainError, invalidInput, notFound } from '../errors.js'
import { parseUuid } from '../uuid.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { type SessionAct, type SessionActName, sessionActs } from './acts.js'
import { type Session, sessionColumns } from './columns.js'
import { type SessionScope, scopeOf, visibleIn } from './filter.js'
import { requireOwnership, requireRole } from './permissions.js'

export interface ActOutcome {
  id: string
  /** The session as it is now, or as it last was; null when refused. */
  session: Session | null
  /** Why not; null when done. */
  refusal: DomainError | null
}

const MAX_IDS = 200

/**
 * Does an act to many sessions, best effort: one outcome an id, in the order of the ids, duplicates once
 * (SES-FRZ-013, SES-VIS-008, SES-DEL-004). One transaction and two statements for any number.
 */
export async function actOnSessions(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  name: SessionActName,
  ids: readonly string[],
): Promise<ActOutcome[]> {
  const act: SessionAct = sessionActs[name]
  requireRole(viewer, access, act.permission)
  const wanted = readIds(ids)
  return store.$transaction(async (db) => {
    const locked = await lockSessions(db, scopeOf(viewer, [access]), wanted)
    const found = new Map(locked.map((session) => [session.id, session]))
    const outcomes = wanted.map((id) => decide(act, viewer, access, id, found.get(id)))
    const due = outcomes.flatMap(({ session }) => (session !== null && !act.isDone(session) ? [session] : []))
    const written = due.length === 0 ? [] : await act.write(db, due, viewer)
    const changed = new Map(written.map((session) => [session.id, session]))
    return outcomes.map((outcome) => ({ ...outcome, session: changed.get(outcome.id) ?? outcome.session }))
  })
}

function readIds(ids: readonly string[]): string[] {
  if (ids.length < 1 || ids.length > MAX_IDS)
    throw invalidInput({ path: ['ids'], message: `Takes 1 to ${MAX_IDS} ids` })
  return [
    ...new Set(
      ids.map((text, index) => {
        const id = parseUuid(text)
        if (id === null) throw invalidInput({ path: ['ids', index], message: 'Takes a uuid' })
        return id
      }),
    ),
  ]
}

/** Locks in one order whatever the caller's, so that two bulk calls never wait for each other. */
function lockSessions(db: Db, scope: SessionScope, ids: readonly string[]): Promise<Session[]> {
  return db.$queryRaw<Session[]>(sql`
    select ${sessionColumns} from sessions s
    where ${visibleIn(scope)} and s.id = any(${[...ids]}::uuid[]) order by s.id for update`)
}

function decide(
  act: SessionAct,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  session: Session | undefined,
): ActOutcome {
  try {
    if (session === undefined) throw notFound('Session')
    requireOwnership(viewer, access, session, act.permission)
    act.allow?.(session)
    return { id, session, refusal: null }
  } catch (error) {
    if (error instanceof DomainError) return { id, session: null, refusal: error }
    throw error
  }
}
