import type { ErrorCode } from '../../../domain/errors.js'
import { OperationFailed } from '../../route.js'

/** Status of every way to fail, and its text where it never varies; a code without a row does not compile. */
const failures = {
  INVALID_INPUT: { status: 400 },
  UNAUTHENTICATED: { status: 401 },
  FORBIDDEN: { status: 403, text: 'Forbidden' },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409 },
  PAYLOAD_TOO_LARGE: { status: 413 },
  UPGRADE_REQUIRED: { status: 400 },
  RATE_LIMITED: { status: 429, text: 'Too many requests' },
  UNAVAILABLE: { status: 502, text: 'Bad gateway' },
  TIMED_OUT: { status: 504, text: 'Gateway timeout' },
  INTERNAL_SERVER_ERROR: { status: 500, text: 'Internal server error' },
} as const satisfies Record<ErrorCode | 'INTERNAL_SERVER_ERROR', { status: number; text?: string }>

/** A refusal that the dialect makes by itself. */
export class Refusal extends Error {
  override name = 'Refusal'

  constructor(
    readonly status: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message)
  }
}

/** The body of a failure (contract 2.5); null for what is neither a refusal nor a failed operation. */
export function answerRefusal(error: unknown): Response | null {
  if (error instanceof Refusal) return toResponse(error.status, error.message, error.headers)
  if (!(error instanceof OperationFailed)) return null
  const { code, message, details } = error
  const { status, text = message }: { status: number; text?: string } = failures[code]
  const headers = status === 429 ? { 'Retry-After': String(details.retryAfterSeconds ?? 1) } : undefined
  return toResponse(status, text, headers)
}

function toResponse(status: number, error: string, headers?: Record<string, string>): Response {
  return Response.json({ error }, { status, headers })
}

/** Input as a refusal may echo it. */
export function cut(text: string): string {
  return [...text.slice(0, 128)].slice(0, 64).join('')
}
