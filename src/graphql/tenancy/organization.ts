import type { Organization } from '../../db/sql.js'
import { notFound } from '../../domain/errors.js'
import { countMembers } from '../../domain/tenancy/lookups.js'
import { builder, type Outputs } from '../schema/builder.js'
import type { Caller } from '../schema/context.js'
import { readUuidKey } from '../schema/ids.js'

/** The organization that the caller's key belongs to, read once a request. */
export async function ownOrganization({ viewer, loaders }: Caller): Promise<Organization> {
  const own = await loaders.organizationById.load(viewer.organizationId)
  if (own === null) throw notFound('Organization')
  return own
}

/** What its own people and operators are told of an organization. */
export const headOfOrganization = (t: Outputs<Organization>) => ({
  uuid: t.member('id', 'UUID', 'The uuid.'),
  slug: t.member('slug', 'String', 'The key in paths; unique.'),
  name: t.member('name', 'String', 'The name for people.'),
  description: t.memberOrNull('description', 'String', 'What it is; null when nobody said.'),
  createdAt: t.member('createdAt', 'DateTime', 'When it was made.'),
  updatedAt: t.member('updatedAt', 'DateTime', 'When its name or description last changed.'),
})

export const OrganizationType = builder.node(builder.objectRef<Organization>('Organization'), {
  description: 'A tenant: it owns workspaces, and API keys belong to it.',
  id: { resolve: ({ id }) => id, description: 'The global id.' },
  loadOne: async (key, context) => {
    const own = await ownOrganization(await context.caller())
    return own.id === readUuidKey(key) ? own : null
  },
  fields: (t) => ({
    ...headOfOrganization(t),
    memberCount: t.field({
      type: 'NonNegativeInt',
      description: 'Users with a role in any of its workspaces.',
      resolve: ({ id }, _args, context) => countMembers(context.store, id),
    }),
  }),
})
