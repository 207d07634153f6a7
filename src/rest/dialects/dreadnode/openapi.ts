import { z } from '@hono/zod-openapi'
import type { Route } from '../../route.js'
import { itemTypes } from './errors.js'
import { hasUuid } from './path.js'

export const tags = [
  { name: 'look-ups', description: 'What clients ask before any call of sessions: who calls, and where.' },
  { name: 'login', description: 'How a program comes to a key of a person who agrees in a browser.' },
  { name: 'projects', description: 'Projects of a workspace, to which sessions may belong.' },
  { name: 'sessions', description: 'Sessions of a workspace.' },
  { name: 'transcripts', description: 'The messages of a session.' },
  { name: 'groups', description: 'Groups that tie the sessions of one workflow together.' },
  { name: 'traces', description: 'Spans of clients, which are not kept.' },
  { name: 'evaluations', description: 'Sessions by the item of an evaluation that they ran.' },
]

export const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key or an access token.' },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'An API key; counts before `Authorization`.',
  },
}

const ErrorResponse = z
  .object({
    code: z.int().openapi({ type: 'integer', description: 'Equals the HTTP status.' }),
    detail: z.string().openapi({ description: 'For people.' }),
    type: z.string().openapi({ description: 'One per status.' }),
  })
  .openapi('ErrorResponse', { description: 'Any failure but a validation error.' })

const ValidationErrorResponse = z
  .object({
    code: z.literal(422),
    detail: z.string(),
    type: z.literal('validation_error'),
    errors: z
      .array(
        z.object({
          loc: z.array(z.union([z.string(), z.int().openapi({ type: 'integer' })])),
          msg: z.string(),
          type: z.enum(itemTypes),
        }),
      )
      .min(1),
  })
  .openapi('ValidationErrorResponse', { description: 'Every violation that was found.' })

const described: Record<string, { description: string; type: string; detail: string; headers?: object }> = {
  400: {
    description: 'The body is over its limit, or a percent-encoding is malformed.',
    type: 'invalid_request_error',
    detail: 'Malformed percent-encoding',
  },
  401: {
    description: 'The credential is missing, malformed, expired or revoked.',
    type: 'authentication_error',
    detail: 'Authentication failed',
  },
  403: {
    description: 'The role, the key or the ownership does not allow this.',
    type: 'permission_error',
    detail: 'Only the owner may update this session',
  },
  404: {
    description: 'Unknown or not visible: organization, workspace, session, login.',
    type: 'not_found_error',
    detail: 'Session not found',
  },
  409: {
    description: 'The state forbids it, or the id prefix is ambiguous.',
    type: 'conflict_error',
    detail: 'Session id prefix is ambiguous: 3 sessions match',
  },
  426: {
    description: 'The SDK is older than the operator allows.',
    type: 'upgrade_required',
    detail: 'dreadnode-sdk 2.0.0 or newer is required',
  },
  429: {
    description: 'Over the rate limit.',
    type: 'rate_limit_error',
    detail: 'Too many requests, retry in 12 seconds',
    headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } } },
  },
  500: { description: 'Anything unforeseen.', type: 'internal_error', detail: 'Internal server error' },
  502: {
    description: 'The database cannot be reached.',
    type: 'bad_gateway',
    detail: 'The database cannot be reached',
  },
  504: {
    description: 'A statement or the request timed out.',
    type: 'gateway_timeout',
    detail: 'The request timed out',
  },
}

const validation = {
  description: 'Path, query or body break a rule.',
  schema: ValidationErrorResponse,
  example: {
    code: 422,
    detail: 'query.limit: Input should be less than or equal to 100',
    type: 'validation_error',
    errors: [
      { loc: ['query', 'limit'], msg: 'Input should be less than or equal to 100', type: 'less_than_equal' },
    ],
  },
}

/** The failures of a route: a conflict only where a session is named or saved, a validation error where one can be. */
export function describeFailures(route: Route) {
  const validates = route.query !== undefined || route.body !== undefined || hasUuid(route.path)
  const left = route.path.includes('{org}') ? leftBelowOrganization(route) : leftElsewhere(route)
  const rows = Object.entries(described).filter(([status]) => !left.includes(status))
  const failures = rows.map(([status, { type, detail, ...rest }]) => {
    const example = { code: Number(status), detail, type }
    return [status, { ...rest, schema: ErrorResponse, example }] as const
  })
  return { ...Object.fromEntries(failures), ...(validates ? { 422: validation } : {}) }
}

/** Which failures a route below an organization has not. */
function leftBelowOrganization({ path, method }: Route): string[] {
  const conflicts = /\{(session|evaluation)_id\}/.test(path) || method !== 'get'
  return conflicts ? [] : ['409']
}

/** Which failures a route that names no organization has not. */
function leftElsewhere({ refusals = [403], forAnyKey, forAnybody }: Route): string[] {
  const refused = forAnyKey ? [] : refusals.map(String)
  return [...(forAnybody ? ['401'] : []), ...['403', '404', '409'].filter((one) => !refused.includes(one))]
}
