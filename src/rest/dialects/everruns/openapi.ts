import { z } from '@hono/zod-openapi'
import type { Route } from '../../route.js'

export const securitySchemes = {
  authorization: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'The key: bare, or after `Bearer` or `ApiKey`.',
  },
}

const Failure = z.object({ error: z.string() }).openapi('Error', { description: 'Any failure.' })

const failure = (description: string, error: string, headers?: object) => ({
  description,
  schema: Failure,
  example: { error },
  ...(headers && { headers }),
})

const noSession = failure(
  'The session is missing or not visible, or `X-Org-Id` names another organization.',
  'Session not found',
)
const noOrganization = failure('`X-Org-Id` names another organization.', 'Organization not found')
const conflicts: Partial<Record<Route['method'], ReturnType<typeof failure>>> = {
  post: failure('The key has no default workspace.', 'No default workspace'),
  delete: failure('An evaluation refers to the session.', 'The session is referenced by an evaluation'),
}

/** What a route may refuse: what all do, and what its path, body and state add (contract 2.5). */
export function describeFailures({ path, method, body, query }: Route) {
  const takesId = path.includes('{id}')
  const conflict = path.endsWith('/sessions') || path.endsWith('{id}') ? conflicts[method] : undefined
  return {
    ...((takesId || body || query) && {
      400: failure(
        'The id in the path, the query or the body is malformed.',
        takesId ? 'Invalid session ID: invalid length: expected 32, got 8' : 'Invalid request',
      ),
    }),
    401: failure('The key is missing, unknown or expired, or has no user to pin for.', 'Invalid API key'),
    403: failure('The caller may not do this.', 'Forbidden'),
    404: takesId ? noSession : noOrganization,
    ...(conflict && { 409: conflict }),
    ...(body && {
      413: failure('The body is too large.', `Request body is larger than ${body.limitBytes} bytes`),
      415: failure('The body is not JSON, or is packed.', 'Content-Type must be application/json'),
    }),
    429: failure('Over the rate limit.', 'Too many requests', {
      'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
    }),
    500: failure('Anything unexpected.', 'Internal server error'),
    502: failure('The storage cannot be reached.', 'Bad gateway'),
    504: failure('The storage is too slow.', 'Gateway timeout'),
  }
}
