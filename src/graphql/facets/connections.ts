import type { ObjectRef } from '@pothos/core'
import type { PageInfoShape } from '@pothos/plugin-relay'
import type { Dimension } from '../../domain/facets/dimensions.js'
import type { CountedValue, FacetPage } from '../../domain/facets/paging.js'
import { type FacetPosition, facetCursor } from '../../domain/facets/request.js'
import { builder } from '../builder.js'
import { ProjectType } from '../tenancy/project.js'
import { UserType } from '../tenancy/user.js'

type SchemaTypes = (typeof builder)['$inferSchemaTypes']

interface FacetEdge<Node> {
  node: Node
  count: number
  /** Makes the cursor, which few ask for and many values have. */
  cursorOf: () => string
}

/** A page of a dimension's values, each edge with its count. */
export interface FacetConnection<Node> {
  edges: FacetEdge<Node>[]
  pageInfo: PageInfoShape
  totalCount: number
  remainingCount: number
  /** The label's key; null in every other dimension. */
  key: string | null
}

/** A page of counts as a connection whose nodes are made of the values. */
export function toFacetConnection<Node>(
  dimension: Dimension,
  { key, values, total, start, stop }: FacetPage,
  toNode: (value: CountedValue) => Node,
): FacetConnection<Node> {
  const cursorOf = (position: FacetPosition) => facetCursor(dimension, key, position)
  const [first, last] = [values.at(0), values.at(-1)]
  return {
    key,
    edges: values.map((value) => ({
      node: toNode(value),
      count: value.count,
      cursorOf: () => cursorOf(value),
    })),
    pageInfo: {
      hasNextPage: stop < total,
      hasPreviousPage: start > 0,
      startCursor: first ? cursorOf(first) : null,
      endCursor: last ? cursorOf(last) : null,
    },
    totalCount: total,
    remainingCount: total - stop,
  }
}

const FacetValueType = builder.objectRef<{ value: string }>('FacetValue').implement({
  description: 'A value of a dimension.',
  fields: (t) => ({ value: t.exposeString('value', { description: 'The value, as filters take it.' }) }),
})

const FacetValueEdge = defineEdge('FacetValueEdge', FacetValueType)
export const FacetValueConnection = defineConnection('FacetValueConnection', FacetValueEdge)
export const UserFacetConnection = defineConnection(
  'UserFacetConnection',
  defineEdge('UserFacetEdge', UserType),
)
export const ProjectFacetConnection = defineConnection(
  'ProjectFacetConnection',
  defineEdge('ProjectFacetEdge', ProjectType),
)
export const LabelFacetConnection = defineConnection('LabelFacetConnection', FacetValueEdge)

builder.objectField(LabelFacetConnection, 'key', (t) =>
  t.string({ description: 'The label key whose values these are.', resolve: ({ key }) => key ?? '' }),
)

function defineEdge<Node>(name: string, type: ObjectRef<SchemaTypes, Node>) {
  return builder.objectRef<FacetEdge<Node>>(name).implement({
    description: 'A value of a dimension with its count.',
    fields: (t) => ({
      // The type of a node and its shape are one parameter here, which the resolver's type cannot see.
      node: t.field({ type, description: 'The value.', resolve: ({ node }) => node as never }),
      cursor: t.string({
        description: 'Where the value stands; opaque.',
        resolve: ({ cursorOf }) => cursorOf(),
      }),
      count: t.expose('count', {
        type: 'NonNegativeInt',
        description: 'The number of sessions that have it.',
      }),
    }),
  })
}

function defineConnection<Node>(name: string, edge: ObjectRef<SchemaTypes, FacetEdge<Node>>) {
  return builder.objectRef<FacetConnection<Node>>(name).implement({
    description: 'A page of the values of a dimension, by count, then by code points.',
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The values of this page with their counts.',
        resolve: ({ edges }) => edges,
      }),
      pageInfo: t.expose('pageInfo', {
        type: builder.pageInfoRef(),
        description: 'What lies beyond this page.',
      }),
      totalCount: t.expose('totalCount', {
        type: 'NonNegativeInt',
        description:
          'The number of values over all pages: those that begin with the prefix, if one is given.',
      }),
      remainingCount: t.expose('remainingCount', {
        type: 'NonNegativeInt',
        description: 'The number of values that follow this page.',
      }),
    }),
  })
}
