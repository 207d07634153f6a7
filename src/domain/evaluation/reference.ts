import { type Db, type Sql, type Store, sql } from '../../db/sql.js'
import { hyphenate, parseUuidPrefix, uuidRange } from '../../rules/uuid.js'
import { updateSessionRow } from '../acting/change.js'
import { requireRole } from '../acting/permissions.js'
import { requireRight } from '../acting/rights.js'
import { conflict, notFound } from '../errors.js'
import type { Session } from '../session/fields.js'
import { type SessionScope, scopeOf, visibleIn } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import { sessionColumns } from '../session/select-list.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'

/** What a session was run for in an evaluation (contract 8); the ids are the evaluation service's own. */
export interface EvaluationRef {
  evaluationId: string
  itemId: string | null
  attemptId: string | null
}

/** The reference that a session carries; null when unset. */
export function evaluationRefOf({
  evaluationId,
  evaluationItemId,
  evaluationAttemptId,
}: Pick<Session, 'evaluationId' | 'evaluationItemId' | 'evaluationAttemptId'>): EvaluationRef | null {
  return evaluationId === null
    ? null
    : { evaluationId, itemId: evaluationItemId, attemptId: evaluationAttemptId }
}

/**
 * Sets the reference of the caller's own session of origin eval, or clears it by null; frozen ones take it too.
 * `CONFLICT` for another origin; while a reference is set, the session cannot be deleted (contract 8).
 */
export async function setEvaluationRef(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  ref: EvaluationRef | null,
): Promise<Session> {
  requireRole(viewer, access, 'evaluation:refer')
  return store.transact(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    requireRight(viewer, access, session, 'setEvaluationRef')
    if (isSame(evaluationRefOf(session), ref)) return session
    return updateSessionRow(db, { viewer, act: 'set_evaluation_ref' }, session, [
      sql`evaluation_id = ${ref?.evaluationId ?? null}::uuid`,
      sql`evaluation_item_id = ${ref?.itemId ?? null}::uuid`,
      sql`evaluation_attempt_id = ${ref?.attemptId ?? null}::uuid`,
    ])
  })
}

/** The visible session of an evaluation's item, the newest when there are several; `NOT_FOUND` without one. */
export async function getEvaluationSession(
  db: Db,
  scope: SessionScope,
  { evaluationId, itemId }: { evaluationId: string; itemId: string },
): Promise<Session> {
  const [session] = await db.$queryRaw<Session[]>(sql`
    select ${sessionColumns} from sessions s
    where ${visibleIn(scope)} and s.evaluation_id = ${evaluationId}::uuid and s.evaluation_item_id = ${itemId}::uuid
    order by s.created_at desc, s.id desc limit 1`)
  if (session === undefined) throw notFound('Session')
  return session
}

/**
 * As `getEvaluationSession`, with the two ids as uuids or unique prefixes of 4 to 31 hex digits, the evaluation's among those
 * that visible sessions refer to and the item's among those of that evaluation. `CONFLICT` when several begin so.
 */
export async function getEvaluationSessionByPrefix(
  db: Db,
  scope: SessionScope,
  { evaluation, item }: { evaluation: string; item: string },
): Promise<Session> {
  const evaluationId = await findReferred(db, scope, 'evaluation', evaluation, sql`true`)
  const of = sql`s.evaluation_id = ${evaluationId}::uuid`
  return getEvaluationSession(db, scope, {
    evaluationId,
    itemId: await findReferred(db, scope, 'item', item, of),
  })
}

const referred = {
  evaluation: { column: sql`s.evaluation_id`, name: 'Evaluation', plural: 'evaluations' },
  item: { column: sql`s.evaluation_item_id`, name: 'Item', plural: 'items' },
}

/** The whole uuid of the evaluation, or of the item, that this one names. */
async function findReferred(
  db: Db,
  scope: SessionScope,
  what: keyof typeof referred,
  id: string,
  condition: Sql,
): Promise<string> {
  const hex = parseUuidPrefix(id)
  if (hex === null) throw notFound('Session')
  if (hex.length === 32) return hyphenate(hex)
  const { column, name, plural } = referred[what]
  const [lowest, highest] = uuidRange(hex)
  const found = await db.$queryRaw<{ id: string }[]>(sql`
    select distinct ${column} as id from sessions s
    where ${visibleIn(scope)} and ${condition} and ${column} between ${lowest}::uuid and ${highest}::uuid`)
  const [only, another] = found
  if (only === undefined) throw notFound('Session')
  if (another !== undefined) throw conflict(`${name} id prefix is ambiguous: ${found.length} ${plural} match`)
  return only.id
}

/** Uuids are the same in any case. */
function isSame(a: EvaluationRef | null, b: EvaluationRef | null): boolean {
  const members = ['evaluationId', 'itemId', 'attemptId'] as const
  return members.every((name) => a?.[name]?.toLowerCase() === b?.[name]?.toLowerCase())
}
