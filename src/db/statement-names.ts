import { LRUCache } from 'lru-cache'

/** Statements that a connection keeps prepared at most; further ones are sent whole each time. */
const MAX_NAMES = 200
/** Callers choose the texts of lists and filters, and most such texts never come again. */
const USES_BEFORE_NAMED = 3
const MAX_COUNTED = 2000

/** Gives the name to prepare a statement under, by its text: from its third use on, while there are names. */
export function createStatementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>()
  const uses = new LRUCache<string, number>({ max: MAX_COUNTED })
  return (text) => {
    const known = names.get(text)
    if (known !== undefined || names.size >= MAX_NAMES) return known
    const count = (uses.get(text) ?? 0) + 1
    if (count < USES_BEFORE_NAMED) {
      uses.set(text, count)
      return undefined
    }
    uses.delete(text)
    const name = `sg_${names.size}`
    names.set(text, name)
    return name
  }
}
