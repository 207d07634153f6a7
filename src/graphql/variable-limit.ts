import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'

const MAX_VALUES = 100_000
const MAX_LEVELS = 200

/**
 * Why variables are too much to be read, or null: more than 100,000 values or 200 levels. Fitting them to their types
 * comes before a caller is known and holds up everyone else.
 */
export function findExcess(variables: unknown): string | null {
  let level: unknown[] = [variables]
  let count = 0
  for (let depth = 0; level.length > 0; depth++) {
    count += level.length
    if (count > MAX_VALUES) return `Variables hold at most ${MAX_VALUES} values`
    if (depth > MAX_LEVELS) return `Variables have at most ${MAX_LEVELS} levels`
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    )
  }
  return null
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
