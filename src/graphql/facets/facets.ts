import type { ArgBuilder } from '@pothos/core'
import type { GraphQLResolveInfo } from 'graphql'
import type { FacetMode } from '../../domain/facets/batch.js'
import { type Dimension, facetDimensions } from '../../domain/facets/dimensions.js'
import type { FacetPage } from '../../domain/facets/lists.js'
import { type FacetPageRequest, type FacetRequest, readFacetRequest } from '../../domain/facets/request.js'
import type { Ranges } from '../../domain/session/field.js'
import { byName } from '../../domain/session/field-kinds.js'
import type { SessionFilter, SessionScope } from '../../domain/session/filter.js'
import { builder } from '../schema/builder.js'
import type { GatewayContext } from '../schema/context.js'
import { fieldsBelow } from '../schema/selections.js'
import { closedFacets, RangeFacetValueType, toRanges } from './closed.js'
import {
  AnnotationFacetConnection,
  FacetValueConnection,
  LabelFacetConnection,
  ProjectFacetConnection,
  toFacetConnection,
  UserFacetConnection,
} from './connections.js'
import { sumFieldNames } from './sums.js'

/** A question: what is counted of each dimension that is selected. */
export interface Facets {
  load(request: FacetRequest): Promise<FacetPage[]>
}

/** Asks for facets of the sessions that a filter takes, together with all else that the operation counts. */
export function createFacets(
  { counts }: GatewayContext,
  scope: SessionScope,
  filter: SessionFilter,
  mode: FacetMode,
): Facets {
  return { load: (request) => counts(scope).facet(filter, mode, request) }
}

const emptyPage: FacetPage = { key: null, values: [], total: 0, start: 0, stop: 0 }

/** What is asked of each value beside its count, by the path on which values lie. */
function loadPages(
  facets: Facets,
  dimension: Dimension,
  request: FacetPageRequest,
  info: GraphQLResolveInfo,
): Promise<FacetPage[]> {
  const isPaged = !(dimension in closedFacets || facetDimensions[dimension].ranges !== undefined)
  const path = isPaged ? ['edges'] : []
  const selected = fieldsBelow(info.fieldNodes, path, info.fragments)
  const sums = selected.some(({ name }) => sumFieldNames.includes(name.value))
  return facets.load(readFacetRequest(dimension, request, { sums }))
}

async function loadPage(
  facets: Facets,
  dimension: Dimension,
  request: FacetPageRequest,
  info: GraphQLResolveInfo,
): Promise<FacetPage> {
  const [page = emptyPage] = await loadPages(facets, dimension, request, info)
  return page
}

type Fields = ArgBuilder<(typeof builder)['$inferSchemaTypes']>

const withChosen = {
  description:
    'Whether values that the filter names, outside `and`, `or` and `not`, are listed with a count of 0 when no session has them; absent means not.',
} as const

/** The arguments of every dimension that is paged; `texts` says what a prefix and a search look at. */
const pageArgs = (arg: Fields, texts: string) => ({
  first: arg.optional(
    'Int',
    'How many values at most, from the start or after a cursor: 0 to 1000; absent means 20.',
  ),
  after: arg.optional('String', 'The cursor that the page follows; absent starts at the beginning.'),
  last: arg.optional(
    'Int',
    'How many values at most, from the end or before a cursor: 0 to 1000; absent when `first` counts.',
  ),
  before: arg.optional('String', 'The cursor that the page ends before; absent ends at the end.'),
  withChosen: arg.boolean(withChosen),
  prefix: arg.optional(
    'String',
    `Only values whose ${texts} begins with this text, literally and without case as in a search, up to 255 characters; absent takes all.`,
  ),
  search: arg.optional(
    'String',
    `Only values whose ${texts} has this text somewhere, literally and without case, up to 255 characters, of which white space around does not count; absent and empty take all.`,
  ),
})

export const SessionFacetsType = builder.objectRef<Facets>('SessionFacets').implement({
  description:
    'Exact numbers of the matching sessions that the viewer sees, by dimension; a value without one is left out. Only the dimensions selected are counted, together and at one moment.',
  fields: (t) => {
    const values = (dimension: Dimension) =>
      t.field({
        type: FacetValueConnection,
        description: facetDimensions[dimension].describe,
        args: pageArgs(t.arg, 'text'),
        resolve: async (facets, request, _context, info) =>
          toFacetConnection(dimension, await loadPage(facets, dimension, request, info)),
      })
    const ranges = (dimension: Dimension, of: Ranges) =>
      t.field({
        type: [RangeFacetValueType],
        description: `${facetDimensions[dimension].describe} By range, from the least; only ranges that occur.`,
        args: { withChosen: t.arg.boolean(withChosen) },
        resolve: async (facets, request, _context, info) => {
          const { values } = await loadPage(facets, dimension, request, info)
          return toRanges(values, of)
        },
      })
    const closed = (dimension: keyof typeof closedFacets) =>
      t.field({
        type: [closedFacets[dimension]],
        description: `${facetDimensions[dimension].describe} By count, then by name; only values that occur.`,
        args: { withChosen: t.arg.boolean(withChosen) },
        resolve: async (facets, request, _context, info) =>
          (await loadPage(facets, dimension, request, info)).values,
      })
    return {
      agents: values('agents'),
      models: values('models'),
      users: t.field({
        type: UserFacetConnection,
        description: `${facetDimensions.users.describe} Owners of one count come by login.`,
        args: pageArgs(t.arg, 'login, full name or e-mail address'),
        resolve: async (facets, request, _context, info) =>
          toFacetConnection('users', await loadPage(facets, 'users', request, info)),
      }),
      projects: t.field({
        type: ProjectFacetConnection,
        description: `${facetDimensions.projects.describe} Projects of one count come by slug.`,
        args: pageArgs(t.arg, 'slug or name'),
        resolve: async (facets, request, _context, info) =>
          toFacetConnection('projects', await loadPage(facets, 'projects', request, info)),
      }),
      labels: t.field({
        type: [LabelFacetConnection],
        description:
          'Label keys by code points, up to 1000, each with a page of its values; a key without one is left out (SES-LBL-061). A session with two values of a key counts in both.',
        args: {
          ...pageArgs(t.arg, 'text'),
          keys: t.arg.optional(
            ['String'],
            'Only these keys, up to 100; absent takes all. A cursor needs the one key that it belongs to.',
          ),
        },
        resolve: async (facets, request, _context, info) => {
          const pages = await loadPages(facets, 'labels', request, info)
          return pages.map((page) => toFacetConnection('labels', page))
        },
      }),
      ...byName('facet', (_field, _row, { name, ranges: of }) =>
        of === undefined ? values(name as Dimension) : ranges(name as Dimension, of),
      ),
      annotationNames: values('annotationNames'),
      annotationLabels: t.field({
        type: [AnnotationFacetConnection],
        description:
          'Names of annotations by code points, up to 1000, each with a page of the labels that they gave; a name without a label is left out. A session with two labels under a name counts in both.',
        args: {
          ...pageArgs(t.arg, 'text'),
          names: t.arg.optional(
            ['String'],
            'Only these names, up to 100; absent takes all. A cursor needs the one name that it belongs to.',
          ),
        },
        resolve: async (facets, { names = null, ...request }, _context, info) => {
          const pages = await loadPages(facets, 'annotationLabels', { ...request, keys: names }, info)
          return pages.map((page) => toFacetConnection('annotationLabels', page))
        },
      }),
      annotationSources: closed('annotationSources'),
      origins: closed('origins'),
      visibility: closed('visibility'),
      archived: closed('archived'),
      frozen: closed('frozen'),
    }
  },
})
