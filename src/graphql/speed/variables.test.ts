import fc from 'fast-check'
import {
  type GraphQLInputType,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../schema.js'
import { compileVariables, readVariables } from './variables.js'

const anything = fc.oneof(
  fc.constantFrom(null, undefined, true, 0, 1, -1, 1.5, 2 ** 40, '', 'x', '2026-01-02T03:04:05Z', 'USER'),
  fc.constantFrom(1e21, 7.9, '0x10', '7', 2 ** 53, -0),
  fc.uuid(),
  fc.constantFrom({}, [], [null], { unknown: 1 }, { id: 'x' }),
)

/** Values that are mostly as the type wants them. */
function valuesOf(type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return valuesOf(type.ofType, depth)
  const fitting = (): fc.Arbitrary<unknown> => {
    if (isListType(type))
      return fc.oneof(
        fc.array(valuesOf(type.ofType, depth + 1), { maxLength: 3 }),
        valuesOf(type.ofType, depth + 1),
      )
    if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name))
    if (!isInputObjectType(type)) return leaves[type.name] ?? anything
    if (depth > 4) return fc.constant({})
    const fields = Object.values(type.getFields()).map((field) => [
      field.name,
      valuesOf(field.type, depth + 1),
    ])
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type))
    return fc.record(Object.fromEntries(fields), { requiredKeys: required.map(({ name }) => name) as never })
  }
  return fc.oneof({ weight: 100, arbitrary: fitting() }, { weight: 1, arbitrary: anything })
}

const leaves: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  String: fc.string(),
  Int: fc.integer(),
  Float: fc.double({ noNaN: true, noDefaultInfinity: true }),
  Boolean: fc.boolean(),
  UUID: fc.uuid(),
  NonNegativeInt: fc.nat(),
  DateTime: fc
    .date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') })
    .map((date) => date.toISOString()),
  JSONObject: fc.dictionary(fc.string(), fc.jsonValue()),
}

const inputTypes = Object.values(schema.getTypeMap())
  .filter((type) => isInputObjectType(type) && !type.name.startsWith('__'))
  .map((type) => type as GraphQLInputType & { name: string })

function declarationsOf(text: string) {
  const [operation] = parse(`query Q(${text}) { __typename }`).definitions as OperationDefinitionNode[]
  expect(operation?.kind).toBe(Kind.OPERATION_DEFINITION)
  return operation?.variableDefinitions ?? []
}

/** What graphql-js makes of the values; null where it finds an error. */
function interpreted(text: string, values: Record<string, unknown>) {
  return getVariableValues(schema, declarationsOf(text), values).coerced ?? null
}

test.each(inputTypes)('$name is read as graphql-js reads it, and refused where it is', (type) => {
  for (const declared of [`$v: ${type.name}`, `$v: [${type.name}!]!`]) {
    const read = compileVariables(schema, declarationsOf(declared))
    const values = declared.includes('[') ? fc.array(valuesOf(type), { maxLength: 2 }) : valuesOf(type)
    fc.assert(
      fc.property(values, (v) => {
        expect(read({ v })).toEqual(interpreted(declared, { v }))
      }),
      { numRuns: 100 },
    )
  }
})

test.each([
  ['$v: String', {}],
  ['$v: String!', {}],
  ['$v: String!', { v: null }],
  ['$v: String', { v: null }],
  ['$v: Int = 3', {}],
  ['$v: Int = 3', { v: null }],
  ['$v: Int! = 3', {}],
  ['$v: Int! = 3', { v: null }],
  ['$v: SessionOrder = { field: CREATED_AT }', {}],
  ['$v: [String!]', { v: 'x' }],
  ['$v: Int, $w: Int', { v: 1, w: 'x', x: 1 }],
  ['$v: Int', { v: undefined }],
] as const)('%s with %o is as graphql-js has it', (declared, values) => {
  expect(compileVariables(schema, declarationsOf(declared))(values)).toEqual(interpreted(declared, values))
})

test('the variables of one request are read once, whoever asks', () => {
  const operation = parse('query ($id: UUID!) { node(id: $id) { id } }')
    .definitions[0] as OperationDefinitionNode
  const values = { id: '3FA85F64-5717-4562-B3FC-2C963F66AFA6' }
  const read = readVariables(schema, operation, values)
  expect(read).toEqual({ id: values.id.toLowerCase() })
  expect(readVariables(schema, operation, values)).toBe(read)
  expect(readVariables(schema, operation, { ...values })).not.toBe(read)
})
