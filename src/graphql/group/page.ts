import type DataLoader from 'dataloader'
import type { GroupBucket } from '../../domain/group/list.js'
import type { Session } from '../../domain/session/fields.js'
import { builder } from '../schema/builder.js'
import { numberedPage } from '../schema/numbered-page.js'
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

export const SessionGroupPageType = numberedPage(
  'SessionGroupPage',
  SessionGroupType,
  'group',
  'A page of groups by number.',
)
export const GroupedSessionPageType = numberedPage(
  'GroupedSessionPage',
  SessionGroupBucketType,
  'group',
  'A page, by number, of sessions by their groups; a page counts groups.',
)
