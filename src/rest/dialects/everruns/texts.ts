import { z } from '@hono/zod-openapi'

/** What no text may hold that is used (contract 2.1): NUL, or half of a surrogate pair. */
export const unstorable = /\p{Surrogate}|\0/u

/** A text of up to `most` characters. */
export function text(name: string, most: number) {
  return z
    .string()
    .refine((value) => !unstorable.test(value), `Invalid ${name}: holds NUL or an unpaired surrogate`)
    .refine((value) => [...value].length <= most, `Invalid ${name}: at most ${most} characters`)
    .openapi({ maxLength: most })
}

const MAX_DEPTH = 100

/** Whether a JSON value can be kept as it is: texts as above, finite numbers, not too deep. */
export function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !unstorable.test(value)
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return true
  return (
    depth < MAX_DEPTH &&
    Object.entries(value).every(([key, nested]) => !unstorable.test(key) && isStorable(nested, depth + 1))
  )
}
