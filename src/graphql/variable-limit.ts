import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'

const MAX_VALUES = 100_000
const MAX_LEVELS = 200

/**
 * Why variables are too much to be read, or null: more than 100,000 values or 200 levels. Fitting them to their types
 * comes before a caller is known and holds up everyone else.
 */
export function findExcess(variables: unknown): string | null {
  let count = 0
  const visit = (value: unknown, depth: number): string | null => {
    count += 1
    if (count > MAX_VALUES) return `Variables hold at most ${MAX_VALUES} values`
    if (depth > MAX_LEVELS) return `Variables have at most ${MAX_LEVELS} levels`
    if (typeof value !== 'object' || value === null) return null
    for (const member of Array.isArray(value) ? value : Object.values(value)) {
      const excess = visit(member, depth + 1)
      if (excess !== null) return excess
    }
    return null
  }
  return visit(variables, 0)
}

/** Refuses such variables before anything else is done with them. */
export function useVariableLimit(): Plugin {
  return {
    onParams: ({ params }) => {
      const excess = findExcess(params.variables)
      if (excess !== null) throw new GraphQLError(excess, { extensions: { code: 'BAD_REQUEST' } })
    },
  }
}
