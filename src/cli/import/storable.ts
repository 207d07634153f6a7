const unstorable = /\p{Surrogate}|\0/gu

/** The value with texts that PostgreSQL can store: U+0000 and halves of characters become U+FFFD, which is said. */
export function toStorable<T>(value: T, leftOut: string[]): T {
  const kind = 'characters that cannot be stored'
  const clean = (part: unknown): unknown => {
    if (typeof part === 'string') {
      unstorable.lastIndex = 0
      if (!unstorable.test(part)) return part
      if (!leftOut.includes(kind)) leftOut.push(kind)
      return part.replace(unstorable, '\uFFFD')
    }
    if (Array.isArray(part)) return part.map(clean)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [clean(key), clean(inner)]))
  }
  return clean(value) as T
}
