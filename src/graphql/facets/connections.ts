import type { ObjectRef } from '@pothos/core'
import type { Dimension } from '../../domain/facets/dimensions.js'
import type { CountedValue, FacetPage } from '../../domain/facets/lists.js'
import { facetCursor } from '../../domain/facets/request.js'
import { noSums } from '../../domain/facets/sums.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { ProjectType } from '../tenancy/project.js'
import { UserType } from '../tenancy/user.js'
import { sumFields } from './sums.js'

type SchemaTypes = (typeof builder)['$inferSchemaTypes']

type CountedValues = ReturnType<typeof toConnection<CountedValue>>
type FacetEdge = CountedValues['edges'][number]

/** A page of a dimension's values; types of edges say what node a value stands for. */
export interface FacetConnection extends CountedValues {
  totalCount: number
  remainingCount: number
  /** The key of its values; null where they have none. */
  key: string | null
}

/** A page of counts as a connection. */
export function toFacetConnection(
  dimension: Dimension,
  { key, values, total, start, stop }: FacetPage,
): FacetConnection {
  const page = { rows: values, hasNextPage: stop < total, hasPreviousPage: start > 0 }
  return {
    ...toConnection(page, (value) => facetCursor(dimension, key, value)),
    key,
    totalCount: total,
    remainingCount: total - stop,
  }
}

const FacetValueType = builder.objectRef<{ value: string }>('FacetValue').implement({
  description: 'A value of a dimension.',
  fields: (t) => ({ value: t.exposeString('value', { description: 'The value, as filters take it.' }) }),
})

const FacetValueEdge = defineEdge('FacetValueEdge', FacetValueType, (value) => value)
export const FacetValueConnection = defineConnection('FacetValueConnection', FacetValueEdge)
export const UserFacetConnection = defineConnection(
  'UserFacetConnection',
  defineEdge('UserFacetEdge', UserType, ({ row }) => row),
)
export const ProjectFacetConnection = defineConnection(
  'ProjectFacetConnection',
  defineEdge('ProjectFacetEdge', ProjectType, ({ row }) => row),
)
export const LabelFacetConnection = defineConnection('LabelFacetConnection', FacetValueEdge)

export const AnnotationFacetConnection = defineConnection('AnnotationFacetConnection', FacetValueEdge)

builder.objectField(AnnotationFacetConnection, 'name', (t) =>
  t.string({
    description: 'The name of the annotations whose labels these are.',
    resolve: ({ key }) => key ?? '',
  }),
)

builder.objectField(LabelFacetConnection, 'key', (t) =>
  t.string({ description: 'The label key whose values these are.', resolve: ({ key }) => key ?? '' }),
)

function defineEdge<Node>(
  name: string,
  type: ObjectRef<SchemaTypes, Node>,
  toNode: (value: CountedValue) => unknown,
) {
  return builder.objectRef<FacetEdge>(name).implement({
    description: 'A value of a dimension with its count.',
    fields: (t) => ({
      // The type of a node and its shape are one parameter here, which the resolver's type cannot see.
      node: t.field({ type, description: 'The value.', resolve: ({ node }) => toNode(node) as never }),
      cursor: t.exposeString('cursor', { description: 'Where the value stands; opaque.' }),
      count: t.field({
        type: 'NonNegativeInt',
        description: 'The number of sessions that have it.',
        resolve: ({ node }) => node.count,
      }),
      ...sumFields(t, ({ node }) => node.sums ?? noSums),
    }),
  })
}

function defineConnection(name: string, edge: ObjectRef<SchemaTypes, FacetEdge>) {
  return builder.objectRef<FacetConnection>(name).implement({
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
