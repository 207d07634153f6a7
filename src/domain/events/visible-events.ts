import { type Db, sql } from '../../db/sql.js'
import type { Session } from '../session/fields.js'
import { matching, type SessionFilter, type SessionScope } from '../session/filter.js'
import { sessionsById } from '../session/find.js'
import { sessionColumns } from '../session/select-list.js'
import { everyone, type StoredEvent, type VisibleEvent } from './event.js'

/**
 * Those of the events that a viewer of the scope is told, in their order: they were meant for it when they happened, and
 * their sessions match the filter now. Deletions have no session left to match. One statement; one more for hidden ones.
 */
export async function findVisibleEvents(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  events: readonly StoredEvent[],
): Promise<VisibleEvent[]> {
  const heard = events.filter(({ audience }) => audience === everyone || audience === scope.userId)
  const changed = heard.filter(({ kind }) => kind !== 'deleted' && kind !== 'hidden')
  const sessions = await findMatching(db, scope, filter, changed)
  const visible = await findVisible(
    db,
    scope,
    heard.filter(({ kind }) => kind === 'hidden'),
  )
  return heard.flatMap(({ kind, audience: _, ...event }): VisibleEvent[] => {
    const { sessionId } = event
    if (kind === 'deleted') return [{ ...event, kind, session: null }]
    if (kind === 'hidden') return visible.has(sessionId) ? [] : [{ ...event, kind: 'deleted', session: null }]
    const session = sessions.get(sessionId)
    return session === undefined ? [] : [{ ...event, kind, session }]
  })
}

async function findMatching(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  events: readonly StoredEvent[],
): Promise<Map<string, Session>> {
  const ids = idsOf(events)
  if (ids.length === 0) return new Map()
  const sessions = await db.$queryRaw<Session[]>(sql`
    select ${sessionColumns} from sessions s
    where ${matching(scope, { ...filter, archived: filter.archived ?? 'ANY' })} and s.id = any(${ids}::uuid[])`)
  return new Map(sessions.map((session) => [session.id, session]))
}

async function findVisible(
  db: Db,
  scope: SessionScope,
  events: readonly StoredEvent[],
): Promise<ReadonlySet<string>> {
  const ids = idsOf(events)
  if (ids.length === 0) return new Set()
  const sessions = await sessionsById(db, scope, ids)
  return new Set(sessions.flatMap((session) => session?.id ?? []))
}

function idsOf(events: readonly StoredEvent[]): string[] {
  return [...new Set(events.map(({ sessionId }) => sessionId))]
}
