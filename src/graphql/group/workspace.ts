import DataLoader from 'dataloader'
import { sessionsByGroup } from '../../domain/group/children.js'
import { getGroup } from '../../domain/group/find.js'
import { type GroupBucket, pageGroups } from '../../domain/group/list.js'
import type { Session } from '../../domain/session/fields.js'
import { builder } from '../schema/builder.js'
import { scopeToRead } from '../schema/context.js'
import { numberedPage, pageNumberArgs } from '../schema/numbered-page.js'
import { filterArgs, readFilter } from '../session/filter-input.js'
import { SessionType } from '../session/session.js'
import { WorkspaceType } from '../tenancy/workspace.js'
import { SessionGroupType } from './group.js'

/** The sessions that a bucket shows at most (contract 6). */
const MAX_BUCKET_SESSIONS = 100

const pageArgs = { ...filterArgs, ...pageNumberArgs('group') }

builder.objectFields(WorkspaceType, (t) => ({
  sessionGroup: t.field({
    type: SessionGroupType,
    description: 'The visible group with this uuid: of the viewer’s own making, or with a session it sees.',
    args: { id: t.arg.required('UUID', 'Uuid of the group.') },
    resolve: async (workspace, { id }, context) =>
      getGroup(context.store, await scopeToRead(context, workspace), id),
  }),
  sessionGroups: t.field({
    type: SessionGroupPageType,
    description:
      'A page of the groups with a session that matches, newest update of those first; then the viewer’s own without a session, unless anything but projects narrows; `archived: ANY` and `includeWorkload` do not.',
    args: pageArgs,
    resolve: async (workspace, { filter, ...number }, context) => {
      const scope = await scopeToRead(context, workspace)
      const { total, buckets } = await pageGroups(context.store, scope, readFilter(filter), number, {
        ungrouped: false,
      })
      return { ...number, total, rows: buckets.flatMap(({ group }) => group ?? []) }
    },
  }),
  groupedSessions: t.field({
    type: GroupedSessionPageType,
    description:
      'A page of the matching sessions by their groups, in the order of `sessionGroups`; those without a group come last, as one.',
    args: pageArgs,
    resolve: async (workspace, { filter: given, ...number }, context) => {
      const scope = await scopeToRead(context, workspace)
      const filter = readFilter(given)
      const { total, buckets } = await pageGroups(context.store, scope, filter, number, { ungrouped: true })
      const sessions = new DataLoader((asked: readonly GroupBucket[]) => {
        const ids = asked.map(({ group }) => group?.id ?? null)
        return sessionsByGroup(context.store, scope, filter, ids, MAX_BUCKET_SESSIONS)
      })
      return { ...number, total, rows: buckets.map((bucket) => ({ ...bucket, sessions })) }
    },
  }),
}))

interface Bucket extends GroupBucket {
  /** Sessions of all the buckets of a page. */
  sessions: DataLoader<GroupBucket, Session[]>
}

const SessionGroupBucketType = builder.objectRef<Bucket>('SessionGroupBucket').implement({
  description: 'A group with its sessions that match.',
  fields: (t) => ({
    group: t.memberOrNull('group', SessionGroupType, 'The group; null stands for the sessions without one.'),
    sessionCount: t.member(
      'sessionCount',
      'NonNegativeInt',
      'The number of its sessions that match, from the same snapshot as the page.',
    ),
    sessions: t.field({
      type: [SessionType],
      description: 'Its sessions that match, newest update first; the first 100.',
      resolve: (bucket) => bucket.sessions.load(bucket),
    }),
  }),
})

const SessionGroupPageType = numberedPage(
  'SessionGroupPage',
  SessionGroupType,
  'group',
  'A page of groups by number.',
)
const GroupedSessionPageType = numberedPage(
  'GroupedSessionPage',
  SessionGroupBucketType,
  'group',
  'A page, by number, of sessions by their groups; a page counts groups.',
)
