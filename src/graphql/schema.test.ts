import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { expect, test } from 'vitest'
import { schema } from './schema.js'

interface Described {
  /** The schema coordinate, such as `Session.title`. */
  path: string
  description: string
  /** Of a field, what it gives. */
  output?: GraphQLOutputType
  /** Of a member of an input or an argument, whether it may be left out and has no default to say the rest. */
  optional?: boolean
  /** Of a member, the description of its input. */
  whole?: string | null
}

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
)
const all: Described[] = types.flatMap((type) => [describe(type.name, type), ...membersOf(type)])

function describe(path: string, { description }: { description?: string | null }): Described {
  return { path, description: description ?? '' }
}

function membersOf(type: GraphQLNamedType): Described[] {
  if (isEnumType(type)) return valuesOf(type)
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => ({
      ...describe(`${type.name}.${field.name}`, field),
      optional: isOptional(field),
      whole: type.description,
    }))
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field) => fieldOf(type.name, field))
}

function valuesOf(type: GraphQLEnumType): Described[] {
  return type.getValues().map((value) => describe(`${type.name}.${value.name}`, value))
}

function fieldOf(parent: string, field: GraphQLField<unknown, unknown>): Described[] {
  const path = `${parent}.${field.name}`
  const args = field.args.map((arg) => ({
    ...describe(`${path}(${arg.name})`, arg),
    optional: isOptional(arg),
  }))
  return [{ ...describe(path, field), output: field.type }, ...args]
}

function isOptional({ type, defaultValue }: { type: GraphQLInputType; defaultValue?: unknown }): boolean {
  return !isNonNullType(type) && defaultValue === undefined
}

test('everything of the schema is described in sentences', () => {
  const wrong = all.filter(({ description }) => !/^[\p{Lu}`\d].*\.$/su.test(description))

  expect(wrong.map(({ path, description }) => `${path}: ${description}`)).toEqual([])
})

test('whatever may be null says when', () => {
  const silent = all.filter(
    ({ output, description }) => output && !isNonNullType(output) && !/\bnull\b/.test(description),
  )

  expect(silent.map(({ path, description }) => `${path}: ${description}`)).toEqual([])
})

test('whatever may be left out says what that means, itself or all members of its input at once', () => {
  const silent = all.filter(
    ({ optional, description, whole }) =>
      optional && !/\b(absent|null|unless)\b/.test(`${description} ${whole}`),
  )

  expect(silent.map(({ path, description }) => `${path}: ${description}`)).toEqual([])
})
