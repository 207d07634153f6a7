import type { Issue } from '../rules/issue.js'
import type { Session } from './session/fields.js'

/** Every way in which a request can be refused; each face maps a code to its own status and words. */
export const errorCodes = [
  'INVALID_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'PAYLOAD_TOO_LARGE',
  'UPGRADE_REQUIRED',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'TIMED_OUT',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** What a failure carries besides its message. */
export interface ErrorDetails {
  issues?: readonly Issue[]
  retryAfterSeconds?: number
  /** The session as it is, where a change was refused because it is another than expected; only for who may read it. */
  present?: Session
}

/** An expected failure. Its message is safe to show to whoever called. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message)
    this.name = 'DomainError'
  }
}

/** Input that breaks a rule; names every field at fault. */
export function invalidInput(...issues: [Issue, ...Issue[]]): DomainError {
  const [{ path, message }] = issues
  return new DomainError('INVALID_INPUT', path.length === 0 ? message : `${path.join('.')}: ${message}`, {
    issues,
  })
}

/** Nobody knows who calls. */
export const unauthenticated = (message = 'Authentication failed') =>
  new DomainError('UNAUTHENTICATED', message)
/** A refusal to one who is known; the message says who may. */
export const forbidden = (message: string) => new DomainError('FORBIDDEN', message)
/** What is not there, or not for the viewer: nothing tells the two apart. */
export const notFound = (what: string) => new DomainError('NOT_FOUND', `${what} not found`)
/** What a state does not allow; the message says what stands in the way. */
export const conflict = (message: string) => new DomainError('CONFLICT', message)
