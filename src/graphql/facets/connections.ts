import type { ObjectRef } from '@pothos/core'
import type { Dimension } from '../../domain/facets/dimensions.js'
import type { CountedValue, FacetPage } from '../../domain/facets/lists.js'
import { facetCursor } from '../../domain/facets/request.js'
import { noSums, type Sums } from '../../domain/facets/sums.js'
import { builder } from '../schema/builder.js'
import { withPageInfo } from '../schema/connection.js'
import { ProjectType } from '../tenancy/project.js'
import { UserType } from '../tenancy/user.js'
import { sumFields } from './sums.js'

type SchemaTypes = (typeof builder)['$inferSchemaTypes']

/** A value under its cursor. What is asked of each is a member: a call for every value of a page adds up. */
class FacetEdge {
  /** The user or the project whose id it is, or the value as it is. */
  readonly node: unknown
  readonly count: number
  readonly sums: Sums
  readonly #counted: CountedValue
  readonly #cursorOf: (counted: CountedValue) => string

  constructor(counted: CountedValue, cursorOf: (counted: CountedValue) => string) {
    this.node = counted.row ?? counted
    this.count = counted.count
    this.sums = counted.sums ?? noSums
    this.#counted = counted
    this.#cursorOf = cursorOf
  }

  get cursor(): string {
    return this.#cursorOf(this.#counted)
  }
}

type CountedValues = ReturnType<typeof withPageInfo<FacetEdge[]>>

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
  const cursorOf = (value: CountedValue) => facetCursor(dimension, key, value)
  const edges = values.map((value) => new FacetEdge(value, cursorOf))
  return {
    ...withPageInfo(edges, { hasNextPage: stop < total, hasPreviousPage: start > 0 }),
    key,
    totalCount: total,
    remainingCount: total - stop,
  }
}

const FacetValueType = builder.objectRef<{ value: string }>('FacetValue').implement({
  description: 'A value of a dimension.',
  fields: (t) => ({ value: t.member('value', 'String', 'The value, as filters take it.') }),
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

function defineEdge<Node>(name: string, type: ObjectRef<SchemaTypes, Node>) {
  return builder.objectRef<FacetEdge>(name).implement({
    description: 'A value of a dimension with its count.',
    fields: (t) => ({
      // The type of a node follows from the dimension, which the edge's own type does not say.
      node: t.expose('node' as never, { type, description: 'The value.' } as never),
      cursor: t.member('cursor', 'String', 'Where the value stands; opaque.'),
      count: t.member('count', 'NonNegativeInt', 'The number of sessions that have it.'),
      ...sumFields(t, ({ sums }) => sums),
    }),
  })
}

function defineConnection(name: string, edge: ObjectRef<SchemaTypes, FacetEdge>) {
  return builder.objectRef<FacetConnection>(name).implement({
    description: 'A page of the values of a dimension, by count, then by code points.',
    fields: (t) => ({
      edges: t.member('edges', [edge], 'The values of this page with their counts.'),
      pageInfo: t.member('pageInfo', builder.pageInfoRef(), 'What lies beyond this page.'),
      totalCount: t.member(
        'totalCount',
        'NonNegativeInt',
        'The number of values over all pages: those that the prefix and the search take, where they are given.',
      ),
      remainingCount: t.member(
        'remainingCount',
        'NonNegativeInt',
        'The number of values that follow this page.',
      ),
    }),
  })
}
