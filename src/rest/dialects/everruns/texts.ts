import { z } from '@hono/zod-openapi'

/** What no text may hold that is used (contract 2.1): NUL, or half of a surrogate pair. */
export const unstorable = /\p{Surrogate}|\0/u
/** As much of that as a pattern of the document can say. */
const storablePattern = '^[^\\u0000]*$'

/** A text of up to `most` characters. */
export function text(name: string, most: number) {
  return z
    .string()
    .refine((value) => !unstorable.test(value), `Invalid ${name}: holds NUL or an unpaired surrogate`)
    .refine((value) => [...value].length <= most, `Invalid ${name}: at most ${most} characters`)
    .openapi({ maxLength: most, pattern: storablePattern })
}

/** A list; only the first thing wrong with one is told, so no more is looked for. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value, context) => {
    for (const [index, one] of Array.isArray(value) && value.length > LONG ? value.entries() : []) {
      const issue = item.safeParse(one).error?.issues[0]
      if (issue === undefined) continue
      context.addIssue({ ...issue, path: [index, ...issue.path] })
      return z.NEVER
    }
    return value
  }, z.array(item))
}

/** What is no longer is read whole at once. */
const LONG = 100
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
