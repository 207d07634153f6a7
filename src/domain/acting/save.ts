import {
  type Db,
  prepare,
  type SessionOrigin,
  type SessionVisibility,
  type Sql,
  type Store,
  sql,
} from '../../db/prisma.js'
import {
  findKeyCountIssues,
  findLabelIssues,
  fromLabelTexts,
  type Labels,
  replaceLabels,
  toLabelTexts,
} from '../../rules/label.js'
import { findFieldIssues } from '../../rules/limits.js'
import { findPastIssues } from '../../rules/past.js'
import { conflict, DomainError, invalidInput } from '../errors.js'
import { type Session, sessionColumns } from '../session/columns.js'
import { scopeOf } from '../session/filter.js'
import { rememberNames } from '../session/public-id.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { changedOnly, modelAfter, type SessionChange, setsOf, updateSessionRow } from './change.js'
import { requireRole, requireScope } from './permissions.js'
import { requireReferences } from './references.js'
import { requireState } from './rights.js'
import { type TitleInput, titleChange } from './title.js'
import { requireUnchanged } from './unchanged.js'

/** What a client sends to create a session, or to repeat itself; absent and null members leave what is stored. */
export interface SaveSessionInput extends TitleInput {
  /** Made by the client; unique in the organization. */
  id: string
  model: string
  agent?: string | null
  messageCount?: number | null
  labels?: Labels | null
  /** Counts at creation only. */
  origin?: SessionOrigin | null
  /** Counts at creation only. */
  visibility?: SessionVisibility | null
  projectId?: string | null
  runtimeId?: string | null
  groupId?: string | null
  /** When it began; counts at creation only, and takes a key of scope `sessions:import`. */
  createdAt?: Date | null
  /** When the caller last saw the session change; refused when it has changed since, or is not there. */
  expectedUpdatedAt?: Date | null
  /** Only says what the call would do: all is checked, and nothing is changed. */
  dryRun?: boolean | null
}

/** What a session may do beyond its agent's own. */
export interface Capability {
  ref: string
  config?: unknown
}

export type SaveOutcome = 'CREATED' | 'UPDATED' | 'UNCHANGED'

/**
 * Creates the session, or updates the caller's own (contract 4.3); repeating a call changes nothing.
 * `CONFLICT` when the id is taken by another owner or workspace, or the session is frozen.
 */
export async function saveSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  input: SaveSessionInput,
): Promise<{ session: Session; outcome: SaveOutcome }> {
  requireRole(viewer, access, 'session:save')
  const ownerId = viewer.userId
  if (ownerId === null) throw new DomainError('FORBIDDEN', 'A key without a user cannot own a session')
  if (input.createdAt) requireScope(viewer, 'session:import')
  requireInput(input)
  const trySaving = (db: Db) => trySave(db, viewer, access, ownerId, input)
  if (input.dryRun) return foresee(store, trySaving)
  const save = () => store.transact(trySaving)
  // A second try follows only when somebody saved the same id between our look and our insert.
  const saved = (await save()) ?? (await save())
  if (saved === null) throw conflict('Session id already in use')
  return saved
}

/** What a save gives, undone. */
class Foreseen extends Error {
  constructor(readonly saved: { session: Session; outcome: SaveOutcome }) {
    super('Foreseen')
  }
}

/** The outcome of a save that is undone at its end. */
async function foresee(
  store: Store,
  save: (db: Db) => Promise<{ session: Session; outcome: SaveOutcome } | null>,
): Promise<{ session: Session; outcome: SaveOutcome }> {
  try {
    await store.transact(async (db) => {
      const saved = await save(db)
      if (saved !== null) throw new Foreseen(saved)
    })
  } catch (error) {
    if (error instanceof Foreseen) return error.saved
    throw error
  }
  throw conflict('Session id already in use')
}

