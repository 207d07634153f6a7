import { z } from '@hono/zod-openapi'
import { hyphenate } from '../../../rules/uuid.js'
import type { ItemType } from './errors.js'

/** What is wrong with a value, at its place or below it. */
export interface Violation {
  type: ItemType
  msg: string
  path?: (string | number)[]
}

/** A schema of OpenAPI, written by hand. */
interface Described {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'object'
  [keyword: string]: unknown
}

/** What OpenAPI is told of each scalar. */
const described = new WeakMap<z.ZodType, Described>()

/** A value that is read, or refused, in the dialect's own vocabulary; described to OpenAPI by hand. */
export function scalar<T>(
  description: Described,
  read: (value: unknown, refuse: (violation: Violation) => void) => T,
) {
  const schema = z
    .unknown()
    .transform((value, context): T => {
      let refused = false
      const refuse = ({ type, msg, path = [] }: Violation) => {
        refused = true
        context.addIssue({ code: 'custom', message: msg, path, params: { type } })
      }
      if (value === undefined) refuse({ type: 'missing', msg: 'Field required' })
      const result = refused ? undefined : read(value, refuse)
      return refused ? z.NEVER : (result as T)
    })
    .openapi(description)
  described.set(schema, description)
  return schema
}

/** A scalar that may be absent or null. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  const { type, enum: values, format } = described.get(schema) as Described
  // Formats are of texts alone, which not every tool knows beside null.
  const either = [{ type, format }, { type: 'null' }]
  const keywords =
    format === undefined
      ? { type: [type, 'null'], ...(Array.isArray(values) && { enum: [...values, null] }) }
      : { type: undefined, format: undefined, anyOf: either }
  // Its types want one `type`, where OpenAPI 3.1 takes several, or none.
  return schema.nullish().openapi(keywords as never)
}

/** A scalar that has a value when it is absent; what the schema reads is what it gives, which types cannot say of any. */
export function withDefault<Schema extends z.ZodType>(schema: Schema, value: z.output<Schema>) {
  return schema.default(value as never).openapi({ default: value })
}

const unstorable = /\p{Surrogate}|\0/u
/** As much of it as a pattern of the document can say. */
export const storablePattern = '^[^\\u0000]*$'

/** A JSON text of some length in code points, without U+0000 and lone surrogates. */
export function text(
  maxLength: number,
  {
    pattern,
    minLength,
    not,
  }: { pattern?: RegExp; minLength?: 1; not?: { pattern: RegExp; msg: string } } = {},
) {
  const keywords = { maxLength, ...(minLength && { minLength }), pattern: pattern?.source ?? storablePattern }
  return scalar({ type: 'string', ...keywords }, (value, refuse) => {
    if (typeof value !== 'string') return refuseType(refuse, 'string_type', 'a valid string')
    refuseText(value, maxLength, refuse)
    if (minLength && value === '')
      refuse({ type: 'string_too_short', msg: 'String should have at least 1 character' })
    if (pattern && !pattern.test(value))
      refuse({ type: 'string_pattern_mismatch', msg: `String should match pattern '${pattern.source}'` })
    if (not?.pattern.test(value)) refuse({ type: 'value_error', msg: `Value error, ${not.msg}` })
    return value
  })
}

/** A JSON text of any length, whatever it holds. */
export function anyText() {
  return scalar({ type: 'string' }, (value, refuse) =>
    typeof value === 'string' ? value : refuseType(refuse, 'string_type', 'a valid string'),
  )
}

/** Refuses a text that is too long or that cannot be stored. */
export function refuseText(value: string, maxLength: number, refuse: (violation: Violation) => void): void {
  if (unstorable.test(value))
    refuse({ type: 'value_error', msg: 'Value error, U+0000 and lone surrogates are not allowed' })
  if (isLongerThan(value, maxLength))
    refuse({ type: 'string_too_long', msg: `String should have at most ${maxLength} characters` })
}

function isLongerThan(value: string, maxLength: number): boolean {
  if (value.length <= maxLength) return false
  let count = 0
  for (const _ of value) if (++count > maxLength) return true
  return false
}

/** A uuid in any case, with or without hyphens; gives the canonical form. */
export function uuid() {
  return scalar({ type: 'string', format: 'uuid' }, (value, refuse) => {
    if (typeof value !== 'string') return refuseType(refuse, 'uuid_type', 'a UUID, as a string')
    return readUuid(value, refuse)
  })
}

