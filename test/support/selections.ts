import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { schema } from '../../src/graphql/schema.js'

/** Where lists begin: what hangs below another list is counted with that one. */
const parents = ['Query', 'Viewer', 'Organization', 'Workspace', 'Session', 'SessionGroup', 'SessionFacets']
/** Stored in the row of their parent. */
const partsOfRows = ['Session.labels', 'Session.capabilities']

/** Every field of the schema that lists rows, or counts them by value, as `Type.field`. */
export function listFields(): string[] {
  return parents
    .flatMap((name) => fieldsOf(name).map((field) => [`${name}.${field.name}`, field] as const))
    .filter(([coordinate, field]) => isList(field) && !partsOfRows.includes(coordinate))
    .map(([coordinate]) => coordinate)
}

export function mutationFields(): string[] {
  return fieldsOf('Mutation').map(({ name }) => `Mutation.${name}`)
}

/** Asked by nobody, by the token of a login, or by a key that ends with it; `test/graphql/device-login.test.ts` is about them. */
const ofDevices = ['beginDeviceLogin', 'createDeviceKey', 'exchangeDeviceCode', 'revokeOwnKey']

/** The mutations that keys ask for again and again. */
export function keyedMutations(): string[] {
  return mutationFields().filter((coordinate) => !ofDevices.includes(coordinate.slice('Mutation.'.length)))
}

/** The smallest selection of a type: what stands in its rows, and of these the type's name alone. */
export function smallSelection(typeName: string): string {
  const rows = fieldsOf(typeName).find(isOfRows)
  if (rows === undefined) return '{ __typename }'
  const { name } = getNamedType(rows.type)
  return isCompositeType(getNamedType(rows.type))
    ? `{ ${rows.name} ${smallSelection(name)} }`
    : `{ ${rows.name} }`
}

/** Every field of a type that takes no argument of necessity and is no list of its own, as deep as asked below rows. */
export function fullSelection(typeName: string, depth = 1): string {
  const selected = fieldsOf(typeName).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return []
    const type = getNamedType(field.type)
    if (!isCompositeType(type)) return [field.name]
    const isRow = isOfRows(field)
    if (!isObjectType(type) || (depth === 0 && !isRow)) return []
    const coordinate = `${typeName}.${field.name}`
    if (parents.includes(typeName) && isList(field) && !partsOfRows.includes(coordinate)) return []
    return [`${field.name} ${fullSelection(type.name, isRow ? depth : depth - 1)}`]
  })
  return `{ __typename ${selected.join(' ')} }`
}

export function typeOf(coordinate: string): string {
  const [parent = '', name] = coordinate.split('.')
  const field = fieldsOf(parent).find((one) => one.name === name)
  if (field === undefined) throw new Error(`There is no ${coordinate}`)
  return getNamedType(field.type).name
}

function fieldsOf(typeName: string): GraphQLField<unknown, unknown>[] {
  return Object.values((schema.getType(typeName) as GraphQLObjectType).getFields())
}

/** Whether a field leads from an answer to its rows. */
function isOfRows({ name, args }: GraphQLField<unknown, unknown>): boolean {
  return args.length === 0 && ['edges', 'node', 'nodes', 'outcomes'].includes(name)
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type)
  const bare = isNonNullType(type) ? type.ofType : type
  if (!isCompositeType(named)) return false
  return isListType(bare) || /(Connection|Page|Slice|Facets|Timeline)$/.test(named.name)
}
