import { type Db, type Store, sql } from '../../db/sql.js'
import { parseUuid } from '../../rules/uuid.js'
import type { AuditedAct } from '../audit/note.js'
import { noteRefused } from '../audit/refuse.js'
import { DomainError, invalidInput, notFound } from '../errors.js'
import type { Session } from '../session/fields.js'
import { scopeOf, visibleIn } from '../session/filter.js'
import { sessionColumns } from '../session/select-list.js'
import { Slices } from '../slices.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { auditedActOf, type SessionAct, type SessionActName, sessionActs } from './acts.js'
import { deleteSessionRows, updateSessionRows } from './change.js'
import { requireRole } from './permissions.js'
import { requireRight, type SessionRight, sessionRights } from './rights.js'

/** What became of one session of a bulk call: it changed, it was so already, or it was refused. */
export interface BulkOutcome {
  id: string
  result: 'DONE' | 'UNCHANGED' | 'REFUSED'
  /** Why it was refused; null otherwise. */
  refusal: DomainError | null
}

const MAX_IDS = 200

/**
 * Does an act to many sessions, best effort: one outcome an id, in the order of the ids, duplicates once
 * (SES-FRZ-013, SES-VIS-008, SES-DEL-004). One transaction and two statements for any number.
 */
export function actOnSessions(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  name: SessionActName,
  ids: readonly string[],
): Promise<BulkOutcome[]> {
  const act: SessionAct = sessionActs[name]
  const audited = auditedActOf(viewer, name)
  return changeEach(store, audited, access, name, ids, {
    plan: (session) => (act.isDone(session) ? null : session.id),
    write: async (db, due) => {
      const sets = act.sets(viewer)
      if (sets === null) await deleteSessionRows(db, audited, due)
      else await updateSessionRows(db, audited, due, sets)
    },
  })
}

/** How a bulk call changes its sessions. */
export interface BulkChange<Planned> {
  /** What it will write for a session; null when nothing changes. Throws what refuses it. */
  plan: (session: Session) => Planned | null
  /** Writes everything planned in a fixed number of statements, each with its entry of the audited. */
  write: (db: Db, planned: Planned[]) => Promise<void>
}

/**
 * Changes many sessions by one right, best effort: one outcome an id, in their order, duplicates once.
 * Takes 1 to 200 uuids; a viewer whose role or key cannot do this at all is refused as a whole.
 */
export async function changeEach<Planned>(
  store: Store,
  audited: AuditedAct,
  access: WorkspaceAccess,
  right: SessionRight,
  ids: readonly string[],
  { plan, write }: BulkChange<Planned>,
): Promise<BulkOutcome[]> {
  const { viewer } = audited
  requireRole(viewer, access, sessionRights[right].permission)
  const wanted = readIds(ids)
  return store.transact(async (db) => {
    // Locks in one order whatever the caller's, so that two bulk calls never wait for each other.
    const locked = await db.$queryRaw<Session[]>(sql`
      select ${sessionColumns} from sessions s
      where ${visibleIn(scopeOf(viewer, [access]))} and s.id = any(${wanted}::uuid[]) order by s.id for update`)
    const found = new Map(locked.map((session) => [session.id, session]))
    const due: Planned[] = []
    const outcomeOf = (id: string): BulkOutcome => {
      try {
        const session = found.get(id)
        if (session === undefined) throw notFound('Session')
        requireRight(viewer, access, session, right)
        const planned = plan(session)
        if (planned === null) return { id, result: 'UNCHANGED', refusal: null }
        due.push(planned)
        return { id, result: 'DONE', refusal: null }
      } catch (error) {
        if (error instanceof DomainError) return { id, result: 'REFUSED', refusal: error }
        throw error
      }
    }
    const outcomes: BulkOutcome[] = []
    // A session has up to 2,048 labels.
    const slices = new Slices()
    for (const id of wanted) {
      outcomes.push(outcomeOf(id))
      if (slices.isOver) await slices.rest()
    }
    if (due.length > 0) await write(db, due)
    await noteRefused(db, audited, refusedOf(outcomes, access))
    return outcomes
  })
}

/** What a bulk call was refused, for entries of the audit. */
export function refusedOf(outcomes: readonly BulkOutcome[], { workspaceId }: WorkspaceAccess) {
  return outcomes.flatMap(({ id, refusal }) =>
    refusal === null ? [] : [{ id, workspaceId, code: refusal.code }],
  )
}

/** The canonical uuids of a bulk call, duplicates once; refuses none at all and more than 200. */
export function readIds(ids: readonly string[]): string[] {
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
