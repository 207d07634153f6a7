import type { GroupStatus } from '../../db/sql.js'
import type { Issue } from '../../rules/issue.js'
import { MAX_NAME_LENGTH } from '../../rules/limits.js'
import { findMetadataIssues } from '../../rules/metadata.js'
import { findTextIssues } from '../../rules/text.js'

const texts = ['title', 'worker', 'capability', 'capabilityVersion'] as const

/** Every way in which the plain fields of a group break their limits (contract 1.7). */
export function findGroupIssues(
  input: Partial<Record<(typeof texts)[number], string | null>> & { metadata?: unknown },
): Issue[] {
  return [
    ...texts.flatMap((name) => findTextIssues(input[name], [name], MAX_NAME_LENGTH)),
    ...findMetadataIssues(input.metadata, ['metadata']),
  ]
}

/** Whether a group of this status is done, for better or worse. */
export function isTerminal(status: GroupStatus): boolean {
  return status !== 'running'
}
