import { invalidInput } from '../../domain/errors.js'
import { getProject } from '../../domain/project/find.js'
import { listProjects, projectCursor } from '../../domain/project/list.js'
import { getSession } from '../../domain/session/find.js'
import { listSessions } from '../../domain/session/list.js'
import { cursorOf } from '../../domain/session/order.js'
import { mayDo } from '../../domain/session/permissions.js'
import type { WorkspaceAccess } from '../../domain/viewer.js'
import { builder } from '../builder.js'
import { toConnection } from '../connection.js'
import { scopeToRead } from '../context.js'
import { FacetModeType, RoleType, SessionActType } from '../enums.js'
import { createFacets, SessionFacetsType } from '../facets/facets.js'
import {
  readTimeline,
  SessionTimelineType,
  TimelineBucketType,
  TimelineSplitType,
} from '../facets/timeline.js'
import { readKey, readSessionId } from '../ids.js'
import { isSelected } from '../selections.js'
import { readFilter, readOrder, SessionFilterInput, SessionOrderInput } from '../session/inputs.js'
import { SessionPageType } from '../session/page.js'
import { reading, readSelection } from '../session/selection.js'
import { SessionType } from '../session/session.js'
import { ProjectType } from './project.js'

export const WorkspaceType = builder.node(builder.objectRef<WorkspaceAccess>('Workspace'), {
  description: 'A workspace: the boundary of permissions, and what sessions lie in.',
  id: {
    resolve: ({ organizationId, workspaceId }) => `${organizationId}/${workspaceId}`,
    description: 'The global id.',
  },
  loadOne: async (key, context) => {
    const [organizationId, id] = readKey(key)
    const access = await (await context.caller()).workspaces()
    return access.find((one) => one.organizationId === organizationId && one.workspaceId === id) ?? null
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'role' in value && 'slug' in value,
  fields: (t) => ({
    uuid: t.expose('workspaceId', { type: 'UUID', description: 'The uuid.' }),
    slug: t.exposeString('slug', { description: 'The key in paths; unique in the organization.' }),
    name: t.exposeString('name', { description: 'The name for people.' }),
    viewerRole: t.expose('role', { type: RoleType, description: 'What the viewer may do here.' }),
    viewerCan: t.boolean({
      description:
        'Whether the viewer’s role and key allow this here, as far as a session’s owner does not matter.',
      args: { act: t.arg({ type: SessionActType, required: true, description: 'What to do.' }) },
      resolve: async (workspace, { act }, context) => mayDo((await context.caller()).viewer, workspace, act),
    }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'What it is for; null when nobody said.',
    }),
    isDefault: t.exposeBoolean('isDefault', {
      description: 'Whether it is the default one of its organization; each has one.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When its name or description last changed; what lies in it does not count.',
    }),
    projectCount: t.field({
      type: 'NonNegativeInt',
      description: 'How many projects it has; at least one.',
      resolve: async ({ workspaceId }, _args, context) =>
        (await context.caller()).loaders.projectCountByWorkspace.load(workspaceId),
    }),
    project: t.field({
      type: ProjectType,
      description: 'The project with this key or uuid.',
      args: { key: t.arg.string({ required: true, description: 'Key or uuid of the project.' }) },
      resolve: (workspace, { key }, context) => getProject(context.store, workspace, key),
    }),
    projects: t.connection({
      type: ProjectType,
      description: 'Its projects, by slug: 20 a page, up to 100.',
      resolve: async (workspace, request, context) =>
        toConnection(await listProjects(context.store, workspace, request), projectCursor),
    }),
    session: t.field({
      type: SessionType,
      description: 'The visible session with this uuid, global id, or unique prefix of 4 to 31 hex digits.',
      args: {
        id: t.arg.string({
          required: true,
          description: 'Uuid, global id or unique prefix; hyphens and case do not count.',
        }),
      },
      resolve: async (workspace, { id }, context) =>
        getSession(context.store, await scopeToRead(context, workspace), readSessionId(id)),
    }),
    sessions: t.connection(
      {
        type: SessionType,
        description: 'The matching sessions: 20 a page, up to 100.',
        args: {
          filter: t.arg({
            type: SessionFilterInput,
            description: 'Which sessions to take; absent takes what an empty filter takes.',
          }),
          orderBy: t.arg({
            type: SessionOrderInput,
            description: 'Their order; by update, newest first, unless given.',
          }),
        },
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
      args: {
        filter: t.arg({
          type: SessionFilterInput,
          description: 'Which sessions to take; absent takes what an empty filter takes.',
        }),
        orderBy: t.arg({
          type: SessionOrderInput,
          description: 'Their order; by update, newest first, unless given.',
        }),
        page: t.arg({
          type: 'PositiveInt',
          required: true,
          defaultValue: 1,
          description: 'Number of the page: 1 to 1,000,000.',
        }),
        limit: t.arg({
          type: 'PositiveInt',
          required: true,
          defaultValue: 20,
          description: 'Sessions a page: 1 to 100.',
        }),
      },
      resolve: async (workspace, { filter, orderBy, page, limit }, context, info) => {
        if (page > 1_000_000) throw invalidInput({ path: ['page'], message: 'Takes 1 to 1000000' })
        const scope = await scopeToRead(context, workspace)
        const selection = readSelection(info, ['nodes'])
        const stretch = { order: readOrder(orderBy), offset: (page - 1) * limit, limit, selection }
        const found = await context.counts(scope).page(readFilter(filter), stretch)
        return { page, limit, ...found }
      },
    }),
    sessionFacets: t.field({
      type: SessionFacetsType,
      description: 'Exact counts of the matching sessions per value of each dimension.',
      args: {
        filter: t.arg({
          type: SessionFilterInput,
          description: 'Which sessions to count; absent counts what an empty filter takes.',
        }),
        mode: t.arg({
          type: FacetModeType,
          required: true,
          defaultValue: 'ALL_FILTERS',
          description: 'Whether a dimension also obeys the filter on itself.',
        }),
      },
      resolve: async (workspace, { filter, mode }, context) =>
        createFacets(context, await scopeToRead(context, workspace), readFilter(filter), mode),
    }),
    sessionTimeline: t.field({
      type: SessionTimelineType,
      description: 'The matching sessions by when they were created.',
      args: {
        filter: t.arg({
          type: SessionFilterInput,
          description: 'Which sessions to take; absent takes what an empty filter takes.',
        }),
        bucket: t.arg({
          type: TimelineBucketType,
          description:
            'How long each bucket is; absent or null takes hours up to eight days from the first session to the last, days up to 200 days, else weeks.',
        }),
        timeZone: t.arg.string({
          required: true,
          defaultValue: 'UTC',
          description: 'The time zone whose clocks part the buckets, such as `Europe/Berlin`.',
        }),
        splitBy: t.arg({
          type: TimelineSplitType,
          description: 'What each bucket is split by; absent or null splits none.',
        }),
        splitFirst: t.arg({
          type: 'NonNegativeInt',
          required: true,
          defaultValue: 10,
          description: 'How many values to tell apart, up to 50: those that most sessions have.',
        }),
      },
      resolve: async (workspace, { filter, ...args }, context) => {
        const request = readTimeline(args)
        const scope = await scopeToRead(context, workspace)
        const timeline = await context.counts(scope).timeline(readFilter(filter), request)
        return { ...timeline, timeZone: request.timeZone }
      },
    }),
  }),
})

builder.objectFields(ProjectType, (t) => ({
  workspace: t.field({
    type: WorkspaceType,
    description: 'The workspace it lies in.',
    resolve: async ({ workspaceId }, _args, context) => (await context.caller()).workspaceById(workspaceId),
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
