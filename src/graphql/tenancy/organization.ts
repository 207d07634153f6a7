import { scopeOf } from '../../domain/session/filter.js'
import { pageSessions } from '../../domain/session/list.js'
import { requireRole } from '../../domain/session/permissions.js'
import { builder } from '../builder.js'
import { readFilter, readOrder, SessionFilterInput, SessionOrderInput } from '../session/inputs.js'
import { SessionSliceType } from '../session/page.js'

export const OrganizationType = builder.prismaNode('Organization', {
  description: 'A tenant: it owns workspaces, and API keys belong to it.',
  id: { field: 'id', description: 'The global id.' },
  findUnique: (id, context) => ({ id, AND: { id: context.viewer().organizationId } }),
  fields: (t) => ({
    uuid: t.expose('id', { type: 'UUID', description: 'The uuid.' }),
    slug: t.exposeString('slug', { description: 'The key in paths; unique.' }),
    name: t.exposeString('name', { description: 'The name for people.' }),
    sessionSlice: t.field({
      type: SessionSliceType,
      description:
        'A stretch by offset of the sessions in all workspaces that the viewer may enter, with the exact total.',
      args: {
        filter: t.arg({ type: SessionFilterInput, description: 'Which sessions to take.' }),
        orderBy: t.arg({
          type: SessionOrderInput,
          description: 'Their order; by update, newest first, unless given.',
        }),
        offset: t.arg({ type: 'NonNegativeInt', defaultValue: 0, description: 'How many to skip.' }),
        limit: t.arg({
          type: 'NonNegativeInt',
          defaultValue: 20,
          description: 'How many to give: 0 to 100.',
        }),
      },
      resolve: async (_organization, { filter, orderBy, offset, limit }, context) => {
        const { viewer, workspaces } = await context.caller()
        const access = await workspaces()
        for (const one of access) requireRole(viewer, one, 'session:read')
        const scope = scopeOf(viewer, access)
        const stretch = { offset: offset ?? 0, limit: limit ?? 20 }
        return pageSessions(context.store, scope, readFilter(filter), readOrder(orderBy), stretch)
      },
    }),
  }),
})
