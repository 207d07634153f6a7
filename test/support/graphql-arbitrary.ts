import fc from 'fast-check'
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql'

/** What values of the world stand for in variables. */
export interface FuzzWorld {
  organization: string
  workspace: string
  /** Ids of things that are there: uuids, prefixes and global ids, by the kind of member that takes them. */
  ids: readonly string[]
  uuids: readonly string[]
  globalIds: readonly string[]
  /** Inputs with which a mutation does its work, by its name. */
  sound: ReadonlyMap<string, readonly object[]>
}

export interface FuzzedOperation {
  query: string
  variables: Record<string, unknown>
}

type Field = GraphQLField<unknown, unknown>

const hostile = fc.constantFrom<unknown>(
  ...[
    null,
    '',
    '\u0000',
    '\ud800',
    '%',
    "'; --",
    'x'.repeat(300),
    -1,
    1.5,
    1e21,
    2 ** 31,
    true,
    [],
    {},
    [null],
  ],
  ...['0x10', '{"a":1}', '__proto__', [[1]], { __proto__: 1 }, '2026-13-01', 'NaN'],
)

/** Operations built from the schema: most fit it and name what is there, some have a value out of place. */
export function operationArbitrary(schema: GraphQLSchema, world: FuzzWorld): fc.Arbitrary<FuzzedOperation> {
  const values = valueArbitraries(world)
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {}).map((field) => ({ root, field })),
  )
  const workspaceFields = Object.values(
    (schema.getType('Workspace') as GraphQLObjectType).getFields(),
  ).filter(({ type }) => !isLeafType(getNamedType(type)))
  const entry = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...roots) },
    // Most of what can be asked hangs there.
    { weight: 1, arbitrary: fc.constantFrom(...workspaceFields).map((field) => ({ root: null, field })) },
  )
  return fc.tuple(entry, fc.noShrink(fc.infiniteStream(fc.nat()))).chain(([{ root, field }, stream]) => {
    const draw = (below: number) => (stream.next().value as number) % below
    const declared: { name: string; type: GraphQLInputType }[] = []
    const text = selectField(schema, field, draw, declared, 3)
    const isMutation = root !== null && root === schema.getMutationType()
    const place = `workspace(organization: "${world.organization}", slug: "${world.workspace}")`
    const body = root === null ? `${place} { ${text} }` : text
    const heads = declared.map(({ name, type }) => `$${name}: ${type}`).join(', ')
    const query = `${isMutation ? 'mutation' : 'query'} Fuzz${heads && `(${heads})`} { ${body} }`
    const sound = isMutation ? (world.sound.get(field.name) ?? []) : []
    const members = declared.map(({ name, type }) => {
      const any = values(type, name.replace(/^v\d+_/, ''))
      if (sound.length === 0 || name !== 'v0_input') return [name, any] as const
      return [name, fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...sound) }, any)] as const
    })
    return fc
      .record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>)
      .map((variables) => ({ query, variables }))
  })
}

/** A field with arguments as variables, and a selection of what it gives, down to some depth. */
function selectField(
  schema: GraphQLSchema,
  field: Field,
  draw: (below: number) => number,
  declared: { name: string; type: GraphQLInputType }[],
  depth: number,
): string {
  const args = field.args.filter((arg) => isRequired(arg) || draw(3) === 0)
  const given = args.map((arg) => {
    const name = `v${declared.length}_${arg.name}`
    declared.push({ name, type: arg.type })
    return `${arg.name}: $${name}`
  })
  const head = `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}`
  const type = getNamedType(field.type)
  if (isLeafType(type)) return head
  const parts = isInterfaceType(type)
    ? schema.getPossibleTypes(type).map((one) => `... on ${one.name} { ${selectLeaves(one, one.name)} }`)
    : [
        selectLeaves(type as GraphQLObjectType),
        ...selectObjects(schema, type as GraphQLObjectType, draw, declared, depth),
      ]
  return `${head} { __typename ${parts.join(' ')} }`
}

/** Of several types in one place, fields of one name have to be of one type, or of names of their own. */
function selectLeaves(type: GraphQLObjectType, alias = ''): string {
  const leaves = Object.values(type.getFields()).filter(
    (field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequired),
  )
  return leaves.map(({ name }) => (alias === '' ? name : `${alias}_${name}: ${name}`)).join(' ')
}

