import type { Store } from '../../db/sql.js'
import { findLabelIssues, type Labels } from '../../rules/label.js'
import { invalidInput } from '../errors.js'
import type { Session } from '../session/fields.js'
import { scopeOf } from '../session/filter.js'
import { lockSession } from '../session/find.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { type SessionChange, setsOf, updateSessionRow } from './change.js'
import { findFieldIssues } from './field-issues.js'
import { requireRole } from './permissions.js'
import { requireRight } from './rights.js'
import { type TitleInput, titleChange } from './title.js'
import { editLabels } from './update.js'

/** Absent and null members leave what is stored; labels replace all but the reserved ones. */
export interface AnnotateSessionInput extends TitleInput {
  labels?: Labels | null
  /** When the caller last saw the session change; refused when it has changed since. */
  expectedUpdatedAt?: Date | null
}

/**
 * Sets title and labels of any visible session, frozen and archived ones too, by any writer (contract everruns, 5.4).
 * Unlike an update it always moves `updatedAt`.
 */
export async function annotateSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  { title, titleSource, labels, expectedUpdatedAt }: AnnotateSessionInput,
): Promise<Session> {
  requireRole(viewer, access, 'session:annotate')
  const [first, ...others] = [...findFieldIssues({ title }), ...findLabelIssues(labels ?? {}, ['labels'])]
  if (first !== undefined) throw invalidInput(first, ...others)
  return store.transact(async (db) => {
    const session = await lockSession(db, scopeOf(viewer, [access]), id)
    requireRight(viewer, access, session, 'annotate', expectedUpdatedAt)
    const change: SessionChange = {
      ...titleChange(session, { title: title ?? undefined, titleSource }),
      ...(labels ? { labels: editLabels(session, labels) } : {}),
    }
    return updateSessionRow(db, { viewer, act: 'annotate_session' }, session, setsOf(change))
  })
}
