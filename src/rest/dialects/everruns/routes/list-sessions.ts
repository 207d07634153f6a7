import { z } from '@hono/zod-openapi'
import { route } from '../declare.js'
import { ListOrganizationSessionsDocument } from '../documents.generated.js'
import { cut } from '../errors.js'
import { SessionList, toListedSession } from '../shapes.js'

const MAX_LIMIT = 100
const MAX_SEARCH = 200
const unstorable = /\p{Surrogate}|\0/u

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
  return trimmed === '' ? undefined : trimmed.toLowerCase().split(/\s+/)
})

export const listSessions = route({
  operationId: 'listSessions',
  method: 'get',
  path: '/sessions',
  summary: 'List sessions',
  description: 'The visible sessions of the key’s organization that are not archived, newest first.',
  tag: 'organization sessions',
  query: z.object({
    agent_id: agentId.optional().openapi({
      type: 'string',
      description:
        'Only sessions of this agent, compared literally; `agent_` and 32 zeros: those without one.',
      pattern: '^agent_',
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
      description: 'Words that must all be in the title, up to 200 characters.',
    }),
  }),
  answer: {
    description: 'The stretch, with the number of all matches.',
    schema: SessionList,
    example: {
      data: [
        {
          id: 'session_01933b5a000070008000000000000001',
          organization_id: 'org_00000000000000000000000000000001',
          agent_id: 'agent_32c714bce4285b78a33e3c679b8f750a',
          status: 'idle',
          created_at: '2026-02-07T10:01:00.000Z',
          updated_at: '2026-02-07T10:05:00.000Z',
          title: 'Fix login',
          tags: ['alpha', 'env:prod'],
          preview: 'Hi there',
          output_preview: 'Done.',
          started_at: '2026-02-07T10:01:05.000Z',
          usage: { input_tokens: 120, output_tokens: 30, cache_read_tokens: 7 },
        },
      ],
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
  reply: ({ viewer: { organization } }, { query }) => ({
    data: organization.sessionSlice.nodes.map(toListedSession),
    total: organization.sessionSlice.total,
    offset: query.offset,
    limit: Math.min(query.limit, MAX_LIMIT),
  }),
})
