import type { Sums } from '../../domain/facets/sums.js'
import { toDecimal } from '../../rules/number-bounds.js'
import type { Outputs } from '../schema/builder.js'

/** The names of `sumFields`. */
export const sumFieldNames: readonly string[] = [
  'totalTokens',
  'totalCostUsd',
  'unknownCostCount',
  'lastActivityAt',
]

/** What sessions come to, as fields of whatever holds their sums. */
export function sumFields<Parent>(t: Outputs<Parent>, sumsOf: (parent: Parent) => Sums) {
  return {
    totalTokens: t.field({
      type: 'NonNegativeInt',
      description: 'The sum of `usage.totalTokens` of these sessions.',
      resolve: (parent) => Number(sumsOf(parent).tokens),
    }),
    totalCostUsd: t.field({
      type: 'Decimal',
      description:
        'The exact sum of `usage.totalCostUsd` of these sessions, in US dollars; those of unknown cost add nothing.',
      resolve: (parent) => shortDecimal(sumsOf(parent).cost),
    }),
    unknownCostCount: t.field({
      type: 'NonNegativeInt',
      description: 'How many of these sessions have an unknown cost.',
      resolve: (parent) => sumsOf(parent).unknownCosts,
    }),
    lastActivityAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The newest activity of these sessions: of messages, or of creation; null without a session.',
      resolve: (parent) => {
        const { lastActivityAt } = sumsOf(parent)
        return lastActivityAt === null ? null : new Date(lastActivityAt)
      },
    }),
  }
}

function shortDecimal(units: bigint): string {
  return toDecimal(units, 12).replace(/\.?0+$/, '')
}
