import { z } from '@hono/zod-openapi'

export const tags = [
  { name: 'organization sessions', description: 'Sessions in all workspaces of an organization.' },
]

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

const failures = {
  400: failure('A query value is malformed.', 'Invalid limit: x'),
  401: failure('The key is missing, unknown or expired.', 'Invalid API key'),
  403: failure('The key may not read sessions.', 'Forbidden'),
  404: failure('`X-Org-Id` names another organization.', 'Organization not found'),
  429: failure('Over the rate limit.', 'Too many requests', {
    'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
  }),
  500: failure('Anything unexpected.', 'Internal server error'),
  502: failure('The storage cannot be reached.', 'Bad gateway'),
  504: failure('The storage is too slow.', 'Gateway timeout'),
}

export function describeFailures() {
  return failures
}
