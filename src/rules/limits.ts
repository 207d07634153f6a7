import type { Issue } from './issue.js'
import { findTextIssues } from './text.js'

export const MAX_NAME_LENGTH = 255
const MAX_INT = 2_147_483_647

/** Every way in which the plain fields of a session break their limits (contract 1.7). */
export function findFieldIssues(input: {
  title?: string | null
  agent?: string | null
  model?: string | null
  messageCount?: number | null
}): Issue[] {
  const countFault = findIntegerFault(input.messageCount)
  return [
    ...findTextIssues(input.title, ['title'], MAX_NAME_LENGTH),
    ...findTextIssues(input.agent, ['agent'], MAX_NAME_LENGTH),
    ...findTextIssues(input.model, ['model'], MAX_NAME_LENGTH),
    ...(countFault === null ? [] : [{ path: ['messageCount'], message: countFault }]),
  ]
}

/** What is wrong with a number that is no integer of 0..2,147,483,647; null when nothing is. */
export function findIntegerFault(value: number | null | undefined): string | null {
  if (value === null || value === undefined) return null
  return Number.isInteger(value) && value >= 0 && value <= MAX_INT ? null : `Takes 0 to ${MAX_INT}`
}
