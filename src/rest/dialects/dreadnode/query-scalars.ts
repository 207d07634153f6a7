import { z } from '@hono/zod-openapi'
import { readUuid, refuseRange, refuseText, scalar, storablePattern } from './scalars.js'

/** How often a parameter may be repeated (contract 1.3). */
const MAX_REPEATS = 50

const booleans = new Map([
  ...['true', '1', 'yes', 'on', 't', 'y'].map((text) => [text, true] as const),
  ...['false', '0', 'no', 'off', 'f', 'n'].map((text) => [text, false] as const),
])

/** A query text that is a uuid. */
export const queryUuid = scalar({ type: 'string', format: 'uuid' }, (value, refuse) =>
  readUuid(String(value), refuse),
)

/** A query text that is an integer: an optional sign and digits. */
export function queryInteger(minimum: number, maximum: number) {
  return scalar({ type: 'integer', minimum, maximum }, (value, refuse) => {
    if (!/^[+-]?[0-9]+$/.test(String(value)))
      refuse({
        type: 'int_parsing',
        msg: 'Input should be a valid integer, unable to parse string as an integer',
      })
    else refuseRange(Number(value), minimum, maximum, refuse)
    return Number(value)
  })
}

/** A query text that is a boolean, in any of Pydantic's spellings. */
export const queryBoolean = scalar({ type: 'boolean' }, (value, refuse) => {
  const read = booleans.get(String(value).toLowerCase())
  if (read === undefined)
    refuse({ type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' })
  return read as boolean
})

/** A query text of some length in code points. */
export function queryText(maxLength: number) {
  return scalar({ type: 'string', maxLength, pattern: storablePattern }, (value, refuse) => {
    refuseText(String(value), maxLength, refuse)
    return String(value)
  })
}

/** A parameter that may be sent several times. */
export function repeated<Item extends z.ZodType>(item: Item) {
  return z
    .preprocess((values, context) => {
      if (!Array.isArray(values) || values.length <= MAX_REPEATS) return values
      const message = `List should have at most ${MAX_REPEATS} items`
      context.addIssue({ code: 'custom', message, params: { type: 'too_long' } })
      return z.NEVER
    }, z.array(item))
    .openapi({ maxItems: MAX_REPEATS })
}
