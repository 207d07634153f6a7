import { z } from '@hono/zod-openapi'
import { route } from '../declare.js'
import { ListOrganizationSessionsDocument } from '../documents.generated.js'
import { cut } from '../errors.js'
import { listedExample } from '../examples.js'
import type { Mount } from '../mounts.js'
import { unstorable } from '../texts.js'

const MAX_LIMIT = 100
const MAX_SEARCH = 200

/** A paging value: digits only, and no greater than `most`. */
function paging(name: string, most: number) {
  return z.string().transform((text, context) => {
    if (/^[0-9]+$/.test(text) && Number(text) <= most) return Number(text)
    context.addIssue({ code: 'custom', message: `Invalid ${name}: ${cut(text)}` })
    return z.NEVER
  })
}

const agentId = z.string().transform((text, context) => {
  if (!text.startsWith('agent_') || unstorable.test(text)) {
    const message = `Invalid agent ID: invalid prefix: expected 'agent', got '${cut(text.split('_', 1)[0] ?? '')}'`
    context.addIssue({ code: 'custom', message })
  }
  return text
})

const search = z.string().transform((text, context) => {
  const trimmed = text.trim()
  if (unstorable.test(text)) context.addIssue({ code: 'custom', message: 'Invalid search' })
  if ([...trimmed].length > MAX_SEARCH)
    context.addIssue({ code: 'custom', message: `Invalid search: at most ${MAX_SEARCH} characters` })
  return trimmed === '' ? undefined : trimmed.split(/\s+/)
})

const query = z.object({
  agent_id: agentId.optional().openapi({
    type: 'string',
    description: 'Only sessions of this agent, compared literally; `agent_` and 32 zeros: those without one.',
    pattern: '^agent_[^\\u0000]*$',
  }),
  offset: paging('offset', 2_147_483_647).default(0).openapi({
    type: 'integer',
    minimum: 0,
    maximum: 2_147_483_647,
    default: 0,
    description: 'How many to skip.',
  }),
  limit: paging('limit', 4_294_967_295).default(20).openapi({
    type: 'integer',
    minimum: 0,
    maximum: 4_294_967_295,
    description: 'How many to give; more than 100 gives 100.',
  }),
  search: search.optional().openapi({
    type: 'string',
    description: 'Words that must all be in the title, up to 200 characters without the spaces around them.',
    pattern: `^\\s*[^\\u0000]{0,${MAX_SEARCH}}?\\s*$`,
  }),
})

/** Sessions, newest first, a page by offset and limit (contract 5.1). */
export function listSessions(mount: Mount) {
  const example = [{ ...listedExample, ...mount.example }]
  return route(mount)({
    operationId: mount.operationId('listSessions'),
    method: 'get',
    path: '/sessions',
    summary: 'List sessions',
    description: 'The visible sessions of the key’s organization that are not archived, newest first.',
    tag: mount.tag,
    query,
    answer: {
      description: 'The page, with the number of all matches.',
      schema: mount.SessionList,
      example: {
        data: example,
        ...(mount.forSdk && { sessions: example }),
        total: 1,
        offset: 0,
        limit: 20,
      },
    },
    document: ListOrganizationSessionsDocument,
    variables: ({ query }) => ({
      filter: {
        archived: 'ACTIVE' as const,
        includeWorkload: true,
        agentIds: query.agent_id === undefined ? undefined : [query.agent_id],
        titleWords: query.search,
      },
      orderBy: { field: 'CREATED_AT' as const, direction: 'DESC' as const },
      offset: query.offset,
      limit: Math.min(query.limit, MAX_LIMIT),
    }),
    reply: ({ viewer: { organization } }, { query }) => {
      const data = organization.sessionSlice.nodes.map(mount.toSession)
      return {
        data,
        ...(mount.forSdk && { sessions: data }),
        total: organization.sessionSlice.total,
        offset: query.offset,
        limit: Math.min(query.limit, MAX_LIMIT),
      }
    },
  })
}
