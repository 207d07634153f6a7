import {
  type GraphQLInputField,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { schema } from '../../src/graphql/schema.js'
import { inputTypeOf, mutationOf } from '../support/mutation.js'
import { becomeAdmin, inputs } from '../support/mutation-inputs.js'
import { mutationFields } from '../support/selections.js'
import { type StatementWorld, seedStatementWorld } from '../support/statement-world.js'

let world: StatementWorld
beforeAll(async () => {
  world = await seedStatementWorld(2)
  await becomeAdmin(world)
}, 120_000)

/** What PostgreSQL stores in no text. */
const texts = ['a\0b', '\ud800']

/** Where an input takes texts: the path of each, as deep as input types go. */
function textPaths(fields: readonly Pick<GraphQLInputField, 'name' | 'type'>[], depth = 3): string[][] {
  return fields.flatMap(({ name, type }) => {
    const named = getNamedType(type)
    if (['String', 'ID'].includes(named.name)) return [[name]]
    if (!isInputObjectType(named) || depth === 0) return []
    return textPaths(Object.values(named.getFields()), depth - 1).map((path) => [name, ...path])
  })
}

/** The input with a text at a path; lists on the way get one entry. */
function withText(input: any, path: readonly string[], typeName: string, text: string): any {
  const [name = '', ...below] = path
  const field = fieldsOfInput(typeName).find((one) => one.name === name) as GraphQLInputField
  const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type)
  const before = isList ? (input?.[name]?.[0] ?? {}) : (input?.[name] ?? {})
  const value = below.length === 0 ? text : withText(before, below, getNamedType(field.type).name, text)
  return { ...input, [name]: isList ? [value] : value }
}

function fieldsOfInput(typeName: string): GraphQLInputField[] {
  const type = schema.getType(typeName)
  return isInputObjectType(type) ? Object.values(type.getFields()) : []
}

const codeOf = (errors: any[] | undefined) => errors?.[0]?.extensions?.code ?? 'none'

test.each(mutationFields())(
  '%s refuses texts that cannot be stored, all but what tools print',
  async (coordinate) => {
    const name = coordinate.slice('Mutation.'.length)
    const inputType = inputTypeOf(name)
    const sound = await inputs[name]?.(world)
    for (const path of textPaths(fieldsOfInput(inputType)))
      for (const text of texts) {
        const { errors } = await world.bob.graphql(mutationOf(name), {
          input: withText(sound, path, inputType, text),
        })
        const where = path.join('.')
        expect([where, codeOf(errors)]).not.toEqual([where, 'INTERNAL_SERVER_ERROR'])
        // What tools print is kept, with U+FFFD in its place (contract 1.6).
        if (path.at(-1) !== 'content') expect([where, codeOf(errors)]).not.toEqual([where, 'none'])
      }
  },
)

/** How each type whose fields take texts is reached. */
const reached: Record<string, (inner: string) => string> = {
  Query: (inner) => inner,
  Viewer: (inner) => `viewer { ${inner} }`,
  Organization: (inner) => `viewer { organization { ${inner} } }`,
  Workspace: (inner) => inWorkspace(inner),
  Session: (inner) => inWorkspace(`sessions(first: 1) { edges { node { ${inner} } } }`),
  SessionFacets: (inner) => inWorkspace(`sessionFacets { ${inner} }`),
}
const inWorkspace = (inner: string) =>
  `workspace(organization: "${world.place.organization}", slug: "${world.place.workspace}") { ${inner} }`

const arguments_ = Object.keys(reached).flatMap((type) =>
  Object.values((schema.getType(type) as GraphQLObjectType).getFields()).flatMap((field) =>
    textPaths(field.args).map((path) => ({
      type,
      field,
      path,
      name: `${type}.${field.name}(${path.join('.')})`,
    })),
  ),
)

test.each(arguments_)(
  '$name meets texts that cannot be stored without a fault',
  async ({ type, field, path }) => {
    const [top = '', ...below] = path
    const argument = field.args.find(({ name }) => name === top)
    const needed = field.args.filter(
      ({ name, type: needs, defaultValue }) =>
        name !== top && isNonNullType(needs) && defaultValue === undefined,
    )
    const rest = needed.map(
      ({ name, type: needs }) =>
        `, ${name}: ${getNamedType(needs).name === 'UUID' ? `"${world.groupId}"` : '"x"'}`,
    )
    const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'
    for (const text of texts) {
      const isList = isListType(isNonNullType(argument?.type) ? argument.type.ofType : argument?.type)
      const value =
        below.length === 0 ? text : withText({}, below, getNamedType(argument?.type)?.name ?? '', text)
      const document = `query Q($value: ${argument?.type}) { ${(reached[type] as (inner: string) => string)(`${field.name}(${top}: $value${rest.join('')}) ${selection}`)} }`
      const { errors } = await world.bob.graphql(document, { value: isList ? [value] : value })
      expect(codeOf(errors)).not.toMatch(/INTERNAL_SERVER_ERROR|VALIDATION/)
    }
  },
)
