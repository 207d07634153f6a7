import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import type { GatewayContext } from '../schema/context.js'
import { requireReadableAnswer } from '../session/concealed.js'

/** What anybody may ask: how a program that has no key yet comes to one. */
export const forAnybody: ReadonlySet<string> = new Set([
  'Query.deviceLoginState',
  'Mutation.beginDeviceLogin',
  'Mutation.exchangeDeviceCode',
])

/**
 * The schema, whose fields of queries and mutations, but for a few, first find out who calls, `UNAUTHENTICATED` for nobody known, and
 * mutations whether their answer may be read.
 */
export function admittingCallers(schema: GraphQLSchema): GraphQLSchema {
  const mutations = schema.getMutationType()
  for (const type of [schema.getQueryType(), mutations])
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (forAnybody.has(`${type?.name}.${field.name}`)) continue
      const { resolve = defaultFieldResolver } = field
      field.resolve = async (root, args, context: GatewayContext, info) => {
        await context.caller()
        if (type === mutations) await requireReadableAnswer(context, args.input ?? {}, info)
        return resolve(root, args, context, info)
      }
    }
  return schema
}
