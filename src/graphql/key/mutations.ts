import { createKey, revokeKey } from '../../domain/key/write.js'
import { payload } from '../schema/payload.js'
import { workspaceMutation } from '../schema/workspace-mutation.js'
import { ApiKeyType } from './key.js'
import { newKeyFields } from './new-key.js'

workspaceMutation('createApiKey', {
  description: 'Makes a key that enters this workspace only, which takes the role ADMIN.',
  inputs: (t) => ({
    name: t.required('String', 'The name for people: 1 to 100 characters.'),
    scopes: t.required(
      ['String'],
      'What it is good for, as `Viewer.scopes`: at least one, and none that the key that asks lacks.',
    ),
    expiresAt: t.optional(
      'DateTime',
      'From when on it is refused, a time to come; absent and null mean never, or with the key that asks where that ends. It cannot be later than that.',
    ),
    service: t.optional(
      'Boolean',
      'Whether it has no user, and so owns nothing; absent and null make it the viewer’s own.',
    ),
  }),
  act: ({ store, viewer, access }, input) => createKey(store, viewer, access, input),
  outputs: newKeyFields,
})

workspaceMutation('revokeApiKey', {
  description:
    'Ends a key of the workspace for good, which takes the role ADMIN; ending it again changes nothing. Gateways may take it for a second more.',
  inputs: (t) => ({ id: t.required('UUID', 'Uuid of the key.') }),
  act: ({ store, viewer, access }, { id }) => revokeKey(store, viewer, access, id),
  outputs: payload('apiKey', ApiKeyType, 'The key as stored now.'),
})