function selectObjects(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  draw: (below: number) => number,
  declared: { name: string; type: GraphQLInputType }[],
  depth: number,
): string[] {
  const fields = Object.values(type.getFields()).filter((field) => !isLeafType(getNamedType(field.type)))
  const isThin = /(Connection|Edge|Payload|Page)$/.test(type.name)
  const chosen = fields.filter(() => isThin || draw(4) === 0)
  if (depth === 0 && !isThin) return []
  return chosen.map((field) => selectField(schema, field, draw, declared, isThin ? depth : depth - 1))
}

const isRequired = (given: GraphQLArgument | GraphQLInputField) =>
  isNonNullType(given.type) && given.defaultValue === undefined

/** Values of an input type, by the type and by the name of the member that takes them. */
function valueArbitraries(world: FuzzWorld) {
  const leaf = (type: string, name: string): fc.Arbitrary<unknown> => {
    if (name === 'organization') return fc.constant(world.organization)
    if (name === 'workspace' || name === 'slug')
      return fc.constantFrom(...Array(9).fill(world.workspace), 'other')
    if (name === 'timeZone')
      return fc.constantFrom('UTC', 'UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Nowhere/At')
    if (type === 'UUID') return fc.oneof(fc.constantFrom(...world.uuids), fc.uuid())
    if (name === 'ids' || name === 'sessionIds' || type === 'ID') return fc.constantFrom(...world.globalIds)
    if (name === 'id' || name === 'session' || name === 'project') return fc.constantFrom(...world.ids)
    if (name === 'after' || name === 'before' || name === 'last')
      return fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, fc.constantFrom(name === 'last' ? 5 : 'x'))
    if (type === 'PositiveInt') return fc.integer({ min: 1, max: 120 })
    if (name === 'first' || name === 'limit') return fc.integer({ min: 0, max: 120 })
    if (type === 'Int' || type === 'NonNegativeInt') return fc.nat({ max: 50 })
    if (type === 'Float') return fc.double({ noNaN: true, noDefaultInfinity: true })
    if (type === 'Boolean') return fc.boolean()
    if (type === 'DateTime')
      return fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
        .map((date) => date.toISOString())
    if (type === 'JSON' || type === 'JSONObject')
      return fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }))
    if (name === 'key') return fc.constantFrom('env', 'team', 'kind', 'Bad Key')
    return fc.oneof(
      fc.constantFrom('one', 'coder', 'gpt-5', ''),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    )
  }
  const made = new Map<string, fc.Arbitrary<unknown>>()
  const value = (type: GraphQLInputType, name: string, depth: number): fc.Arbitrary<unknown> => {
    const key = `${type} ${name} ${depth}`
    const known = made.get(key) ?? make(type, name, depth)
    made.set(key, known)
    return known
  }
  const make = (type: GraphQLInputType, name: string, depth: number): fc.Arbitrary<unknown> => {
    if (isNonNullType(type)) return value(type.ofType, name, depth)
    if (isListType(type)) return fc.array(value(type.ofType, name, depth), { maxLength: 3 })
    if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((one) => one.name))
    if (!isInputObjectType(type)) return leaf(type.name, name)
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || depth > 0 || !isInputObjectType(getNamedType(field.type)),
    )
    const requiredKeys = fields.filter(isRequired).map((field) => field.name)
    const members = fields.map((field) => [field.name, value(field.type, field.name, depth - 1)] as const)
    return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys })
  }
  /** One in thirty has something out of place: the whole value, or a member of it. */
  return (type: GraphQLInputType, name: string): fc.Arbitrary<unknown> => {
    const valid = value(type, name, 2)
    const spoiled = fc.tuple(valid, hostile, fc.nat()).map(([given, bad, at]) => {
      if (typeof given !== 'object' || given === null || Array.isArray(given)) return bad
      const keys = Object.keys(given)
      return keys.length === 0 ? bad : { ...given, [keys[at % keys.length] as string]: bad }
    })
    return fc.oneof({ weight: 30, arbitrary: valid }, { weight: 1, arbitrary: spoiled })
  }
}
