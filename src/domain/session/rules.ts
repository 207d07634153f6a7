import type { Issue } from '../errors.js'
import { findTextIssues } from '../text.js'

export const MAX_NAME_LENGTH = 255
const MAX_INT = 2_147_483_647

/** Every way in which the plain fields of a session break their limits (contract 1.7). */
export function findFieldIssues(input: {
  title?: string | null
  agent?: string | null
  model?: string | null
  messageCount?: number | null
}): Issue[] {
  return [
    ...findTextIssues(input.title, ['title'], MAX_NAME_LENGTH),
    ...findTextIssues(input.agent, ['agent'], MAX_NAME_LENGTH),
    ...findTextIssues(input.model, ['model'], MAX_NAME_LENGTH),
    ...findIntegerIssues(input.messageCount, ['messageCount']),
  ]
}

/** A number that is no integer of 0..2,147,483,647. */
export function findIntegerIssues(
  value: number | null | undefined,
  path: readonly (string | number)[],
): Issue[] {
  if (value === null || value === undefined) return []
  return Number.isInteger(value) && value >= 0 && value <= MAX_INT
    ? []
    : [{ path, message: `Takes 0 to ${MAX_INT}` }]
}
