import { type Db, prepare, type Store, sql } from '../../db/sql.js'
import {
  findKeyCountIssues,
  findLabelIssues,
  fromLabelTexts,
  type Labels,
  replaceLabels,
  toLabelTexts,
} from '../../rules/label.js'
import { findPastIssues } from '../../rules/past.js'
import { conflict, invalidInput } from '../errors.js'
import type { Session } from '../session/fields.js'
import { scopeOf } from '../session/filter.js'
import { rememberNames } from '../session/public-id.js'
import { sessionColumns } from '../session/select-list.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { changedOnly, modelAfter, plainOf, type SessionChange, setsOf, updateSessionRow } from './change.js'
import { findFieldIssues } from './field-issues.js'
import { insertSession, type NewSession } from './insert.js'
import { requireScope, requireUser } from './permissions.js'
import { requireReferences } from './references.js'
import { requireState } from './rights.js'
import { titleChange } from './title.js'
import { requireUnchanged } from './unchanged.js'

/** What a client sends to create a session, or to repeat itself; absent and null members leave what is stored. */
export interface SaveSessionInput extends NewSession {
  /** When the caller last saw the session change; refused when it has changed since, or is not there. */
  expectedUpdatedAt?: Date | null
  /** Only says what the call would do: all is checked, and nothing is changed. */
  dryRun?: boolean | null
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
  const ownerId = requireUser(viewer, access, 'session:save')
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
    const session = await insertSession(db, viewer, access, ownerId, input)
    return session === null ? null : { session, outcome: 'CREATED' }
  }
  const change = changedOnly(stored, toChange(input, stored))
  if (change === null) return { session: stored, outcome: 'UNCHANGED' }
  return {
    session: await updateSessionRow(db, { viewer, act: 'save_session' }, stored, setsOf(change)),
    outcome: 'UPDATED',
  }
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
    ...withoutNulls(plainOf(input)),
  }
  if (input.createdAt && input.createdAt < stored.createdAt) change.createdAt = input.createdAt
  if (typeof input.messageCount === 'number') change.sentMessageCount = input.messageCount
  if (input.projectId) change.projectId = input.projectId
  if (input.runtimeId) change.runtimeId = input.runtimeId
  if (input.groupId) change.groupId = input.groupId
  if (input.labels)
    change.labels = toLabelTexts(requireKeyCount(replaceLabels(fromLabelTexts(stored.labels), input.labels)))
  return change
}

function withoutNulls(change: SessionChange): SessionChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null))
}

function requireKeyCount(labels: Labels): Labels {
  const [issue] = findKeyCountIssues(labels, ['labels'])
  if (issue !== undefined) throw invalidInput(issue)
  return labels
}
