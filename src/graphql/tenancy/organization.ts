import type { Organization } from '../../db/prisma.js'
import { notFound } from '../../domain/errors.js'
import { getSession } from '../../domain/session/find.js'
import { countByStatus } from '../../domain/session/status.js'
import { countMembers } from '../../domain/tenancy/lookups.js'
import { builder } from '../builder.js'
import { type Caller, scopeEverywhere } from '../context.js'
import { readSessionId, readUuidKey } from '../ids.js'
import { SessionStatsType } from '../session/capability.js'
import { readFilter, readOrder, SessionFilterInput, SessionOrderInput } from '../session/inputs.js'
import { SessionSliceType } from '../session/page.js'
import { readSelection } from '../session/selection.js'
import { SessionType } from '../session/session.js'

/** The organization that the caller's key belongs to, read once a request. */
export async function ownOrganization({ viewer, loaders }: Caller): Promise<Organization> {
  const own = await loaders.organizationById.load(viewer.organizationId)
  if (own === null) throw notFound('Organization')
  return own
}

export const OrganizationType = builder.node(builder.objectRef<Organization>('Organization'), {
  description: 'A tenant: it owns workspaces, and API keys belong to it.',
  id: { resolve: ({ id }) => id, description: 'The global id.' },
  loadOne: async (key, context) => {
    const own = await ownOrganization(await context.caller())
    return own.id === readUuidKey(key) ? own : null
  },
  fields: (t) => ({
    uuid: t.expose('id', { type: 'UUID', description: 'The uuid.' }),
    slug: t.exposeString('slug', { description: 'The key in paths; unique.' }),
    name: t.exposeString('name', { description: 'The name for people.' }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'What it is; null when nobody said.',
    }),
    memberCount: t.field({
      type: 'NonNegativeInt',
      description: 'Users with a role in any of its workspaces.',
      resolve: ({ id }, _args, context) => countMembers(context.store, id),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When its name or description last changed.',
    }),
    session: t.field({
      type: SessionType,
      description:
        'The visible session with this uuid, global id, or unique prefix, in whichever workspace it lies.',
      args: {
        id: t.arg.string({
          required: true,
          description: 'Uuid, global id or unique prefix; hyphens and case do not count.',
        }),
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
        'A stretch by offset of the sessions in all workspaces that the viewer may enter, with the exact total.',
      args: {
        filter: t.arg({
          type: SessionFilterInput,
          description: 'Which sessions to take; absent takes what an empty filter takes.',
        }),
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
      resolve: async (_organization, { filter, orderBy, offset, limit }, context, info) => {
        const scope = await scopeEverywhere(context)
        const selection = readSelection(info, ['nodes'])
        const stretch = { order: readOrder(orderBy), offset: offset ?? 0, limit: limit ?? 20, selection }
        return context.counts(scope).page(readFilter(filter), stretch)
      },
    }),
  }),
})
