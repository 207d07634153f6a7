import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import type { GatewayContext } from '../schema/context.js'
import { requireReadableAnswer } from '../session/concealed.js'

/**
 * The schema, whose fields of queries and mutations first find out who calls, `UNAUTHENTICATED` for nobody known, and
 * mutations whether their answer may be read.
 */
export function admittingCallers(schema: GraphQLSchema): GraphQLSchema {
  const mutations = schema.getMutationType()
  for (const type of [schema.getQueryType(), mutations])
    for (const field of Object.values(type?.getFields() ?? {})) {
      const { resolve = defaultFieldResolver } = field
      field.resolve = async (root, args, context: GatewayContext, info) => {
        await context.caller()
        if (type === mutations) await requireReadableAnswer(context, args.input ?? {}, info)
        return resolve(root, args, context, info)
      }
    }
  return schema
}
