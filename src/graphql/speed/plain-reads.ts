import {
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNullableType,
  isLeafType,
  isObjectType,
} from 'graphql'

type Field = GraphQLField<Record<string, unknown>, unknown>

/** Fields that only read a property of their parent, by schema: each with its property. */
const found = new WeakMap<GraphQLSchema, ReadonlyMap<Field, string>>()

/**
 * What `compile` gives while fields that only read a property look as if they had no resolver. The compiler reads such a
 * property in place, by the name of the field; for each other field it makes a call, a path and a description of the field.
 */
export function withPlainReads<Compiled>(schema: GraphQLSchema, compile: () => Compiled): Compiled {
  const reads = found.get(schema) ?? findPlainReads(schema)
  found.set(schema, reads)
  const kept = [...reads.keys()].map(
    (field) => [field, { name: field.name, resolve: field.resolve }] as const,
  )
  for (const [field, property] of reads) Object.assign(field, { name: property, resolve: undefined })
  try {
    return compile()
  } finally {
    for (const [field, own] of kept) Object.assign(field, own)
  }
}

/** Leaves, and the rows of edges. Not those of connections: what they count may be there later, which only a call waits for. */
export function findPlainReads(schema: GraphQLSchema): ReadonlyMap<Field, string> {
  const reads = new Map<Field, string>()
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type.name.endsWith('Connection')) continue
    for (const field of Object.values(type.getFields())) {
      const property = propertyReadBy(field)
      const isPlain = isLeafType(getNullableType(field.type)) || type.name.endsWith('Edge')
      if (property !== null && isPlain) reads.set(field, property)
    }
  }
  return reads
}

/** The property of its parent that a field gives as it stands; null for one that does anything else. */
function propertyReadBy({ resolve, args }: Field): string | null {
  // Whoever asks who calls, or for what, takes more than the parent.
  if (resolve === undefined || resolve.length !== 1 || args.length > 0) return null
  const asked: string[] = []
  const value = Symbol('value')
  const parent = new Proxy({}, { get: (_, property) => asked.push(String(property)) && value })
  try {
    const given: unknown = resolve(parent, {}, {}, {} as GraphQLResolveInfo)
    if (given instanceof Promise) given.catch(() => {})
    return given === value && asked.length === 1 ? (asked[0] as string) : null
  } catch {
    return null
  }
}
