import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import { isOfAccess } from '../../domain/audit/acts.js'
import type { GatewayContext } from '../schema/context.js'
import { actOfMutation } from './acts.js'

/** The schema, whose mutations that change who may enter what count at once for whoever asks this process next. */
export function forgettingAccess(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver, name } = field
    const act = actOfMutation[name]
    if (act == null || !isOfAccess(act)) continue
    field.resolve = async (root, args, context: GatewayContext, info) => {
      const done = await resolve(root, args, context, info)
      context.forgetAccess()
      return done
    }
  }
  return schema
}
