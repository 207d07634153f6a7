import fc from 'fast-check'
import { documents, type Schema } from './rest-document.js'
import { sessionId } from './rest-dreadnode-world.js'

/** JSON of objects in objects. */
export const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

/** Values that break things, for any place in a body. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, -0, 0.5, 2 ** 31, 2 ** 53, 1e308, 5e-324, '', [], {}, [[[]]]),
  fc.constantFrom('\0', '\ud800', 'a\udfffb', '\u202e', '\ufeff', '😀'.repeat(256), 'x'.repeat(70_000), '%'),
  fc.constantFrom('1111', "' or 1=1 --", '__proto__', 'NaN', '5', 'true', '{P1}', '{GROUP}', sessionId(4)),
  fc.constantFrom(100, 101, 1200).map((levels) => JSON.parse(deep(levels))),
  fc.jsonValue(),
)

const ids = [1, 2, 3, 4, 5, 6, 7, 8].map(sessionId)
/** Ids, most of them of the world. */
export const uuid = fc.oneof(fc.constantFrom(...ids, '{P1}', '{P2}', '{GROUP}', '{BOB}'), fc.uuid())

/** Values of a schema, ids that exist among them. */
export function validValue(schema: Schema, dialect: string): fc.Arbitrary<unknown> {
  if (schema.$ref) return validValue(schemaOf(schema.$ref, dialect), dialect)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one: Schema) => validValue(one, dialect)))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type: string) => validValue({ ...schema, type }, dialect)))
  switch (schema.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number': {
      const [min, max] = [schema.minimum ?? 0, Math.min(schema.maximum ?? 5, 2 ** 31 - 1)]
      const some = fc.integer({ min: Math.ceil(min), max: Math.min(max, min + 5) })
      return fc.oneof({ weight: 4, arbitrary: some }, fc.constantFrom(min, max))
    }
    case 'array': {
      const least = schema.minItems ?? 0
      return fc.array(validValue(schema.items ?? {}, dialect), { minLength: least, maxLength: least + 3 })
    }
    case 'object':
      return validObject(schema, dialect)
    default:
      return validText(schema)
  }
}

function validObject(schema: Schema, dialect: string): fc.Arbitrary<unknown> {
  const members = Object.entries<Schema>(schema.properties ?? {})
  const model = Object.fromEntries(members.map(([name, one]) => [name, validMember(name, one, dialect)]))
  const declared = fc.record(model, { requiredKeys: schema.required ?? [] })
  if (schema.properties !== undefined && schema.propertyNames === undefined) return declared
  const key = schema.propertyNames?.pattern ? fc.stringMatching(/^[a-z][a-z0-9_.-]{0,8}$/) : fc.string()
  const inner = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : null
  const others = fc.dictionary(key, inner ? validValue(inner, dialect) : fc.jsonValue(), { maxKeys: 3 })
  return fc.tuple(others, declared).map(([some, known]) => ({ ...some, ...known }))
}

/** What a member that names something of the world has most of the time. */
const named = {
  project_id: fc.constantFrom('{P1}', '{P2}'),
  group_id: fc.constant('{GROUP}'),
  from_seq: fc.nat({ max: 3 }),
  up_to_seq: fc.nat({ max: 3 }),
  session_ids: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 4 }),
} as const

function validMember(name: string, schema: Schema, dialect: string): fc.Arbitrary<unknown> {
  const valid = validValue(schema, dialect)
  const known: fc.Arbitrary<unknown> | undefined = Object.hasOwn(named, name)
    ? named[name as keyof typeof named]
    : undefined
  return known === undefined
    ? valid
    : fc.oneof({ weight: 3, arbitrary: known }, { weight: 1, arbitrary: valid })
}

function validText({ format, pattern, maxLength = 20, minLength = 0 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return uuid
  const isAnyText = pattern === undefined || pattern === '^[^\\u0000]*$'
  if (!isAnyText) return textMatching(pattern.replace('{1,256}', '{1,9}').replace('{0,200}', '{0,9}'))
  const length = { minLength, maxLength: Math.min(maxLength, 40) }
  return fc.oneof(
    fc.string({ unit: 'grapheme', ...length }),
    fc.constantFrom('prod', 'coder', 'm-large', 'log'),
  )
}

/** What must not follow is left out of the making of texts, and held afterwards. */
function textMatching(pattern: string): fc.Arbitrary<string> {
  const whole = new RegExp(pattern)
  return fc
    .stringMatching(new RegExp(pattern.replace(/\(\?!(?:[^()]|\([^()]*\))*\)/g, '')))
    .filter((text) => whole.test(text))
}

function schemaOf(ref: string, dialect: string): Schema {
  return documents.get(dialect)?.components.schemas[ref.split('/').at(-1) as string]
}

/** A value with one of its nodes replaced. */
export function mutated(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(valid, fc.nat(), hostileValue).map(([value, place, hostile]) => {
    const copy = { root: structuredClone(value) }
    const nodes = listNodes(copy)
    const [parent, key] = nodes[place % nodes.length] as [Record<string, unknown>, string]
    parent[key] = hostile
    return copy.root
  })
}

function listNodes(parent: object): [object, string][] {
  return Object.entries(parent).flatMap(([key, value]): [object, string][] =>
    typeof value === 'object' && value !== null ? [[parent, key], ...listNodes(value)] : [[parent, key]],
  )
}
