import { deleteFilter } from '../../domain/saved-filter/delete.js'
import { saveFilter } from '../../domain/saved-filter/save.js'
import { requireFilter } from '../../domain/session/filter-rules.js'
import { builder } from '../schema/builder.js'
import { payload } from '../schema/payload.js'
import { workspaceFields } from '../schema/references.js'
import { readFilter, SessionFilterInput } from '../session/filter-input.js'
import { toInputJson } from './json.js'
import { filterType, SavedFilterType } from './saved-filter.js'

builder.relayMutationField(
  'saveFilter',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      id: t.field({
        type: 'UUID',
        required: true,
        description: 'Uuid made by the client; unique in the organization.',
      }),
      name: t.string({
        required: true,
        description: 'The name: up to 100 characters, unique among the owner’s in the workspace.',
      }),
      filter: t.field({
        type: SessionFilterInput,
        required: true,
        description: 'What it narrows; up to 16 KiB as JSON.',
      }),
      view: t.string({
        description:
          'What the client needs to show it as it was, such as a span up to now or an order; up to 8192 characters, kept as it is; absent and null keep none.',
      }),
      shared: t.boolean({
        description:
          'Whether every member of the workspace sees it, which takes the role WRITE; absent and null leave it, at first false.',
      }),
    }),
  },
  {
    description:
      'Saves a filter under a name, or changes the viewer’s own of the same id, or any shared one for an admin; repeating it changes nothing. A user has up to 200 in a workspace.',
    resolve: async (_root, { input: { organization, workspace, filter, ...input } }, context, { schema }) => {
      const { viewer, enter } = await context.caller()
      const access = await enter({ organization, workspace })
      requireFilter(readFilter(filter))
      const json = toInputJson(filter, filterType(schema))
      return saveFilter(context.store, viewer, access, { ...input, filter: json })
    },
  },
  { outputFields: payload('savedFilter', SavedFilterType, 'The filter as stored now.') },
)

builder.relayMutationField(
  'deleteFilter',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      id: t.field({ type: 'UUID', required: true, description: 'Uuid of the saved filter.' }),
    }),
  },
  {
    description: 'Deletes the viewer’s own saved filter, or any shared one for an admin.',
    resolve: async (_root, { input: { organization, workspace, id } }, context) => {
      const { viewer, enter } = await context.caller()
      return deleteFilter(context.store, viewer, await enter({ organization, workspace }), id)
    },
  },
  {
    outputFields: (t) => ({
      deletedId: t.globalID({
        description: 'Global id of the filter that is gone.',
        resolve: ({ organizationId, id }) => ({ type: 'SavedFilter', id: `${organizationId}/${id}` }),
      }),
      deletedUuid: t.field({
        type: 'UUID',
        description: 'Uuid of the filter that is gone.',
        resolve: ({ id }) => id,
      }),
    }),
  },
)
