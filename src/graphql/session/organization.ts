import { countByStatus } from '../../domain/listing/status.js'
import { getSession } from '../../domain/session/find.js'
import { builder } from '../schema/builder.js'
import { scopeEverywhere } from '../schema/context.js'
import { readSessionId } from '../schema/ids.js'
import { OrganizationType } from '../tenancy/organization.js'
import { SessionStatsType } from './capability.js'
import { readFilter } from './filter-input.js'
import { listArgs, readOrder } from './order-input.js'
import { SessionSliceType } from './page.js'
import { readSelection } from './selection.js'
import { SessionType } from './session.js'

builder.objectFields(OrganizationType, (t) => ({
  session: t.field({
    type: SessionType,
    description:
      'The visible session with this uuid, global id, or unique prefix, in whichever workspace it lies.',
    args: {
      id: t.arg.required('String', 'Uuid, global id or unique prefix; hyphens and case do not count.'),
    },
    resolve: async (_organization, { id }, context) =>
      getSession(context.store, await scopeEverywhere(context), readSessionId(id)),
  }),
  sessionStats: t.field({
    type: SessionStatsType,
    description:
      'How many sessions that are not archived, in all workspaces that the viewer may enter, have each status.',
    resolve: async (_organization, _args, context) =>
      countByStatus(context.store, await scopeEverywhere(context)),
  }),
  sessionSlice: t.field({
    type: SessionSliceType,
    description:
      'A page by offset of the sessions in all workspaces that the viewer may enter, with the exact total.',
    args: {
      ...listArgs,
      offset: t.arg({ type: 'NonNegativeInt', defaultValue: 0, description: 'How many to skip.' }),
      limit: t.arg({
        type: 'NonNegativeInt',
        defaultValue: 20,
        description: 'How many to give: 0 to 100.',
      }),
    },
    resolve: async (_organization, { filter, orderBy, offset, limit }, context, info) => {
      const scope = await scopeEverywhere(context)
      const selection = readSelection(info, ['nodes'])
      const offsetPage = { order: readOrder(orderBy), offset: offset ?? 0, limit: limit ?? 20, selection }
      return context.counts(scope).page(readFilter(filter), offsetPage)
    },
  }),
}))
