import { type Db, type Store, sql } from '../../db/prisma.js'
import { DomainError, invalidInput, notFound } from '../errors.js'
import { parseUuid } from '../uuid.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { type ActSubject, type SessionAct, type SessionActName, sessionActs } from './acts.js'
import { deleteSessionRows, updateSessionRows } from './change.js'
import { type SessionScope, scopeOf, visibleIn } from './filter.js'
import { requireOwnership, requireRole } from './permissions.js'

export interface ActOutcome {
  id: string
  /** Why not; null when it is done, now or before. */
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
    const locked = await lockSubjects(db, scopeOf(viewer, [access]), wanted)
    const found = new Map(locked.map((session) => [session.id, session]))
    const outcomes = wanted.map((id) => ({ id, refusal: findRefusal(act, viewer, access, found.get(id)) }))
    const due = outcomes.flatMap(({ id, refusal }) => {
      const session = found.get(id)
      return refusal === null && session !== undefined && !act.isDone(session) ? [id] : []
    })
    if (due.length > 0) await write(db, viewer, act, due)
    return outcomes
  })
}

async function write(db: Db, viewer: Viewer, act: SessionAct, ids: readonly string[]): Promise<void> {
  const sets = act.sets(viewer)
  if (sets === null) await deleteSessionRows(db, viewer.organizationId, ids)
  else await updateSessionRows(db, viewer.organizationId, ids, sets)
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
function lockSubjects(db: Db, scope: SessionScope, ids: readonly string[]): Promise<ActSubject[]> {
  return db.$queryRaw<ActSubject[]>(sql`
    select s.id, s.organization_id as "organizationId", s.owner_id as "ownerId", s.visibility,
      s.archived_at as "archivedAt", s.frozen_at as "frozenAt", s.evaluation_id as "evaluationId"
    from sessions s where ${visibleIn(scope)} and s.id = any(${[...ids]}::uuid[]) order by s.id for update`)
}

function findRefusal(
  act: SessionAct,
  viewer: Viewer,
  access: WorkspaceAccess,
  session: ActSubject | undefined,
): DomainError | null {
  try {
    if (session === undefined) throw notFound('Session')
    requireOwnership(viewer, access, session, act.permission)
    act.allow?.(session)
    return null
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}
