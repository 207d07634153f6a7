import { createKey, revokeKey } from '../../domain/key/write.js'
import { builder } from '../schema/builder.js'
import { payload } from '../schema/payload.js'
import { workspaceFields } from '../schema/references.js'
import { ApiKeyType } from './key.js'
import { newKeyFields } from './new-key.js'

builder.relayMutationField(
  'createApiKey',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      name: t.string({ required: true, description: 'The name for people: 1 to 100 characters.' }),
      scopes: t.stringList({
        required: true,
        description:
          'What it is good for, as `Viewer.scopes`: at least one, and none that the key that asks lacks.',
      }),
      expiresAt: t.field({
        type: 'DateTime',
        description:
          'From when on it is refused, a time to come; absent and null mean never, or with the key that asks where that ends. It cannot be later than that.',
      }),
      service: t.boolean({
        description: 'Whether it has no user, and so owns nothing; absent and null make it the viewer’s own.',
      }),
    }),
  },
  {
    description: 'Makes a key that enters this workspace only, which takes the role ADMIN.',
    resolve: async (_root, { input: { organization, workspace, ...input } }, context) => {
      const { viewer, enter } = await context.caller()
      return createKey(context.store, viewer, await enter({ organization, workspace }), input)
    },
  },
  { outputFields: newKeyFields },
)

builder.relayMutationField(
  'revokeApiKey',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      id: t.field({ type: 'UUID', required: true, description: 'Uuid of the key.' }),
    }),
  },
  {
    description:
      'Ends a key of the workspace for good, which takes the role ADMIN; ending it again changes nothing. Gateways may take it for a second more.',
    resolve: async (_root, { input: { organization, workspace, id } }, context) => {
      const { viewer, enter } = await context.caller()
      return revokeKey(context.store, viewer, await enter({ organization, workspace }), id)
    },
  },
  { outputFields: payload('apiKey', ApiKeyType, 'The key as stored now.') },
)
