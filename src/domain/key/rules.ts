import type { Issue } from '../../rules/issue.js'
import { findTextIssues } from '../../rules/text.js'
import { invalidInput } from '../errors.js'
import { type KeyScope, sessionScopes, type Viewer } from '../viewer.js'

const MAX_NAME = 100

/** What a client sends to make a key. */
export interface CreateKeyInput {
  name: string
  scopes: readonly string[]
  /** Null and absent: with the key that asks, or never. */
  expiresAt?: Date | null | undefined
  /** Whether it has no user, and so owns nothing; absent and null: it is the viewer's own. */
  service?: boolean | null | undefined
}

/** What is wrong with the name of a key. */
export function findNameIssues(name: string): Issue[] {
  const path = ['name']
  const empty = name.trim() === '' ? [{ path, message: 'Takes a name' }] : []
  return [...findTextIssues(name, path, MAX_NAME), ...empty]
}

/**
 * The scopes of a key that may be made; `INVALID_INPUT` names what breaks a rule. No key makes one that is good for more than
 * itself, nor for more than sessions, or that lasts beyond its own end.
 */
export function requireSoundKey(
  { scopes: held, end = null }: Pick<Viewer, 'scopes'> & { end?: Date | null },
  { name, scopes, expiresAt }: CreateKeyInput,
): KeyScope[] {
  const issues = findNameIssues(name)
  const wanted = sessionScopes.filter((scope) => scopes.includes(scope))
  const unknown = scopes.find((scope) => !sessionScopes.some((each) => each === scope))
  const missing = wanted.find((scope) => !held.has(scope))
  if (wanted.length === 0 || unknown !== undefined)
    issues.push({ path: ['scopes'], message: `Takes one or more of ${sessionScopes.join(', ')}` })
  else if (missing !== undefined)
    issues.push({ path: ['scopes'], message: `The key that asks has no scope ${missing} to pass on` })
  if (expiresAt != null && expiresAt.getTime() <= Date.now())
    issues.push({ path: ['expiresAt'], message: 'Takes a time to come' })
  if (expiresAt != null && end !== null && expiresAt > end)
    issues.push({ path: ['expiresAt'], message: 'The key that asks ends before' })
  const [first, ...others] = issues
  if (first !== undefined) throw invalidInput(first, ...others)
  return wanted
}
