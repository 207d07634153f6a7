import type { Plugin } from 'graphql-yoga'
import { refusal } from './refusal.js'

const MAX_VALUES = 100_000
const MAX_LEVELS = 200
/** Of one object; no input type has as many fields, and to list them takes its time. */
const MAX_MEMBERS = 10_000
const MAX_DOCUMENT = 262_144
/** Metadata is taken as it comes, whatever it holds: a transcript's has no limit but the body's. */
const METADATA = 'metadata'

/**
 * Why an operation is too much to be read, or null: a document of more than 262,144 characters, or variables of more
 * than 100,000 values, 200 levels or 10,000 members an object, those within metadata not counted. Reading them comes before a caller is known and holds up everyone else.
 */
export function findExcess({ query, variables }: { query?: unknown; variables?: unknown }): string | null {
  if (typeof query === 'string' && query.length > MAX_DOCUMENT)
    return `A document has at most ${MAX_DOCUMENT} characters; put long texts into variables`
  let count = 0
  const visit = (value: unknown, depth: number): string | null => {
    count += 1
    if (count > MAX_VALUES) return `Variables hold at most ${MAX_VALUES} values`
    if (depth > MAX_LEVELS) return `Variables have at most ${MAX_LEVELS} levels`
    if (typeof value !== 'object' || value === null) return null
    if (Array.isArray(value)) {
      for (const item of value) {
        const excess = visit(item, depth + 1)
        if (excess !== null) return excess
      }
      return null
    }
    let members = 0
    for (const name in value) {
      if (++members > MAX_MEMBERS) return `An object in variables has at most ${MAX_MEMBERS} members`
      if (name === METADATA) continue
      const excess = visit((value as Record<string, unknown>)[name], depth + 1)
      if (excess !== null) return excess
    }
    return null
  }
  return visit(variables, 0)
}

/** Refuses such operations before anything else is done with them. */
export function useVariableLimit(): Plugin {
  return {
    onParams: ({ params }) => {
      const excess = findExcess(params)
      if (excess !== null) throw refusal('BAD_REQUEST', excess)
    },
  }
}
