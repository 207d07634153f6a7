import { z } from '@hono/zod-openapi'
import type { SessionFieldsFragment, SessionGroupKind } from './documents.generated.js'

/** Descriptions of answers; requests are read by the scalars. */
export const id = z.string().openapi({ format: 'uuid' })
export const count = z.int().min(0)
export const timestamp = z
  .string()
  .openapi({ format: 'date-time', description: 'UTC with six fraction digits.' })
/** A named shape or null; `nullable` would make the shape itself nullable. */
export const shapeOrNull = <Shape extends z.ZodType>(shape: Shape) => z.union([shape, z.null()])
const name = z.string().openapi({ maxLength: 255 })

export const origins = ['user', 'eval', 'worker', 'optimization', 'training', 'world'] as const

export const SessionCreatorResponse = z
  .object({ id, email: z.string(), username: z.string(), full_name: z.string().nullable() })
  .openapi('SessionCreatorResponse', { description: 'Whoever owns or shared a session.' })

const cost = z.number().nullable().openapi({
  description: 'US dollars; null as soon as one row has output tokens and no cost.',
})
const contextTokens = count.nullable().openapi({ description: 'Context that the model last saw.' })

const SessionUsageResponse = z
  .object({
    total_input_tokens: count,
    total_output_tokens: count,
    total_cache_read_input_tokens: count,
    total_cache_creation_input_tokens: count,
    total_tool_call_count: count,
    total_cost_usd: cost,
    total_message_count: count,
    last_generation_input_tokens: contextTokens,
    compaction_count: count,
    current_message_count: count,
    current_input_tokens: count,
    current_output_tokens: count,
    current_cache_read_input_tokens: count,
    current_cache_creation_input_tokens: count,
    current_tool_call_count: count,
    current_cost_usd: cost,
  })
  .openapi('SessionUsageResponse', {
    description: 'What the transcript consumed; `current_` counts rows that no summary replaced.',
  })

const SessionGroupReference = z
  .object({
    id,
    kind: z.enum(['worker_run', 'evaluation_item', 'workflow']),
    title: z.string().nullable(),
    status: z.enum(['running', 'completed', 'failed', 'cancelled']).nullable(),
  })
  .openapi('SessionGroupReference', { description: 'The group that a session belongs to.' })

export const SessionResponse = z
  .object({
    id,
    workspace_id: id,
    user_id: id.openapi({ description: 'The owner; kept when the account is gone.' }),
    created_by: shapeOrNull(SessionCreatorResponse),
    title: name.nullable(),
    agent: name.nullable(),
    model: name.nullable(),
    origin: z.enum(origins).openapi({ description: 'What it was run for (SES-ORG-001).' }),
    visibility: z.enum(['private', 'workspace']),
    labels: z.record(z.string(), z.array(z.string())),
    message_count: count.openapi({ description: 'The counter that the client last sent.' }),
    preview_text: z.string().nullable().openapi({ maxLength: 200, description: 'SES-LST-011.' }),
    usage: SessionUsageResponse,
    project_id: id.nullable(),
    project_key: z.string().nullable(),
    project_name: z.string().nullable(),
    runtime_id: id.nullable(),
    group_id: id.nullable(),
    group: shapeOrNull(SessionGroupReference),
    created_at: timestamp,
    updated_at: timestamp,
    last_message_at: timestamp.nullable(),
    archived_at: timestamp.nullable(),
    frozen_at: timestamp.nullable(),
    frozen_by: z.enum(['evaluation', 'user']).nullable(),
    shared_at: timestamp.nullable(),
    shared_by: shapeOrNull(SessionCreatorResponse),
    pinned_at: timestamp.nullable().openapi({ description: 'The caller’s own pin.' }),
  })
  .openapi('SessionResponse', { description: 'A session as the caller sees it.' })

/** A kind of group that the dialect's clients do not know is to them what it comes nearest to. */
export function toGroupKind(kind: SessionGroupKind) {
  return kind === 'SUBAGENTS' ? 'workflow' : lower(kind)
}

/** GraphQL's spelling of an enum value in this dialect's. */
export function lower<Value extends string>(value: Value): Lowercase<Value> {
  return value.toLowerCase() as Lowercase<Value>
}

/** This dialect's spelling of an enum value in GraphQL's. */
export function upper<Value extends string>(value: Value): Uppercase<Value> {
  return value.toUpperCase() as Uppercase<Value>
}

/** RFC 3339 in UTC with six fraction digits; GraphQL writes three. */
export function toTimestamp(time: string): string {
  return time.replace('Z', '000Z')
}

/** As `toTimestamp`; null stays null. */
export function toTimestampOrNull(time: string | null): string | null {
  return time === null ? null : toTimestamp(time)
}

/** A session with the 27 keys of the contract's 2.1, as its document names them; key by key, since a copy of the rest of an object is slow. */
export function toSession(session: SessionFieldsFragment): z.input<typeof SessionResponse> {
  const { project, group } = session
  return {
    id: session.id,
    workspace_id: session.workspace_id,
    user_id: session.user_id,
    created_by: session.created_by,
    title: session.title,
    agent: session.agent,
    model: session.model,
    origin: lower(session.origin),
    visibility: lower(session.visibility),
    labels: Object.fromEntries(session.labels.map(({ key, values }) => [key, [...values]])),
    message_count: session.message_count,
    preview_text: session.preview_text,
    usage: session.usage,
    project_id: session.project_id,
    project_key: project?.slug ?? null,
    project_name: project?.name ?? null,
    runtime_id: session.runtime_id,
    group_id: session.group_id,
    group: group && { ...group, kind: toGroupKind(group.kind), status: lower(group.status) },
    created_at: toTimestamp(session.created_at),
    updated_at: toTimestamp(session.updated_at),
    last_message_at: toTimestampOrNull(session.last_message_at),
    archived_at: toTimestampOrNull(session.archived_at),
    frozen_at: toTimestampOrNull(session.frozen_at),
    frozen_by: session.frozen_by && lower(session.frozen_by),
    shared_at: toTimestampOrNull(session.shared_at),
    shared_by: session.shared_by,
    pinned_at: toTimestampOrNull(session.pinned_at),
  }
}
