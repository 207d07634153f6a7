import { type Db, join, sql } from '../../db/sql.js'
import { defaultSessionOrder, orderBy, sortKey } from '../listing/order.js'
import type { Session } from '../session/fields.js'
import { matching, type SessionFilter, type SessionScope, visibleIn } from '../session/filter.js'
import { sessionColumns } from '../session/select-list.js'
import type { Viewer } from '../viewer.js'
import type { SessionGroup } from './select-list.js'

/** What the viewer sees of a group's sessions, whatever the filters of the request (contract 6). */
export interface GroupChildren {
  sessionCount: number
  /** Those not archived. */
  activeSessionCount: number
  /** Null without messages. */
  lastMessageAt: Date | null
}

/** The visible sessions of each group in numbers, in the order of the ids, in one statement. */
export async function childrenByGroup(
  db: Db,
  scope: SessionScope,
  groupIds: readonly string[],
): Promise<GroupChildren[]> {
  const rows = await db.$queryRaw<(GroupChildren & { groupId: string })[]>(sql`
    select s.group_id as "groupId", count(*)::int as "sessionCount",
      (count(*) filter (where s.archived_at is null))::int as "activeSessionCount",
      max(s.last_message_at) as "lastMessageAt"
    from sessions s where ${visibleIn(scope)} and s.group_id = any(${[...groupIds]}::uuid[])
    group by s.group_id`)
  const byGroup = new Map(rows.map(({ groupId, ...children }) => [groupId, children]))
  return groupIds.map(
    (id) => byGroup.get(id) ?? { sessionCount: 0, activeSessionCount: 0, lastMessageAt: null },
  )
}

/**
 * The first matching sessions of each group, newest update first, in the order of the ids, in one statement.
 * Null stands for the sessions without a group.
 */
export async function sessionsByGroup(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  groupIds: readonly (string | null)[],
  limit: number,
): Promise<Session[][]> {
  const ids = groupIds.filter((id) => id !== null)
  const where = matching(scope, filter)
  const first = sql`order by ${orderBy(defaultSessionOrder, sortKey(defaultSessionOrder, {}))} limit ${limit}`
  const parts = [
    ...(ids.length === 0
      ? []
      : [
          sql`select child.* from unnest(${ids}::uuid[]) as wanted(id) cross join lateral (
            select ${sessionColumns} from sessions s where ${where} and s.group_id = wanted.id ${first}) child`,
        ]),
    ...(ids.length === groupIds.length
      ? []
      : [sql`(select ${sessionColumns} from sessions s where ${where} and s.group_id is null ${first})`]),
  ]
  const rows = await db.$queryRaw<Session[]>(sql`
    select child.* from (${join(parts, ' union all ')}) child order by child."updatedAt" desc, child.id desc`)
  const byGroup = new Map<string | null, Session[]>(groupIds.map((id) => [id, []]))
  for (const session of rows) byGroup.get(session.groupId)?.push(session)
  return groupIds.map((id) => byGroup.get(id) ?? [])
}

/** The viewer's scope over groups that it sees: a group's sessions lie in the group's workspace. */
export function scopeOfGroups(viewer: Viewer, groups: readonly SessionGroup[]): SessionScope {
  return {
    organizationId: viewer.organizationId,
    workspaceIds: [...new Set(groups.map(({ workspaceId }) => workspaceId))],
    userId: viewer.userId,
  }
}
