import type { GraphQLInputObjectType, GraphQLSchema } from 'graphql'
import { mayDoTo } from '../../domain/acting/permissions.js'
import {
  findSavedFilter,
  listSavedFilters,
  type SavedFilter,
  savedFilterCursor,
} from '../../domain/saved-filter/find.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { scopeEverywhere, scopeToRead } from '../schema/context.js'
import { readNodeKey } from '../schema/ids.js'
import { findUser, UserType } from '../tenancy/user.js'
import { WorkspaceType } from '../tenancy/workspace.js'
import { isInputJson } from './json.js'

/** The input type that filters are saved in. */
export const filterType = (schema: GraphQLSchema) => schema.getType('SessionFilter') as GraphQLInputObjectType

const SavedFilterRightsType = builder.objectRef<SavedFilter>('SavedFilterRights').implement({
  description: 'What the viewer may do to a saved filter.',
  fields: (t) => ({
    edit: t.boolean({
      description: 'Save it anew, and delete it.',
      resolve: async (saved, _args, context) => {
        const { viewer, workspaceById } = await context.caller()
        return mayDoTo(viewer, await workspaceById(saved.workspaceId), saved, 'filter:edit')
      },
    }),
  }),
})

export const SavedFilterType = builder.node(builder.objectRef<SavedFilter>('SavedFilter'), {
  description: 'A filter of sessions under a name: its owner’s alone, or shared with the workspace.',
  id: { resolve: ({ organizationId, id }) => `${organizationId}/${id}`, description: 'The global id.' },
  loadOne: async (key, context) => {
    const [organizationId, id] = readNodeKey(key)
    const scope = await scopeEverywhere(context)
    return organizationId === scope.organizationId ? findSavedFilter(context.store, scope, id) : null
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'filter' in value && 'shared' in value,
  fields: (t) => ({
    uuid: t.member('id', 'UUID', 'The uuid that the client made.'),
    name: t.member('name', 'String', 'The name; unique among its owner’s in the workspace.'),
    shared: t.member('shared', 'Boolean', 'Whether every member of the workspace sees it.'),
    filter: t.field({
      type: 'JSONObject',
      description: 'What it narrows, to be sent back as a variable of type `SessionFilter`.',
      resolve: ({ filter }) => filter as Record<string, unknown>,
    }),
    view: t.memberOrNull(
      'view',
      'String',
      'How the client that saved it shows it, in words of its own, such as a span up to now or an order; null when it gave none.',
    ),
    isCurrent: t.boolean({
      description:
        'Whether `SessionFilter` takes it as it stands; false when it was saved with a member that is gone since.',
      resolve: ({ filter }, _args, _context, { schema }) => isInputJson(filter, filterType(schema)),
    }),
    owner: t.field({
      type: UserType,
      nullable: true,
      description: 'Who saved it; null when the account is gone.',
      resolve: ({ ownerId }, _args, context) => findUser(context, ownerId),
    }),
    viewerCan: t.field({
      type: SavedFilterRightsType,
      description: 'What the viewer may do to it.',
      resolve: (saved) => saved,
    }),
    createdAt: t.member('createdAt', 'DateTime', 'When it was first saved.'),
    updatedAt: t.member('updatedAt', 'DateTime', 'When it last changed.'),
  }),
})

builder.objectFields(WorkspaceType, (t) => ({
  savedFilters: t.connection({
    type: SavedFilterType,
    description: 'The viewer’s own saved filters and those that are shared, by name: 50 a page, up to 200.',
    resolve: async (workspace, request, context) => {
      const scope = await scopeToRead(context, workspace)
      return toConnection(await listSavedFilters(context.store, scope, request), savedFilterCursor)
    },
  }),
}))
