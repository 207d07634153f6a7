import type { Issue } from '../../rules/issue.js'
import { findMetadataIssues } from '../../rules/metadata.js'
import { findTextIssues } from '../../rules/text.js'
import { invalidInput } from '../errors.js'

const MAX_NAME_LENGTH = 100
const MAX_FILTER_BYTES = 16_384

/** Saved filters that one user may have in a workspace. */
export const MAX_FILTERS = 200

/** Refuses a name that is blank or longer than 100 characters, and a filter of more than 16 KiB as JSON. */
export function requireSound(name: string, filter: unknown): void {
  const [issue, ...issues]: Issue[] = [
    ...findTextIssues(name, ['name'], MAX_NAME_LENGTH),
    ...(name.trim() === '' ? [{ path: ['name'], message: 'Takes at least 1 character' }] : []),
    ...(Buffer.byteLength(JSON.stringify(filter)) > MAX_FILTER_BYTES
      ? [{ path: ['filter'], message: `At most ${MAX_FILTER_BYTES} bytes of JSON` }]
      : findMetadataIssues(filter, ['filter'])),
  ]
  if (issue !== undefined) throw invalidInput(issue, ...issues)
}
