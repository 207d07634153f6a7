import type { SessionVisibility, Store } from '../../db/sql.js'
import {
  findKeyCountIssues,
  findLabelIssues,
  findReservedChanges,
  fromLabelTexts,
  type Labels,
  replaceLabels,
  reservedLabelKeys,
  toLabelTexts,
} from '../../rules/label.js'
import { forbidden, invalidInput } from '../errors.js'
import type { PlainField } from '../session/field-kinds.js'
import type { Session } from '../session/fields.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import { rememberNames } from '../session/public-id.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { sharing } from './acts.js'
import {
  changedOnly,
  modelAfter,
  plainFields,
  plainOf,
  type SessionChange,
  setsOf,
  updateSessionRow,
} from './change.js'
import { findFieldIssues } from './field-issues.js'
import { requireOwnership, requireRole } from './permissions.js'
import { requireState } from './rights.js'
import { type TitleInput, titleChange } from './title.js'
import { requireUnchanged } from './unchanged.js'

/** A change of a session; absent members stay. Null clears title, agent and model, and leaves the others; so does an empty model. */
export interface UpdateSessionInput extends TitleInput, Partial<Pick<Session, PlainField>> {
  model?: string | null
  /** Replaces all labels but the reserved ones (SES-LBL-042). */
  labels?: Labels | null
  messageCount?: number | null
  /** Sharing is one-way: back to private is `FORBIDDEN` (SES-ACL-005). */
  visibility?: SessionVisibility | null
  /** When the caller last saw the session change; refused when it has changed since. */
  expectedUpdatedAt?: Date | null
}

/** Changes the caller's own session, as a whole or not at all (contract 4.5). */
export async function updateSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  input: UpdateSessionInput,
): Promise<Session> {
  requireRole(viewer, access, 'session:update')
  requireInput(input)
  return store.transact(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    requireOwnership(viewer, access, session, 'session:update')
    requireUnchanged(viewer, session, input.expectedUpdatedAt)
    if (input.visibility === 'private' && session.visibility === 'workspace')
      throw forbidden('A shared session cannot be made private again')
    if (touchesRun(input)) requireState(session, 'updateRun')

    const change = changedOnly(session, toChange(input, session))
    if (change !== null) await rememberNames(db, viewer.organizationId, change)
    const promoted = input.visibility === 'workspace' && session.visibility === 'private'
    const sets = [...(change === null ? [] : setsOf(change)), ...(promoted ? sharing(viewer) : [])]
    return sets.length === 0
      ? session
      : updateSessionRow(db, { viewer, act: 'update_session' }, session, sets)
  })
}

function requireInput(input: UpdateSessionInput): void {
  const editable = Object.entries(input.labels ?? {}).filter(([key]) => !reservedLabelKeys.includes(key))
  const [first, ...others] = [
    ...findFieldIssues(input),
    ...findLabelIssues(Object.fromEntries(editable), ['labels']),
  ]
  if (first !== undefined) throw invalidInput(first, ...others)
}

function touchesRun(input: UpdateSessionInput): boolean {
  return [...plainFields, 'model' as const, 'messageCount' as const].some((name) => input[name] !== undefined)
}

function toChange(input: UpdateSessionInput, session: Session): SessionChange {
  const change: SessionChange = { ...titleChange(session, input), ...plainOf(input) }
  if (input.model !== undefined) change.model = modelAfter(session, input.model)
  if (typeof input.messageCount === 'number') change.sentMessageCount = input.messageCount
  if (input.labels) change.labels = editLabels(session, input.labels)
  return change
}

/** The labels of a session after an edit, as stored; refuses to change reserved ones, and too many keys. */
export function editLabels(session: Pick<Session, 'labels'>, next: Labels): string[] {
  const stored = fromLabelTexts(session.labels)
  const [first, ...others] = findReservedChanges(stored, next).map((key) => ({
    path: ['labels', key],
    message: 'This label is reserved and stays as it is',
  }))
  if (first !== undefined) throw invalidInput(first, ...others)
  const labels = replaceLabels(stored, next)
  const [tooMany] = findKeyCountIssues(labels, ['labels'])
  if (tooMany !== undefined) throw invalidInput(tooMany)
  return toLabelTexts(labels)
}
