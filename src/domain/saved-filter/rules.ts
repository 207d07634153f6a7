import type { Issue } from '../../rules/issue.js'
import { findMetadataIssues } from '../../rules/metadata.js'
import { findTextIssues } from '../../rules/text.js'
import { invalidInput } from '../errors.js'

const MAX_NAME_LENGTH = 100
const MAX_FILTER_BYTES = 16_384
const MAX_VIEW_LENGTH = 8192

/** Saved filters that one user may have in a workspace. */
export const MAX_FILTERS = 200

interface Sound {
  name: string
  filter: unknown
  view?: string | null
}

/**
 * Refuses a name that is blank or longer than 100 characters, a filter of more than 16 KiB as JSON, and a view of more
 * than 8192 characters.
 */
export function requireSound({ name, filter, view }: Sound): void {
  const [issue, ...issues]: Issue[] = [
    ...findTextIssues(name, ['name'], MAX_NAME_LENGTH),
    ...(name.trim() === '' ? [{ path: ['name'], message: 'Takes at least 1 character' }] : []),
    ...(view == null ? [] : findTextIssues(view, ['view'], MAX_VIEW_LENGTH)),
    ...(Buffer.byteLength(JSON.stringify(filter)) > MAX_FILTER_BYTES
      ? [{ path: ['filter'], message: `At most ${MAX_FILTER_BYTES} bytes of JSON` }]
      : findMetadataIssues(filter, ['filter'])),
  ]
  if (issue !== undefined) throw invalidInput(issue, ...issues)
}
