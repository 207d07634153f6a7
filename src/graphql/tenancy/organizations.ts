import { createOrganization } from '../../domain/organization/create.js'
import {
  listOrganizations,
  type OrganizationSummary,
  organizationCursor,
} from '../../domain/organization/list.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { headOfOrganization } from './organization.js'

const OrganizationSummaryType = builder.objectRef<OrganizationSummary>('OrganizationSummary').implement({
  description: 'An organization as operators of the gateway see it: nothing of what lies in it.',
  fields: (t) => ({
    ...headOfOrganization(t),
    workspaceCount: t.member('workspaceCount', 'NonNegativeInt', 'How many workspaces it has.'),
    memberCount: t.member('memberCount', 'NonNegativeInt', 'Users with a role in any of its workspaces.'),
  }),
})

builder.queryFields((t) => ({
  organizations: t.connection({
    type: OrganizationSummaryType,
    description:
      'Every organization of the gateway, by slug: 50 a page, up to 200. It takes a key with the scope `organizations:manage`, bound to no workspace.',
    resolve: async (_root, request, context) => {
      const { viewer } = await context.caller()
      return toConnection(await listOrganizations(context.store, viewer, request), organizationCursor)
    },
  }),
}))

builder.relayMutationField(
  'createOrganization',
  {
    inputFields: (t) => ({
      slug: t.required('String', 'The key: up to 63 lower-case letters, digits and hyphens, unique.'),
      name: t.optional('String', 'The name for people: 1 to 255 characters; absent and null take the key.'),
      description: t.optional('String', 'What it is; up to 2,000 characters. Absent and null say nothing.'),
      defaultWorkspace: t.optional('String', 'Key of its default workspace; absent and null take `main`.'),
      admin: t.optional(
        'String',
        'E-mail address of its first admin, who signs in; absent and null make it the viewer, who gets a key of the new organization.',
      ),
    }),
  },
  {
    description:
      'Creates an organization with its default workspace and first admin. It takes a key with the scope `organizations:manage`, bound to no workspace.',
    resolve: async (_root, { input: { defaultWorkspace, ...input } }, context) => {
      const { viewer } = await context.caller()
      return createOrganization(context.store, viewer, { ...input, workspace: defaultWorkspace })
    },
  },
  {
    outputFields: (t) => ({
      organization: t.member('organization', OrganizationSummaryType, 'The organization, new.'),
      defaultWorkspace: t.member('workspace', 'String', 'Key of its default workspace.'),
      secret: t.memberOrNull(
        'secret',
        'String',
        'A key of the viewer’s own for the new organization, with read and write. It is stored nowhere, and told this once; null where somebody else is its admin.',
      ),
    }),
  },
)
