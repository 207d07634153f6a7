import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor'
import type { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { type RefusalCode, refusal } from './refusal.js'

/** What an operation may be at most; the cost is explained in `docs/front-end.md`. */
const operationLimits = {
  aliases: 10,
  directives: 5,
  depth: 12,
  tokens: 2000,
  cost: 100_000,
} as const

/** What counts towards the cost: `first` and `last` multiply what stands beneath them, where they are literals. */
const costs = { objectCost: 2, scalarCost: 1, depthCostFactor: 1 } as const

/** Refuses operations beyond their limits before they run. */
export function useOperationLimits(): Plugin {
  const { aliases, directives, depth, tokens, cost } = operationLimits
  const tooLarge = { onReject: [refuseWith('OPERATION_TOO_LARGE')] }
  return EnvelopArmorPlugin({
    // An empty list matters: by default `__typename` may be aliased any number of times.
    maxAliases: { n: aliases, allowList: [], ...tooLarge },
    maxDirectives: { n: directives, ...tooLarge },
    maxDepth: { n: depth, ignoreIntrospection: true, ...tooLarge },
    maxTokens: { n: tokens, ...tooLarge },
    costLimit: {
      maxCost: cost,
      // Weights that add up in one's head; the library's own grow with each level.
      ...costs,
      ignoreIntrospection: true,
      onReject: [refuseWith('OPERATION_TOO_COMPLEX')],
    },
    blockFieldSuggestion: { enabled: false },
  }) as Plugin
}

function refuseWith(code: RefusalCode) {
  return (_context: unknown, { message }: GraphQLError) => {
    // The library calls itself a parser, which has found no error of syntax.
    throw refusal(code, message.replace(/^Syntax Error: /, ''), { status: 400, spec: true })
  }
}
