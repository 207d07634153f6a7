import type { User } from '../../db/sql.js'
import { builder } from '../schema/builder.js'
import type { GatewayContext } from '../schema/context.js'
import { readUuidKey } from '../schema/ids.js'

export const UserType = builder.node(builder.objectRef<User>('User'), {
  description: 'A person, or a machine account, that owns sessions.',
  id: { resolve: ({ id }) => id, description: 'The global id.' },
  loadOne: async (key, context) => (await context.caller()).loaders.memberById.load(readUuidKey(key)),
  fields: (t) => ({
    uuid: t.member('id', 'UUID', 'The uuid.'),
    email: t.member('email', 'EmailAddress', 'The e-mail address.'),
    login: t.member('username', 'String', 'The short name that people type; unique.'),
    fullName: t.memberOrNull('fullName', 'String', 'The full name; null when unknown.'),
  }),
})

/** The user of this uuid, batched; null without a uuid, and when the user is gone. */
export const findUser = (context: GatewayContext, id: string | null) =>
  id === null ? null : context.caller().then(({ loaders }) => loaders.userById.load(id))
