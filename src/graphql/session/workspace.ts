import { invalidInput } from '../../domain/errors.js'
import { listSessions } from '../../domain/listing/list.js'
import { cursorOf } from '../../domain/listing/order.js'
import { getSession } from '../../domain/session/find.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { scopeToRead } from '../schema/context.js'
import { readSessionId } from '../schema/ids.js'
import { pageNumberArgs } from '../schema/numbered-page.js'
import { isSelected } from '../schema/selections.js'
import { WorkspaceType } from '../tenancy/workspace.js'
import { readFilter } from './filter-input.js'
import { listArgs, readOrder } from './order-input.js'
import { SessionPageType } from './page.js'
import { reading, readSelection } from './selection.js'
import { SessionType } from './session.js'

builder.objectFields(WorkspaceType, (t) => ({
  session: t.field({
    type: SessionType,
    description: 'The visible session with this uuid, global id, or unique prefix of 4 to 31 hex digits.',
    args: {
      id: t.arg.required('String', 'Uuid, global id or unique prefix; hyphens and case do not count.'),
    },
    resolve: async (workspace, { id }, context) =>
      getSession(context.store, await scopeToRead(context, workspace), readSessionId(id)),
  }),
  sessions: t.connection(
    {
      type: SessionType,
      description: 'The matching sessions: 20 a page, up to 100.',
      args: listArgs,
      resolve: async (workspace, { filter: given, orderBy, ...request }, context, info) => {
        const scope = await scopeToRead(context, workspace)
        const filter = readFilter(given)
        const order = readOrder(orderBy)
        const selection = readSelection(info, ['edges', 'node'])
        // Asked for beside the list, not behind it: so it is counted together with facets, in one snapshot.
        const total = isSelected(info, 'totalCount') ? context.counts(scope).total(filter) : null
        total?.catch(() => {})
        const page = await listSessions(context.store, scope, filter, order, request, selection)
        return { ...toConnection(page, (session) => cursorOf(session, order)), total }
      },
    },
    {
      fields: (f) => ({
        totalCount: f.field({
          type: 'NonNegativeInt',
          description: 'Matches over all pages; counted only when selected.',
          resolve: ({ total }: { total: Promise<number> | null }) => total as Promise<number>,
        }),
      }),
    },
  ),
  sessionPage: t.field({
    type: SessionPageType,
    description: 'A page of the matching sessions by number, with the exact total.',
    args: { ...listArgs, ...pageNumberArgs('session') },
    resolve: async (workspace, { filter, orderBy, page, limit }, context, info) => {
      if (page > 1_000_000) throw invalidInput({ path: ['page'], message: 'Takes 1 to 1000000' })
      const scope = await scopeToRead(context, workspace)
      const selection = readSelection(info, ['nodes'])
      const offsetPage = { order: readOrder(orderBy), offset: (page - 1) * limit, limit, selection }
      const found = await context.counts(scope).page(readFilter(filter), offsetPage)
      return { page, limit, ...found }
    },
  }),
}))

builder.objectFields(SessionType, (t) => ({
  workspace: t.field({
    type: WorkspaceType,
    description: 'The workspace it lies in.',
    ...reading(['workspaceId'], async ({ workspaceId }, _args, context) =>
      (await context.caller()).workspaceById(workspaceId),
    ),
  }),
}))
