import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import type { GatewayContext } from './context.js'

/** The schema, whose fields of queries and mutations first find out who calls: `UNAUTHENTICATED` for nobody known. */
export function admittingCallers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType(), schema.getMutationType()])
    for (const field of Object.values(type?.getFields() ?? {})) {
      const { resolve = defaultFieldResolver } = field
      field.resolve = async (root, args, context: GatewayContext, info) => {
        await context.caller()
        return resolve(root, args, context, info)
      }
    }
  return schema
}