async function trySave(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  ownerId: string,
  input: SaveSessionInput,
): Promise<{ session: Session; outcome: SaveOutcome } | null> {
  const [stored] = await db.$queryRaw<Session[]>(
    prepare(sql`
    select ${sessionColumns} from sessions s
    where s.organization_id = ${viewer.organizationId}::uuid and s.id = ${input.id}::uuid for update`),
  )
  if (stored !== undefined && (stored.ownerId !== ownerId || stored.workspaceId !== access.workspaceId))
    throw conflict('Session id already in use')
  if (stored !== undefined) {
    requireUnchanged(viewer, stored, input.expectedUpdatedAt)
    requireState(stored, 'save')
  } else if (input.expectedUpdatedAt) throw conflict('The session is not there any more')
  await requireReferences(db, scopeOf(viewer, [access]), input, stored)
  await rememberNames(db, viewer.organizationId, input)
  if (stored === undefined) {
    const session = await insertSession(db, access, ownerId, input)
    return session === null ? null : { session, outcome: 'CREATED' }
  }
  const change = changedOnly(stored, toChange(input, stored))
  if (change === null) return { session: stored, outcome: 'UNCHANGED' }
  return { session: await updateSessionRow(db, stored, setsOf(change)), outcome: 'UPDATED' }
}

function requireInput(input: SaveSessionInput): void {
  const labels = input.labels ?? {}
  const [first, ...others] = [
    ...findFieldIssues(input),
    ...findLabelIssues(labels, ['labels']),
    ...findPastIssues(input.createdAt, ['createdAt']),
    ...(['optimization', 'training', 'world'].includes(input.origin ?? 'user')
      ? [{ path: ['origin'], message: 'Takes user, eval or worker' }]
      : []),
  ]
  if (first !== undefined) throw invalidInput(first, ...others)
}

function toChange(input: SaveSessionInput, stored: Session): SessionChange {
  const { title, titleSource } = input
  const change: SessionChange = {
    model: modelAfter(stored, input.model),
    ...titleChange(stored, { title: title ?? undefined, titleSource }),
  }
  if (typeof input.agent === 'string') change.agent = input.agent
  if (typeof input.messageCount === 'number') change.sentMessageCount = input.messageCount
  if (input.projectId) change.projectId = input.projectId
  if (input.runtimeId) change.runtimeId = input.runtimeId
  if (input.groupId) change.groupId = input.groupId
  if (input.labels)
    change.labels = toLabelTexts(requireKeyCount(replaceLabels(fromLabelTexts(stored.labels), input.labels)))
  return change
}

function requireKeyCount(labels: Labels): Labels {
  const [issue] = findKeyCountIssues(labels, ['labels'])
  if (issue !== undefined) throw invalidInput(issue)
  return labels
}

/** Inserts a session; null when the id is taken. */
export async function insertSession(
  db: Db,
  access: WorkspaceAccess,
  ownerId: string,
  input: SaveSessionInput & { capabilities?: readonly Capability[] | null },
): Promise<Session | null> {
  const shared = input.visibility === 'workspace'
  const when: Sql = shared ? sql`now()` : sql`null`
  const [session] = await db.$queryRaw<Session[]>(
    prepare(sql`
    insert into sessions as s (organization_id, id, workspace_id, owner_id, project_id, group_id, runtime_id, title,
      title_source, agent, model, origin, visibility, labels, sent_message_count, capabilities, shared_at,
      shared_by_id, created_at)
    values (${access.organizationId}::uuid, ${input.id}::uuid, ${access.workspaceId}::uuid, ${ownerId}::uuid,
      ${input.projectId ?? null}::uuid, ${input.groupId ?? null}::uuid, ${input.runtimeId ?? null}::uuid,
      ${input.title ?? null}, ${typeof input.title === 'string' ? (input.titleSource ?? 'person') : null}::title_source,
      ${input.agent ?? null}, ${input.model}, ${input.origin ?? 'user'}::session_origin,
      ${input.visibility ?? 'private'}::session_visibility, ${toLabelTexts(input.labels ?? {})}::text[],
      ${input.messageCount ?? 0}::int, ${input.capabilities?.length ? JSON.stringify(input.capabilities) : null}::jsonb, ${when}, ${shared ? ownerId : null}::uuid,
      ${input.createdAt ? sql`least(${input.createdAt}::timestamptz, now())` : sql`now()`})
    on conflict do nothing
    returning ${sessionColumns}`),
  )
  return session ?? null
}
