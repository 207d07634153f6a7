import { type GraphQLSchema, isObjectType } from 'graphql'

/** A plugin of codegen: the object types that have no `id`, and live within others in a cache that is keyed by ids. */
export function plugin(schema: GraphQLSchema): string {
  const roots: unknown[] = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const names = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type))
    .filter((type) => isObjectType(type) && !('id' in type.getFields()))
    .map(({ name }) => name)
  const list = names.toSorted().map((name) => `  '${name}',\n`)
  return `/** Every object type of the schema that has no \`id\`. */\nexport const typesWithoutId = [\n${list.join('')}] as const\n`
}
