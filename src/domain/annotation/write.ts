import { randomUUID } from 'node:crypto'
import { type Db, type Sql, type Store, sql } from '../../db/sql.js'
import { updateSessionRow } from '../acting/change.js'
import { requireOwnership, requireRole } from '../acting/permissions.js'
import type { ActName } from '../audit/acts.js'
import { invalidInput, notFound } from '../errors.js'
import type { Session } from '../session/fields.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { annotationColumns, findAnnotation, type StoredAnnotation } from './find.js'
import { type AnnotationValues, requireSound, type Source } from './rules.js'
import { summarySets } from './summary.js'

/** What a client sends to annotate a session, or a message of it. */
export interface CreateAnnotationInput extends AnnotationValues {
  /** Uuid of a message of the session; absent and null annotate the session itself. */
  messageId?: string | null
  name: string
  source: Source
}

/** What a write gives: the annotation, and the session, which it moves. */
export interface Annotated {
  annotation: StoredAnnotation
  session: Session
}

/**
 * Annotates a visible session or a message of it, frozen and archived ones too. `FORBIDDEN` below WRITE, `NOT_FOUND` for an
 * unknown message, `INVALID_INPUT` for texts over their limits and where score, label and note are all missing.
 */
export async function createAnnotation(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  sessionId: string,
  input: CreateAnnotationInput,
): Promise<Annotated> {
  requireRole(viewer, access, 'annotation:create')
  requireSound(input)
  return change(store, viewer, access, sessionId, 'create_annotation', async (db, session) => {
    const { organizationId, id } = session
    const { messageId = null, name, source, score = null, label = null, note = null } = input
    if (messageId !== null) await requireMessage(db, session, messageId)
    const [annotation] = await db.$queryRaw<StoredAnnotation[]>(sql`
      insert into annotations as a (organization_id, session_id, id, message_id, name, source, score, label, note, created_by_id)
      values (${organizationId}::uuid, ${id}::uuid, ${randomUUID()}::uuid, ${messageId}::uuid, ${name}, ${source},
        ${score}::text::numeric, ${label}, ${note}, ${viewer.userId}::uuid)
      returning ${annotationColumns}`)
    return annotation
  })
}

/** Changes one's own annotation, or as an admin anybody's; absent members stay, null clears. `FORBIDDEN` for others. */
export async function updateAnnotation(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  sessionId: string,
  id: string,
  input: AnnotationValues,
): Promise<Annotated> {
  requireRole(viewer, access, 'annotation:edit')
  return change(store, viewer, access, sessionId, 'update_annotation', async (db, session) => {
    const stored = await lockOwn(db, viewer, access, session, id)
    const { name, score, label, note } = { ...stored, ...definedOf(input) }
    requireSound({ name, score, label, note })
    const [annotation] = await db.$queryRaw<StoredAnnotation[]>(sql`
      update annotations a set score = ${score}::text::numeric, label = ${label}, note = ${note},
        updated_at = moment_after(a.updated_at, now())
      where ${one(session, id)} returning ${annotationColumns}`)
    return annotation
  })
}

/** Deletes one's own annotation, or as an admin anybody's; gives it as it last was. */
export async function deleteAnnotation(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  sessionId: string,
  id: string,
): Promise<Annotated> {
  requireRole(viewer, access, 'annotation:edit')
  return change(store, viewer, access, sessionId, 'delete_annotation', async (db, session) => {
    const stored = await lockOwn(db, viewer, access, session, id)
    await db.$executeRaw(sql`delete from annotations a where ${one(session, id)}`)
    return stored
  })
}

/** Writes under the lock of the session, and moves it, which tells live streams and leaves the entry of the audit. */
function change(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  sessionId: string,
  act: ActName,
  write: (db: Db, session: Session) => Promise<StoredAnnotation | undefined>,
): Promise<Annotated> {
  return store.transact(async (db) => {
    const locked = await lockSession(db, scopeOf(viewer, [access]), sessionId)
    const annotation = await write(db, locked)
    if (annotation === undefined) throw new Error('An annotation was not written')
    const summary = summarySets(locked, sql`true`)
    return { annotation, session: await updateSessionRow(db, { viewer, act }, locked, summary) }
  })
}

async function lockOwn(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  session: Session,
  id: string,
): Promise<StoredAnnotation> {
  const stored = await findAnnotation(db, session, id, sql`for update`)
  if (stored === null) throw notFound('Annotation')
  requireOwnership(viewer, access, { ownerId: stored.createdById ?? '' }, 'annotation:edit')
  return stored
}

async function requireMessage(db: Db, { organizationId, id }: Session, messageId: string): Promise<void> {
  const [found] = await db.$queryRaw<unknown[]>(sql`
    select 1 from messages m where m.organization_id = ${organizationId}::uuid and m.session_id = ${id}::uuid
      and m.id = ${messageId}::uuid for key share`)
  if (found === undefined) throw notFound('Message')
}

const one = ({ organizationId, id: sessionId }: Session, id: string): Sql =>
  sql`a.organization_id = ${organizationId}::uuid and a.session_id = ${sessionId}::uuid and a.id = ${id}::uuid`

function definedOf({
  score,
  label,
  note,
}: AnnotationValues): Partial<Record<'score' | 'label' | 'note', string | null>> {
  if (score === undefined && label === undefined && note === undefined)
    throw invalidInput({ path: ['score'], message: 'Takes a score, a label or a note to change' })
  return Object.fromEntries(Object.entries({ score, label, note }).filter(([, value]) => value !== undefined))
}
