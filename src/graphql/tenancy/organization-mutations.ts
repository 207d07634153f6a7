import { notFound } from '../../domain/errors.js'
import { updateOrganization } from '../../domain/organization/update.js'
import { builder } from '../schema/builder.js'
import { payload } from '../schema/payload.js'
import { OrganizationType, ownOrganization } from './organization.js'

builder.relayMutationField(
  'updateOrganization',
  {
    inputFields: (t) => ({
      organization: t.required('String', 'Key of the organization.'),
      name: t.optional('String', 'The name for people: 1 to 255 characters; absent and null leave it.'),
      description: t.optional(
        'String',
        'What it is; up to 2,000 characters. Absent leaves it, null clears it.',
      ),
    }),
  },
  {
    description:
      'Changes name and description of the organization, which takes the role ADMIN in its default workspace; its key stays.',
    resolve: async (_root, { input: { organization, ...input } }, context) => {
      const caller = await context.caller()
      const own = await ownOrganization(caller)
      if (own.slug !== organization) throw notFound('Organization')
      return updateOrganization(context.store, caller.viewer, own, input)
    },
  },
  { outputFields: payload('organization', OrganizationType, 'The organization as stored now.') },
)
