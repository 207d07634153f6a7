import DataLoader from 'dataloader'
import type { Store, User } from '../../db/prisma.js'
import { countFacets, type FacetMode, type FacetValue } from '../../domain/facets/count.js'
import { type Dimension, facetDimensions } from '../../domain/facets/dimensions.js'
import type { SessionFilter, SessionScope } from '../../domain/session/filter.js'
import { compareCodePoints } from '../../domain/text.js'
import { builder } from '../builder.js'

/** The values that a list gives at most; the ones that come first. */
const MAX_VALUES = 1000

/** Counts of one question, by dimension; dimensions asked for together share one statement. */
export type Facets = DataLoader<Dimension, FacetValue[]>

export function createFacets(
  store: Store,
  scope: SessionScope,
  filter: SessionFilter,
  mode: FacetMode,
): Facets {
  return new DataLoader(async (dimensions) => {
    const values = await countFacets(store, scope, filter, mode, dimensions)
    return dimensions.map((dimension) => values.filter((value) => value.dimension === dimension))
  })
}

const FacetValueType = builder.objectRef<{ value: string; count: number }>('FacetValue').implement({
  description: 'A value and the number of sessions that have it.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'The value.' }),
    count: t.expose('count', { type: 'NonNegativeInt', description: 'The number of sessions.' }),
  }),
})

const UserFacetValueType = builder.objectRef<{ user: User; count: number }>('UserFacetValue').implement({
  description: 'An owner and the number of sessions that are theirs.',
  fields: (t) => ({
    user: t.prismaField({ type: 'User', description: 'The owner.', resolve: (_query, { user }) => user }),
    count: t.expose('count', { type: 'NonNegativeInt', description: 'The number of sessions.' }),
  }),
})

const LabelFacetType = builder.objectRef<{ key: string; values: FacetValue[] }>('LabelFacet').implement({
  description: 'The values of one label key.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The label key.' }),
    values: t.field({
      type: [FacetValueType],
      description: 'By count, then by code points.',
      args: {
        first: t.arg({
          type: 'NonNegativeInt',
          defaultValue: MAX_VALUES,
          description: 'How many at most; up to 1000.',
        }),
      },
      resolve: ({ values }, { first }) => firstOf(values, first),
    }),
  }),
})

export const SessionFacetsType = builder.objectRef<Facets>('SessionFacets').implement({
  description:
    'Exact counts of the matching sessions, by dimension. A dimension is counted only when it is selected.',
  fields: (t) => {
    const plain = (dimension: 'agents' | 'models' | 'origins') =>
      t.field({
        type: [FacetValueType],
        description: `${facetDimensions[dimension].describe} By count, then by code points.`,
        args: {
          first: t.arg({
            type: 'NonNegativeInt',
            defaultValue: MAX_VALUES,
            description: 'How many at most; up to 1000.',
          }),
        },
        resolve: async (facets, { first }) => firstOf(await facets.load(dimension), first),
      })
    return {
      agents: plain('agents'),
      models: plain('models'),
      origins: plain('origins'),
      users: t.field({
        type: [UserFacetValueType],
        description: `${facetDimensions.users.describe} By count, then by login; those whose account is gone are left out.`,
        args: {
          first: t.arg({
            type: 'NonNegativeInt',
            defaultValue: MAX_VALUES,
            description: 'How many at most; up to 1000.',
          }),
        },
        resolve: async (facets, { first }, context) => {
          const { loaders } = await context.caller()
          const counts = await facets.load('users')
          const users = await Promise.all(counts.map(({ value }) => loaders.userById.load(value)))
          const known = users.flatMap((user, index) =>
            user === null ? [] : [{ user, count: counts[index]?.count ?? 0 }],
          )
          return firstOf(known.sort(byCountThenUsername), first)
        },
      }),
      labels: t.field({
        type: [LabelFacetType],
        description:
          'Label keys, by code points; a key without a matching session is left out (SES-LBL-061).',
        resolve: async (facets) => {
          const byKey = new Map<string, FacetValue[]>()
          for (const value of await facets.load('labels')) {
            const key = value.key ?? ''
            byKey.set(key, [...(byKey.get(key) ?? []), value])
          }
          return [...byKey].map(([key, values]) => ({ key, values }))
        },
      }),
    }
  },
})

function firstOf<T>(values: readonly T[], first: number | null | undefined): T[] {
  return values.slice(0, Math.min(first ?? MAX_VALUES, MAX_VALUES))
}

function byCountThenUsername(a: { user: User; count: number }, b: { user: User; count: number }): number {
  return (
    b.count - a.count ||
    compareCodePoints(a.user.username, b.user.username) ||
    compareCodePoints(a.user.id, b.user.id)
  )
}