/** The canonical form of a uuid; refuses what is none. */
export function readUuid(value: string, refuse: (violation: Violation) => void): string {
  const hex = value.replaceAll('-', '').toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(hex)) refuse({ type: 'uuid_parsing', msg: 'Input should be a valid UUID' })
  return hyphenate(hex)
}

export const MAX_INT = 2_147_483_647

/** A JSON number from 0 without a fraction. */
export function integer() {
  return scalar({ type: 'integer', minimum: 0, maximum: MAX_INT }, (value, refuse) => {
    if (typeof value !== 'number') return refuseType(refuse, 'int_type', 'a valid integer')
    if (Number.isFinite(value) && !Number.isInteger(value))
      refuse({
        type: 'int_from_float',
        msg: 'Input should be a valid integer, got a number with a fractional part',
      })
    else refuseRange(value, 0, MAX_INT, refuse)
    return value
  })
}

/** A JSON number. */
export function decimal(minimum: number, maximum: number) {
  return scalar({ type: 'number', minimum, maximum }, (value, refuse) => {
    if (typeof value !== 'number') return refuseType(refuse, 'float_type', 'a valid number')
    refuseRange(value, minimum, maximum, refuse)
    return value
  })
}

/** Refuses a number below the least or above the most. */
export function refuseRange(
  value: number,
  least: number,
  most: number,
  refuse: (one: Violation) => void,
): void {
  if (value < least)
    refuse({ type: 'greater_than_equal', msg: `Input should be greater than or equal to ${least}` })
  if (value > most) refuse({ type: 'less_than_equal', msg: `Input should be less than or equal to ${most}` })
}

/** One of a few texts. */
export function choice<const Value extends string>(values: readonly Value[]) {
  return scalar({ type: 'string', enum: [...values] }, (value, refuse) => {
    if (!values.includes(value as Value))
      refuse({ type: 'enum', msg: `Input should be ${values.map((one) => `'${one}'`).join(' or ')}` })
    return value as Value
  })
}

/** A list of items; one of the wrong length is refused without a look at its items. Zod's own bounds also hold for texts. */
export function list<Item extends z.ZodType>(
  item: Item,
  least: number,
  most: number,
  { mostFaulty, readPlain }: { mostFaulty?: number; readPlain?: ReadPlain<z.output<Item>> } = {},
) {
  return z
    .preprocess(
      (value, context) => {
        if (!Array.isArray(value)) return value
        if (value.length >= least && value.length <= most) {
          if (mostFaulty === undefined) return value
          const { values, issues } = readItems(item, value, mostFaulty, readPlain)
          for (const issue of issues) context.addIssue({ ...issue })
          return issues.length === 0 ? values : z.NEVER
        }
        const short = value.length < least
        const msg = `List should have at ${short ? 'least' : 'most'} ${short ? least : most} items`
        context.addIssue({ code: 'custom', message: msg, params: { type: short ? 'too_short' : 'too_long' } })
        return z.NEVER
      },
      mostFaulty === undefined ? z.array(item) : alreadyRead(z.array(item)),
    )
    .openapi({ minItems: least, maxItems: most })
}

/** The schema for OpenAPI alone: of lists whose items have been read, which would take as long again. */
function alreadyRead<Schema extends z.ZodType>(schema: Schema): Schema {
  const { run } = schema._zod
  schema._zod.run = (payload, context) => (Array.isArray(payload.value) ? payload : run(payload, context))
  return schema
}

/** What the schema of an item gives of one that is plainly good, in a hundredth of its time; undefined leaves it to the schema. */
type ReadPlain<Output> = (value: unknown) => Output | undefined

/** The items as they are read, and what is wrong with the first faulty ones. */
function readItems(
  item: z.ZodType,
  given: readonly unknown[],
  mostFaulty: number,
  readPlain?: ReadPlain<unknown>,
) {
  const issues: z.core.$ZodIssue[] = []
  const values: unknown[] = []
  let faulty = 0
  for (const [index, value] of given.entries()) {
    const plain = readPlain?.(value)
    const { data, error } = plain === undefined ? item.safeParse(value) : { data: plain }
    values.push(data)
    if (error === undefined) continue
    issues.push(...error.issues.map((issue) => ({ ...issue, path: [index, ...issue.path] })))
    if (++faulty === mostFaulty) break
  }
  return { values, issues }
}

function refuseType(refuse: (violation: Violation) => void, type: ItemType, what: string): never {
  refuse({ type, msg: `Input should be ${what}` })
  return z.NEVER
}
