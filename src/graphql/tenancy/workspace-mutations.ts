import { notFound } from '../../domain/errors.js'
import { organizationsById } from '../../domain/tenancy/lookups.js'
import { createWorkspace, updateWorkspace } from '../../domain/workspace/write.js'
import { builder } from '../schema/builder.js'
import { payload } from '../schema/payload.js'
import { workspaceFields } from '../schema/references.js'
import { WorkspaceType } from './workspace.js'

builder.relayMutationField(
  'createWorkspace',
  {
    inputFields: (t) => ({
      organization: t.required('String', 'Key of the organization.'),
      slug: t.required(
        'String',
        'The key: up to 63 lower-case letters, digits and hyphens, unique in the organization.',
      ),
      name: t.optional('String', 'The name for people: 1 to 255 characters; absent and null take the key.'),
      description: t.optional(
        'String',
        'What it is for; up to 2,000 characters. Absent and null say nothing.',
      ),
    }),
  },
  {
    description:
      'Creates a workspace with its project `default`, which takes the role ADMIN in the default workspace of the organization. Whoever asks is its admin.',
    resolve: async (_root, { input: { organization, ...input } }, context) => {
      const { viewer } = await context.caller()
      const [own] = await organizationsById(context.store, [viewer.organizationId])
      if (own?.slug !== organization) throw notFound('Organization')
      return createWorkspace(context.store, viewer, input)
    },
  },
  { outputFields: payload('workspace', WorkspaceType, 'The workspace, new.') },
)

builder.relayMutationField(
  'updateWorkspace',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      name: t.optional('String', 'The name for people: 1 to 255 characters; absent and null leave it.'),
      description: t.optional(
        'String',
        'What it is for; up to 2,000 characters. Absent leaves it, null clears it.',
      ),
    }),
  },
  {
    description: 'Changes name and description of a workspace, which takes the role ADMIN; its key stays.',
    resolve: async (_root, { input: { organization, workspace, ...input } }, context) => {
      const { viewer, enter } = await context.caller()
      return updateWorkspace(context.store, viewer, await enter({ organization, workspace }), input)
    },
  },
  { outputFields: payload('workspace', WorkspaceType, 'The workspace as stored now.') },
)
