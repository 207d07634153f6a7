import { deleteFilter } from '../../domain/saved-filter/delete.js'
import { saveFilter } from '../../domain/saved-filter/save.js'
import { requireFilter } from '../../domain/session/filter-rules.js'
import { payload } from '../schema/payload.js'
import { workspaceMutation } from '../schema/workspace-mutation.js'
import { readFilter, SessionFilterInput } from '../session/filter-input.js'
import { toInputJson } from './json.js'
import { filterType, SavedFilterType } from './saved-filter.js'

workspaceMutation('saveFilter', {
  description:
    'Saves a filter under a name, or changes the viewer’s own of the same id, or any shared one for an admin; repeating it changes nothing. A user has up to 200 in a workspace.',
  inputs: (t) => ({
    id: t.required('UUID', 'Uuid made by the client; unique in the organization.'),
    name: t.required('String', 'The name: up to 100 characters, unique among the owner’s in the workspace.'),
    filter: t.required(SessionFilterInput, 'What it narrows; up to 16 KiB as JSON.'),
    view: t.optional(
      'String',
      'What the client needs to show it as it was, such as a span up to now or an order; up to 8192 characters, kept as it is; absent and null keep none.',
    ),
    shared: t.optional(
      'Boolean',
      'Whether every member of the workspace sees it, which takes the role WRITE; absent and null leave it, at first false.',
    ),
  }),
  act: async ({ store, viewer, access, schema }, { filter, ...input }) => {
    requireFilter(readFilter(filter))
    return saveFilter(store, viewer, access, { ...input, filter: toInputJson(filter, filterType(schema)) })
  },
  outputs: payload('savedFilter', SavedFilterType, 'The filter as stored now.'),
})

workspaceMutation('deleteFilter', {
  description: 'Deletes the viewer’s own saved filter, or any shared one for an admin.',
  inputs: (t) => ({ id: t.required('UUID', 'Uuid of the saved filter.') }),
  act: ({ store, viewer, access }, { id }) => deleteFilter(store, viewer, access, id),
  outputs: (t) => ({
    deletedId: t.globalID({
      description: 'Global id of the filter that is gone.',
      resolve: ({ organizationId, id }) => ({ type: 'SavedFilter', id: `${organizationId}/${id}` }),
    }),
    deletedUuid: t.member('id', 'UUID', 'Uuid of the filter that is gone.'),
  }),
})
