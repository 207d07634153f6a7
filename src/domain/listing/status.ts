import { type Db, sql } from '../../db/sql.js'
import type { Session } from '../session/fields.js'
import { matching, type SessionScope } from '../session/filter.js'

export type SessionStatus = 'STARTED' | 'ACTIVE' | 'IDLE'

/** The columns that tell how far a session is. */
export const statusColumns = [
  'frozenAt',
  'archivedAt',
  'turnStartedAt',
  'messageCount',
  'totalMessageCount',
] as const satisfies (keyof Session)[]

/** The first match wins (contract everruns, 4.3). */
export function statusOf(session: Pick<Session, (typeof statusColumns)[number]>): SessionStatus {
  if (session.frozenAt !== null || session.archivedAt !== null) return 'IDLE'
  if (session.turnStartedAt !== null) return 'ACTIVE'
  return session.messageCount === 0 && session.totalMessageCount === 0 ? 'STARTED' : 'IDLE'
}

export interface SessionStats {
  total: number
  started: number
  active: number
  idle: number
}

/** How many active sessions of the scope have each status, of all origins: the same rules, in one statement. */
export async function countByStatus(db: Db, scope: SessionScope): Promise<SessionStats> {
  const [stats] = await db.$queryRaw<SessionStats[]>(sql`
    select count(*)::int as total, (count(*) filter (where status = 'STARTED'))::int as started,
      (count(*) filter (where status = 'ACTIVE'))::int as active,
      (count(*) filter (where status = 'IDLE'))::int as idle
    from (
      select case
        when s.frozen_at is not null or s.archived_at is not null then 'IDLE'
        when s.turn_started_at is not null then 'ACTIVE'
        when s.message_count = 0 and s.total_message_count = 0 then 'STARTED'
        else 'IDLE' end as status
      from sessions s where ${matching(scope, { includeWorkload: true })}
    ) counted`)
  return stats ?? { total: 0, started: 0, active: 0, idle: 0 }
}
