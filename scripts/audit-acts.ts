import { type GraphQLSchema, isEnumType } from 'graphql'

/** The acts that an audit may tell of, for the explorer's menu: Relay's artifacts have them as a type alone. */
export function plugin(schema: GraphQLSchema): string {
  const act = schema.getType('AuditAct')
  if (!isEnumType(act)) throw new Error('the schema has no AuditAct')
  const names = act.getValues().map(({ name }) => `  '${name}',\n`)
  return `/** Every act that an audit may tell of. */\nexport const auditActs = [\n${names.join('')}] as const\n`
}
