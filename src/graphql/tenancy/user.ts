import { builder } from '../builder.js'
import { readUuidKey } from '../ids.js'

export const UserType = builder.prismaNode('User', {
  nullable: true,
  description: 'A person, or a machine account, that owns sessions.',
  id: { field: 'id', description: 'The global id.' },
  findUnique: (key, context) => ({
    id: readUuidKey(key),
    memberships: { some: { organizationId: context.viewer().organizationId } },
  }),
  fields: (t) => ({
    uuid: t.expose('id', { type: 'UUID', description: 'The uuid.' }),
    email: t.expose('email', { type: 'EmailAddress', description: 'The e-mail address.' }),
    login: t.exposeString('username', { description: 'The short name that people type; unique.' }),
    fullName: t.exposeString('fullName', {
      nullable: true,
      description: 'The full name; null when unknown.',
    }),
  }),
})
