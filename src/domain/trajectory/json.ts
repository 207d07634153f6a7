type Json = Record<string, unknown>

/** The members that are neither null nor undefined. */
export function withoutUnset(object: Json): Json {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== null && value !== undefined),
  )
}

/** A moment with microseconds, as exported documents write it. */
export function timestamp(date: Date): string {
  return date.toISOString().replace('Z', '000Z')
}
