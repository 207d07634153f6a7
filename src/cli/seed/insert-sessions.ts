import { type ModelStore, sql } from '../../db/sql.js'
import { recountTranscripts } from '../../domain/transcript/recount.js'
import type { SeededSession } from './draw-session.js'
import type { SeededTenant } from './ensure-tenant.js'

/** Inserts the sessions that are not there yet, with their transcripts, all or none; gives how many were new. */
export async function insertSessions(
  store: ModelStore,
  tenant: SeededTenant,
  sessions: readonly SeededSession[],
): Promise<{ created: number; messages: number }> {
  const { organizationId, workspaceId } = tenant
  const rows = sessions.map((session) => toSessionRow(session, tenant))
  return store.$transaction(
    async (db) => {
      // One JSON parameter serves both stores and any number of rows.
      const inserted = await db.$queryRaw<{ id: string }[]>(sql`
        insert into sessions as s (organization_id, workspace_id, id, owner_id, project_id, title, title_source, agent,
          model, origin, visibility, labels, sent_message_count, preview_text, shared_at, shared_by_id, archived_at,
          frozen_at, frozen_by, created_at, updated_at)
        select ${organizationId}::uuid, ${workspaceId}::uuid, r.id, r.owner_id, r.project_id, r.title, r.title_source,
          r.agent, r.model, r.origin, r.visibility, r.labels, r.message_count, r.preview_text, r.shared_at,
          r.shared_by_id, r.archived_at, r.frozen_at, r.frozen_by, r.created_at, r.updated_at
        from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, owner_id uuid, project_id uuid, title text,
          title_source title_source, agent text, model text, origin session_origin, visibility session_visibility,
          labels text[], message_count int, preview_text text, shared_at timestamptz, shared_by_id uuid,
          archived_at timestamptz, frozen_at timestamptz, frozen_by freeze_cause, created_at timestamptz,
          updated_at timestamptz)
        on conflict do nothing
        returning s.id`)
      const fresh = new Set(inserted.map(({ id }) => id))
      const spoken = sessions.filter(({ id, messages }) => fresh.has(id) && messages.length > 0)
      const messages = spoken.flatMap(toMessageRows)
      await db.$executeRaw(sql`
        insert into segments (organization_id, session_id, number, agent, model)
        select ${organizationId}::uuid, r.id, 0, r.agent, r.model
        from json_to_recordset(${JSON.stringify(spoken.map(({ id, agent, model }) => ({ id, agent, model })))}::json)
          as r(id uuid, agent text, model text)`)
      await db.$executeRaw(sql`
        insert into messages (organization_id, session_id, seq, place, segment, id, role, content, input_tokens, output_tokens,
          cache_read_input_tokens, cache_creation_input_tokens, cost_usd, created_at)
        select ${organizationId}::uuid, r.session_id, r.seq, r.seq, 0, r.id, r.role, r.content, r.input_tokens,
          r.output_tokens, r.cache_read_input_tokens, r.cache_creation_input_tokens, r.cost_usd, r.created_at
        from json_to_recordset(${JSON.stringify(messages)}::json) as r(session_id uuid, seq int, id uuid,
          role message_role, content text, input_tokens int, output_tokens int, cache_read_input_tokens int,
          cache_creation_input_tokens int, cost_usd numeric, created_at timestamptz)`)
      await recountTranscripts(
        db,
        organizationId,
        spoken.map(({ id }) => id),
      )
      // Nobody listens for made-up sessions, and a million events would outlast their minutes. The number of the transaction is
      // that of the server which holds the organization.
      const [here] = await db.$queryRaw<{ xid: bigint }[]>(sql`
        select pg_current_xact_id()::text::bigint as xid from workspaces w
        where w.organization_id = ${organizationId}::uuid and w.id = ${workspaceId}::uuid`)
      await db.$executeRaw(sql`
        delete from session_events where organization_id = ${organizationId}::uuid
          and workspace_id = ${workspaceId}::uuid and xid = ${here?.xid}::bigint`)
      return { created: fresh.size, messages: messages.length }
    },
    { timeout: 120_000, maxWait: 30_000 },
  )
}

function toSessionRow(session: SeededSession, { userIds, projectIds }: SeededTenant) {
  const ownerId = userIds.get(session.owner.username)
  return {
    id: session.id,
    owner_id: ownerId,
    project_id: session.project === null ? null : projectIds.get(session.project),
    title: session.title,
    title_source: session.titleSource,
    agent: session.agent,
    model: session.model,
    origin: session.origin,
    visibility: session.shared ? 'workspace' : 'private',
    labels: session.labels,
    message_count: session.messageCount,
    preview_text: session.preview,
    shared_at: session.shared ? session.createdAt : null,
    shared_by_id: session.shared ? ownerId : null,
    archived_at: session.archived ? session.updatedAt : null,
    frozen_at: session.frozenBy === null ? null : session.updatedAt,
    frozen_by: session.frozenBy,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  }
}

function toMessageRows({ id: sessionId, messages }: SeededSession) {
  return messages.map(({ id, role, content, usage, createdAt }, seq) => ({
    session_id: sessionId,
    seq,
    id,
    role,
    content,
    input_tokens: usage?.inputTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    cache_read_input_tokens: usage?.cacheReadInputTokens ?? null,
    cache_creation_input_tokens: usage?.cacheCreationInputTokens ?? null,
    cost_usd: usage?.costUsd ?? null,
    created_at: createdAt,
  }))
}
