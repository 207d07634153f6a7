import { z } from '@hono/zod-openapi'
import { route, workspaceOf } from '../declare.js'
import { CountFacetsDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { filterParameters, toFilter } from '../filters.js'
import { count, lower, SessionCreatorResponse } from '../shapes.js'

const FacetValue = z
  .object({ value: z.string(), count })
  .openapi('FacetValue', { description: 'A value and the number of sessions that have it.' })

const UserFacetValue = SessionCreatorResponse.extend({ count }).openapi('UserFacetValue', {
  description: 'An owner and the number of sessions that are theirs.',
})

const SessionFacetsResponse = z
  .object({
    agents: z.array(FacetValue),
    models: z.array(FacetValue),
    origins: z.array(FacetValue),
    users: z.array(UserFacetValue),
    labels: z.record(z.string(), z.array(FacetValue)),
  })
  .openapi('SessionFacetsResponse', {
    description: 'Counts by dimension (SES-LBL-060), each list by count, then by value.',
  })

interface Values {
  edges: readonly { node: { value: string }; count: number }[]
}
const toValues = ({ edges }: Values) => edges.map(({ node: { value }, count }) => ({ value, count }))

export const countFacets = route({
  operationId: 'get_session_facets',
  method: 'get',
  path: '/sessions/facets',
  summary: 'Count sessions by facet',
  description:
    'Exact counts of the sessions that the list gives under the same filters, per value of each dimension.',
  tag: 'sessions',
  permission: 'SESSION_READ',
  query: z.object(filterParameters),
  answer: {
    description: 'The counts.',
    schema: SessionFacetsResponse,
    example: {
      agents: [{ value: 'coder', count: 3 }],
      models: [{ value: 'm-large', count: 3 }],
      origins: [{ value: 'user', count: 3 }],
      users: [{ ...(sessionExample.created_by as NonNullable<typeof sessionExample.created_by>), count: 3 }],
      labels: { env: [{ value: 'prod', count: 2 }] },
    },
  },
  document: CountFacetsDocument,
  variables: ({ path, query }) => ({ ...workspaceOf(path), filter: toFilter(query) }),
  reply: ({ workspace: { sessionFacets } }) => ({
    agents: toValues(sessionFacets.agents),
    models: toValues(sessionFacets.models),
    origins: sessionFacets.origins.map(({ value, count }) => ({ value: lower(value), count })),
    users: sessionFacets.users.edges.map(({ node, count }) => ({ ...node, count })),
    labels: Object.fromEntries(sessionFacets.labels.map((label) => [label.key, toValues(label)])),
  }),
})
