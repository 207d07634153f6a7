import type { Store } from '../../db/sql.js'
import type { Issue } from '../../rules/issue.js'
import {
  findLabelIssues,
  fromLabelTexts,
  type Labels,
  reservedLabelKeys,
  toLabelTexts,
} from '../../rules/label.js'
import { invalidInput } from '../errors.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { type BulkOutcome, changeEach } from './bulk.js'
import { updateLabelRows } from './change.js'

/** Label values to add and to take away; a key to take away without values goes whole. */
export interface LabelEdit {
  add: Labels
  remove: Labels
}

/**
 * Adds labels to many visible sessions and takes labels from them, frozen and archived ones too, by any writer.
 * Removing comes first. Reserved keys are refused for the whole call, too many keys or values for a session alone.
 */
export function labelSessions(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  ids: readonly string[],
  edit: LabelEdit,
): Promise<BulkOutcome[]> {
  requireEdit(edit)
  const audited = { viewer, act: 'label_session' } as const
  return changeEach(store, audited, access, 'annotate', ids, {
    plan: (session) => {
      const labels = applyEdit(fromLabelTexts(session.labels), edit)
      const [issue, ...issues] = findLabelIssues(labels, ['labels'])
      if (issue !== undefined) throw invalidInput(issue, ...issues)
      const texts = toLabelTexts(labels)
      return texts.join('\0') === session.labels.join('\0') ? null : { id: session.id, labels: texts }
    },
    write: (db, rows) => updateLabelRows(db, audited, rows),
  })
}

function requireEdit({ add, remove }: LabelEdit): void {
  const reserved = (labels: Labels, at: string): Issue[] =>
    Object.keys(labels)
      .filter((key) => reservedLabelKeys.includes(key))
      .map((key) => ({ path: [at, key], message: 'This label is reserved and stays as it is' }))
  const [issue, ...issues] = [
    ...findLabelIssues(add, ['add']),
    ...reserved(add, 'add'),
    ...findLabelIssues(remove, ['remove']),
    ...reserved(remove, 'remove'),
    ...(Object.keys({ ...add, ...remove }).length === 0
      ? [{ path: ['add'], message: 'Takes labels to add or to remove' }]
      : []),
  ]
  if (issue !== undefined) throw invalidInput(issue, ...issues)
}

function applyEdit(stored: Labels, { add, remove }: LabelEdit): Labels {
  const labels = new Map(Object.entries(stored))
  for (const [key, gone] of Object.entries(remove)) {
    const values = labels.get(key) ?? []
    labels.set(key, gone.length === 0 ? [] : values.filter((value) => !gone.includes(value)))
  }
  for (const [key, values] of Object.entries(add)) labels.set(key, [...(labels.get(key) ?? []), ...values])
  return Object.fromEntries(labels)
}
