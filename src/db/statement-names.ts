import { LRUCache } from 'lru-cache'
import type { Sql } from './sql.js'
import { literalOf } from './values.js'

/** Statements that a connection keeps prepared at most; further ones are sent whole each time. */
const MAX_NAMES = 200
/** Callers choose the texts of lists and filters, and most such texts never come again. */
const USES_BEFORE_NAMED = 3
const MAX_COUNTED = 2000
/** Statements with their values that are named at a time; the one used least recently makes room. */
const MAX_WITH_VALUES = 100
const MAX_COUNTED_WITH_VALUES = 500

/** Gives the name to prepare a statement under, by its text: from its third use on, while there are names. */
export function createStatementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>()
  const isDue = countUses(MAX_COUNTED)
  return (text) => {
    const before = names.get(text)
    if (before !== undefined || names.size >= MAX_NAMES || !isDue(text)) return before
    const name = `sg_${names.size}`
    names.set(text, name)
    return name
  }
}

/** A statement as it is prepared: its values stand in its text. */
export interface WithValues {
  name: string
  text: string
}

/** Gives what to prepare in place of a statement with its values: from their third use on, where literals say them. */
export function createNamesWithValues(): (statement: Sql) => WithValues | undefined {
  const named = new LRUCache<string, WithValues>({ max: MAX_WITH_VALUES })
  const isDue = countUses(MAX_COUNTED_WITH_VALUES)
  let last = 0
  return (statement) => {
    const text = withLiterals(statement)
    if (text === null) return undefined
    const before = named.get(text)
    if (before !== undefined || !isDue(text)) return before
    const one = { name: `sgv_${last++}`, text }
    named.set(text, one)
    return one
  }
}

function withLiterals({ strings, values }: Sql): string | null {
  let text = strings[0] ?? ''
  for (const [at, value] of values.entries()) {
    const literal = literalOf(value)
    if (literal === null) return null
    text += literal + (strings[at + 1] ?? '')
  }
  return text
}

/** Whether a text is used often enough by now. */
function countUses(max: number): (text: string) => boolean {
  const uses = new LRUCache<string, number>({ max })
  return (text) => {
    const count = (uses.get(text) ?? 0) + 1
    if (count < USES_BEFORE_NAMED) uses.set(text, count)
    else uses.delete(text)
    return count >= USES_BEFORE_NAMED
  }
}
