import type { ObjectRef } from '@pothos/core'
import type DataLoader from 'dataloader'
import type { GroupBucket } from '../../domain/group/list.js'
import type { Session } from '../../domain/session/fields.js'
import { builder } from '../schema/builder.js'
import { SessionType } from '../session/session.js'
import { SessionGroupType } from './group.js'

interface Bucket extends GroupBucket {
  /** Sessions of all the buckets of a page. */
  sessions: DataLoader<GroupBucket, Session[]>
}

const SessionGroupBucketType = builder.objectRef<Bucket>('SessionGroupBucket').implement({
  description: 'A group with its sessions that match.',
  fields: (t) => ({
    group: t.expose('group', {
      type: SessionGroupType,
      nullable: true,
      description: 'The group; null stands for the sessions without one.',
    }),
    sessionCount: t.expose('sessionCount', {
      type: 'NonNegativeInt',
      description: 'The number of its sessions that match, from the same snapshot as the page.',
    }),
    sessions: t.field({
      type: [SessionType],
      description: 'Its sessions that match, newest update first; the first 100.',
      resolve: (bucket) => bucket.sessions.load(bucket),
    }),
  }),
})

interface GroupPage<Row> {
  rows: readonly Row[]
  total: number
  page: number
  limit: number
}

export const SessionGroupPageType = definePage(
  'SessionGroupPage',
  SessionGroupType,
  'A page of groups by number.',
)
export const GroupedSessionPageType = definePage(
  'GroupedSessionPage',
  SessionGroupBucketType,
  'A page, by number, of sessions by their groups; a page counts groups.',
)

function definePage<Row>(
  name: string,
  type: ObjectRef<(typeof builder)['$inferSchemaTypes'], Row>,
  description: string,
) {
  const totalPages = ({ total, limit }: GroupPage<Row>) => Math.ceil(total / limit)
  return builder.objectRef<GroupPage<Row>>(name).implement({
    description,
    fields: (t) => ({
      total: t.expose('total', {
        type: 'NonNegativeInt',
        description: 'Groups over all pages, from the same snapshot.',
      }),
      page: t.expose('page', {
        type: 'PositiveInt',
        description: 'The number of this page; the first is 1.',
      }),
      limit: t.expose('limit', { type: 'PositiveInt', description: 'How many groups a full page has.' }),
      totalPages: t.field({
        type: 'NonNegativeInt',
        description: 'The number of pages; 0 without a group.',
        resolve: totalPages,
      }),
      hasNextPage: t.boolean({
        description: 'Whether a page follows.',
        resolve: (page) => page.page < totalPages(page),
      }),
      hasPreviousPage: t.boolean({
        description: 'Whether a page comes before and there is any group.',
        resolve: ({ page, total }) => page > 1 && total > 0,
      }),
      nodes: t.field({ type: [type], description: 'The groups of this page.', resolve: ({ rows }) => rows }),
    }),
  })
}
