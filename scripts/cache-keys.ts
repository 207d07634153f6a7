import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql'

const paging = new Set(['first', 'after', 'last', 'before'])

/**
 * A plugin of codegen: what a cache that is keyed by ids has to be told of the schema. The object types that have no `id`
 * and live within others, and the paged lists of those that have one, with the arguments that tell their lists apart.
 */
export function plugin(schema: GraphQLSchema): string {
  const roots: unknown[] = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const types = Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
    .filter((type) => !roots.includes(type))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const withoutId = types.filter((type) => !('id' in type.getFields()))
  const lists = types.filter((type) => 'id' in type.getFields()).flatMap(listsOf)
  return `/** Every object type of the schema that has no \`id\`. */
export const typesWithoutId = [
${withoutId.map(({ name }) => `  '${name}',\n`).join('')}] as const

/** Every paged list of a type that has one, and the arguments that tell its lists apart. */
export const pagedLists: Record<string, Record<string, string[]>> = {
${lists.join('')}}
`
}

function listsOf(type: GraphQLObjectType): string[] {
  const fields = Object.values(type.getFields()).filter((field) =>
    /Connection$/.test(getNamedType(field.type).name),
  )
  const rows = fields.map(({ name, args }) => {
    const further = args.map((arg) => arg.name).filter((arg) => !paging.has(arg))
    return `    ${name}: [${further.map((arg) => `'${arg}'`).join(', ')}],\n`
  })
  return rows.length === 0 ? [] : [`  ${type.name}: {\n${rows.join('')}  },\n`]
}
