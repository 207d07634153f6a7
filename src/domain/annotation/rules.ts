import type { Issue } from '../../rules/issue.js'
import { findTextIssues } from '../../rules/text.js'
import { invalidInput } from '../errors.js'

/** Who annotates: people, models that judge, rules that check. */
export type Source = 'person' | 'model' | 'rule'

/** What an annotation says. */
export interface AnnotationValues {
  /** A decimal number as text: up to 20 digits before the point and 12 behind it. */
  score?: string | null
  label?: string | null
  note?: string | null
}

const MAX_NAME_LENGTH = 100
const MAX_LABEL_LENGTH = 256
const MAX_NOTE_LENGTH = 10_000
const decimal = /^-?\d{1,20}(\.\d{1,12})?$/

/** Refuses texts over their limits, a score that is no decimal, and an annotation that says nothing. */
export function requireSound({ name, score, label, note }: AnnotationValues & { name: string }): void {
  const [issue, ...issues]: Issue[] = [
    ...findTextIssues(name, ['name'], MAX_NAME_LENGTH),
    ...(/\p{Cc}/u.test(name) ? [{ path: ['name'], message: 'Takes no control characters' }] : []),
    ...(name.trim() === '' ? [{ path: ['name'], message: 'Takes at least 1 character' }] : []),
    ...(typeof score === 'string' && !decimal.test(score)
      ? [{ path: ['score'], message: 'Takes a decimal number such as 0.75' }]
      : []),
    ...(typeof label === 'string' ? findTextIssues(label, ['label'], MAX_LABEL_LENGTH) : []),
    ...(typeof note === 'string' ? findTextIssues(note, ['note'], MAX_NOTE_LENGTH) : []),
    ...(score == null && !label && !note
      ? [{ path: ['score'], message: 'Takes a score, a label or a note' }]
      : []),
  ]
  if (issue !== undefined) throw invalidInput(issue, ...issues)
}
