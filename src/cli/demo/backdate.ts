import { join, type ModelStore, sql } from '../../db/sql.js'
import { recountTranscripts } from '../../domain/transcript/recount.js'
import type { ExpandedScenario } from './expand.js'
import { type DemoUsername, demoOrganization, demoUsers } from './tenant.js'

const hourMs = 3_600_000

/** Moves what was just written to the times it tells of, with the marks that only time or other systems make. */
export async function backdate(
  store: ModelStore,
  sessions: readonly ExpandedScenario[],
  now: Date,
): Promise<void> {
  const organizationId = demoOrganization.id
  const rows = sessions.map((session) => {
    const { shared, archived, frozen, updated } = timesOf(session, now)
    return sql`(${session.id}::uuid, ${session.startedAt}::timestamptz, ${shared}::timestamptz, ${archived}::timestamptz, ${frozen}::timestamptz, ${updated}::timestamptz,
      ${session.titledBy ?? 'person'}::title_source, ${session.origin ?? 'user'}::session_origin,
      ${session.frozen ?? null}::freeze_cause)`
  })
  await store.$executeRaw(sql`
    update sessions s set created_at = v.started, shared_at = v.shared, archived_at = v.archived, frozen_at = v.frozen, updated_at = v.updated,
      title_source = case when s.title is null then null else v.title_source end, origin = v.origin, frozen_by = v.frozen_by
    from (values ${join(rows)})
      as v(id, started, shared, archived, frozen, updated, title_source, origin, frozen_by)
    where s.organization_id = ${organizationId}::uuid and s.id = v.id`)
  await backdateMessages(store, sessions)
  const spoken = sessions.filter(({ messages }) => messages.length > 0)
  await recountTranscripts(
    store,
    organizationId,
    spoken.map(({ id }) => id),
  )
  const pins = sessions.flatMap((session) => (session.pinnedBy ?? []).map((user) => pin(session, user, now)))
  await store.pin.createMany({ data: pins })
}

async function backdateMessages(store: ModelStore, sessions: readonly ExpandedScenario[]): Promise<void> {
  const messages = sessions.flatMap((session) => session.messages)
  await store.$executeRaw(sql`
    update messages m set created_at = v.at
    from unnest(${messages.map(({ id }) => id)}::uuid[], ${messages.map(({ at }) => at.toISOString())}::timestamptz[]) as v(id, at)
    where m.organization_id = ${demoOrganization.id}::uuid and m.id = v.id`)
}

function timesOf({ seen, archived, frozen, startedAt, endedAt }: ExpandedScenario, now: Date) {
  const after = (hours: number) => new Date(Math.min(endedAt.getTime() + hours * hourMs, now.getTime()))
  const times = {
    shared: seen === undefined ? null : seen === 'from the start' ? startedAt : after(0.5),
    frozen: frozen === undefined ? null : after(1),
    archived: archived === undefined ? null : after(40),
  }
  const moments = [endedAt, times.shared, times.frozen, times.archived].map((time) => time?.getTime() ?? 0)
  return { ...times, updated: new Date(Math.max(...moments)) }
}

function pin(session: ExpandedScenario, user: DemoUsername, now: Date) {
  return {
    organizationId: demoOrganization.id,
    sessionId: session.id,
    userId: demoUsers[user].id,
    pinnedAt: timesOf(session, now).updated,
  }
}
