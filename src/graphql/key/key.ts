import { mayDo } from '../../domain/acting/permissions.js'
import { findKey, listKeys } from '../../domain/key/find.js'
import { timeCursor } from '../../domain/keyset.js'
import { type StoredKey, scopesOfKey } from '../../domain/tenancy/api-key.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { readNodeKey } from '../schema/ids.js'
import { findUser, UserType } from '../tenancy/user.js'
import { WorkspaceType } from '../tenancy/workspace.js'

export const ApiKeyType = builder.node(builder.objectRef<StoredKey>('ApiKey'), {
  description: 'A key of a workspace; what it is made of is told once, when it is made.',
  id: { resolve: ({ organizationId, id }) => `${organizationId}/${id}`, description: 'The global id.' },
  loadOne: async (key, context) => {
    const [organizationId, id] = readNodeKey(key)
    const { viewer, workspaces } = await context.caller()
    if (organizationId !== viewer.organizationId) return null
    for (const access of await workspaces()) {
      if (!mayDo(viewer, access, 'key:list')) continue
      const found = await findKey(context.store, viewer, access, id)
      if (found !== null) return found
    }
    return null
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'prefix' in value && 'scopes' in value,
  fields: (t) => ({
    uuid: t.member('id', 'UUID', 'The uuid.'),
    name: t.member('name', 'String', 'The name for people.'),
    prefix: t.member('prefix', 'String', 'How it begins, to tell keys apart.'),
    scopes: t.stringList({
      description: 'What it is good for, as `Viewer.scopes`.',
      resolve: ({ scopes }) => [...scopesOfKey(scopes)],
    }),
    isBound: t.boolean({
      description:
        'Whether it enters this workspace only; false for one of the viewer’s own that enters others.',
      resolve: ({ workspaceId }) => workspaceId !== null,
    }),
    isViewers: t.boolean({
      description: 'Whether it is the key that asks.',
      resolve: async ({ id }, _args, context) => (await context.caller()).viewer.keyId === id,
    }),
    user: t.field({
      type: UserType,
      nullable: true,
      description: 'Whose it is; null for a service key.',
      resolve: ({ userId }, _args, context) => findUser(context, userId),
    }),
    createdAt: t.member('createdAt', 'DateTime', 'When it was made.'),
    expiresAt: t.memberOrNull('expiresAt', 'DateTime', 'From when on it is refused; null for never.'),
    revokedAt: t.memberOrNull('revokedAt', 'DateTime', 'When it was revoked; null while it was not.'),
    lastUsedAt: t.memberOrNull(
      'lastUsedAt',
      'DateTime',
      'When it last told who calls, a minute early at most; null before its first use.',
    ),
  }),
})

builder.objectFields(WorkspaceType, (t) => ({
  apiKeys: t.connection({
    type: ApiKeyType,
    description:
      'The keys that are bound to the workspace, and the viewer’s own unbound ones, newest first: 50 a page, up to 200. It takes the role ADMIN.',
    args: {
      includeRevoked: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Also those that were revoked.',
      }),
    },
    resolve: async (workspace, { includeRevoked, ...request }, context) => {
      const { viewer } = await context.caller()
      return toConnection(
        await listKeys(context.store, viewer, workspace, includeRevoked, request),
        timeCursor,
      )
    },
  }),
}))
