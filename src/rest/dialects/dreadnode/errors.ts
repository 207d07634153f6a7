import type { ErrorCode } from '../../../domain/errors.js'
import type { Issue } from '../../../rules/issue.js'
import { OperationFailed, type Route } from '../../route.js'

/** Every kind of violation that a validation item may name: FastAPI's and Pydantic's vocabulary (contract 1.9). */
export const itemTypes = [
  'missing',
  'string_type',
  'int_type',
  'float_type',
  'bool_type',
  'uuid_type',
  'list_type',
  'dict_type',
  'int_parsing',
  'bool_parsing',
  'uuid_parsing',
  'int_from_float',
  'enum',
  'string_too_short',
  'string_too_long',
  'string_pattern_mismatch',
  'too_short',
  'too_long',
  'greater_than_equal',
  'less_than_equal',
  'json_invalid',
  'model_attributes_type',
  'value_error',
] as const
export type ItemType = (typeof itemTypes)[number]

/** One violation: where it is, for people, and for machines. */
export interface ValidationItem {
  loc: (string | number)[]
  msg: string
  type: ItemType
}

/** Status and `type` of every way to fail; a code without a row does not compile. */
const failures = {
  INVALID_INPUT: { status: 422, type: 'validation_error' },
  UNAUTHENTICATED: { status: 401, type: 'authentication_error' },
  FORBIDDEN: { status: 403, type: 'permission_error' },
  NOT_FOUND: { status: 404, type: 'not_found_error' },
  CONFLICT: { status: 409, type: 'conflict_error' },
  PAYLOAD_TOO_LARGE: { status: 400, type: 'invalid_request_error' },
  UPGRADE_REQUIRED: { status: 426, type: 'upgrade_required' },
  RATE_LIMITED: { status: 429, type: 'rate_limit_error' },
  UNAVAILABLE: { status: 502, type: 'bad_gateway' },
  TIMED_OUT: { status: 504, type: 'gateway_timeout' },
  INTERNAL_SERVER_ERROR: { status: 500, type: 'internal_error' },
} as const satisfies Record<OperationFailed['code'], { status: number; type: string }>

/** The status that a failure of this code gets, for outcomes that tell it in a body. */
export function statusOf(code: string): number {
  return code in failures ? failures[code as keyof typeof failures].status : 500
}

/** A refusal that the dialect makes by itself. */
export class Refusal extends Error {
  override name = 'Refusal'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly items: readonly ValidationItem[] = [],
  ) {
    super(message)
  }
}

/** More violations than this are counted, not listed. */
export const MAX_ITEMS = 1000

/** Refuses a request for its content, with all its violations in the order path, query, body. */
export function invalid(items: readonly ValidationItem[], count = items.length): Refusal {
  const [first] = items
  const more = count > 1 ? ` (and ${count - 1} more)` : ''
  return new Refusal(
    'INVALID_INPUT',
    `${first?.loc.join('.')}: ${first?.msg}${more}`,
    items.slice(0, MAX_ITEMS),
  )
}

/** The envelope of a failure (contract 1.9); null for what is neither a refusal nor a failed operation. */
export function answerRefusal(error: unknown, route?: Route): Response | null {
  if (error instanceof Refusal) return envelope(error.code, error.message, error.items)
  if (!(error instanceof OperationFailed)) return null
  const { code, message, details } = error
  if (code === 'INVALID_INPUT') {
    const refusal = invalid((details.issues ?? []).map((issue) => toItem(issue, route)))
    return envelope(code, refusal.message, refusal.items)
  }
  if (code === 'UNAUTHENTICATED') return envelope(code, 'Authentication failed')
  return envelope(code, message, [], details.retryAfterSeconds)
}

function envelope(
  code: OperationFailed['code'],
  detail: string,
  errors: readonly ValidationItem[] = [],
  retryAfterSeconds = 1,
): Response {
  const { status, type } = failures[code]
  return Response.json(
    { code: status, detail, type, ...(status === 422 ? { errors } : {}) },
    {
      status,
      headers: {
        ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
        ...(status === 429 ? { 'Retry-After': String(retryAfterSeconds) } : {}),
      },
    },
  )
}

/** What only the store could tell, in this dialect's names. */
function toItem({ path, message }: Issue, route: Route | undefined): ValidationItem {
  const names = path.map((name) =>
    typeof name === 'string' ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name,
  )
  return { loc: [route?.body ? 'body' : 'query', ...names], msg: message, type: 'value_error' }
}
