import { notFound } from '../../domain/errors.js'
import { keyScopes } from '../../domain/viewer.js'
import { builder } from '../schema/builder.js'
import type { Caller } from '../schema/context.js'
import { OrganizationType, ownOrganization } from './organization.js'
import { UserType } from './user.js'
import { WorkspaceType } from './workspace.js'

const ViewerType = builder.objectRef<Caller>('Viewer').implement({
  description: 'Whoever calls.',
  fields: (t) => ({
    user: t.field({
      type: UserType,
      nullable: true,
      description: 'The user of the key; null for a service key.',
      resolve: ({ viewer, loaders }) =>
        viewer.userId === null ? null : loaders.userById.load(viewer.userId),
    }),
    organization: t.field({
      type: OrganizationType,
      description: 'The organization that the key belongs to.',
      resolve: ownOrganization,
    }),
    scopes: t.stringList({
      description: `What the key is good for: ${keyScopes.map((scope) => `\`${scope}\``).join(', ')}.`,
      resolve: ({ viewer }) => [...viewer.scopes],
    }),
    defaultWorkspace: t.field({
      type: WorkspaceType,
      nullable: true,
      description: 'Where `createSession` creates; null when the key has none that the viewer may enter.',
      resolve: async ({ viewer, workspaces }) =>
        (await workspaces()).find(({ workspaceId }) => workspaceId === viewer.defaultWorkspaceId) ?? null,
    }),
    workspaces: t.field({
      type: [WorkspaceType],
      description: 'Every workspace that the viewer may enter, by slug.',
      resolve: ({ workspaces }) => workspaces(),
    }),
  }),
})

builder.queryFields((t) => ({
  viewer: t.field({
    type: ViewerType,
    description: 'Whoever calls.',
    resolve: (_root, _args, context) => context.caller(),
  }),
  organization: t.field({
    type: OrganizationType,
    description: 'The organization of this slug; an unknown one and one of others are the same error.',
    args: { slug: t.arg.required('String', 'The key of the organization.') },
    resolve: async (_root, { slug }, context) => {
      const own = await ownOrganization(await context.caller())
      if (own.slug !== slug) throw notFound('Organization')
      return own
    },
  }),
  workspace: t.field({
    type: WorkspaceType,
    description:
      'The workspace of these slugs; an unknown one and one without a role for the viewer are the same error.',
    args: {
      organization: t.arg.required('String', 'The key of the organization.'),
      slug: t.arg.required('String', 'The key of the workspace.'),
    },
    resolve: async (_root, { organization, slug }, context) =>
      (await context.caller()).enter({ organization, workspace: slug }),
  }),
}))
