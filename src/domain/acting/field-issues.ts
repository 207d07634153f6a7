import type { Issue } from '../../rules/issue.js'
import { findIntegerFault } from '../../rules/limits.js'
import { findTextIssues } from '../../rules/text.js'
import type { Field } from '../session/field.js'
import { fieldEntries } from '../session/field-kinds.js'

/** The plain fields of a session that clients write. */
interface WrittenFields {
  title?: string | null
  agent?: string | null
  model?: string | null
  messageCount?: number | null
}

/** Every way in which the plain fields of a session break their limits (contract 1.7). */
export function findFieldIssues(input: WrittenFields): Issue[] {
  const given: Readonly<Record<string, unknown>> = { ...input }
  return fieldEntries
    .filter(([, { written }]) => written === 'always')
    .flatMap(([name, field]) => issuesOf(given[field.input ?? name], field.input ?? name, field))
}

function issuesOf(value: unknown, name: string, { type, maxLength }: Field): Issue[] {
  if (maxLength !== undefined) return findTextIssues(value as string | null | undefined, [name], maxLength)
  const fault = type === 'int' ? findIntegerFault(value as number | null | undefined) : null
  return fault === null ? [] : [{ path: [name], message: fault }]
}
