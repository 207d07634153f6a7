import { z } from '@hono/zod-openapi'
import type { SessionFieldsFragment, SessionGroupKind, UserFieldsFragment } from './documents.generated.js'

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

/** Each number of GraphQL's usage that this dialect tells, which it spells with underscores. */
const usage = {
  totalInputTokens: count,
  totalOutputTokens: count,
  totalCacheReadInputTokens: count,
  totalCacheCreationInputTokens: count,
  totalToolCallCount: count,
  totalCostUsd: cost,
  totalMessageCount: count,
  lastGenerationInputTokens: contextTokens,
  compactionCount: count,
  currentMessageCount: count,
  currentInputTokens: count,
  currentOutputTokens: count,
  currentCacheReadInputTokens: count,
  currentCacheCreationInputTokens: count,
  currentToolCallCount: count,
  currentCostUsd: cost,
} satisfies Record<keyof Usage, z.ZodType>

type Usage = SessionFieldsFragment['usage']
type Snake<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
  : ''
type Spelled<Values> = { [Name in keyof Values as Snake<Name & string>]: Values[Name] }

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const usageNames = (Object.keys(usage) as (keyof Usage)[]).map((name) => [name, snake(name)] as const)

/** The same numbers under this dialect's names; by a loop, as every session of a list has them. */
function spelled<Values extends Record<keyof Usage, unknown>>(values: Values): Spelled<Values> {
  const given: Record<string, unknown> = {}
  for (const [name, spelling] of usageNames) given[spelling] = values[name]
  return given as Spelled<Values>
}

const SessionUsageResponse = z.object(spelled(usage)).openapi('SessionUsageResponse', {
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

export function toTimestampOrNull(time: string | null): string | null {
  return time === null ? null : toTimestamp(time)
}

export function toCreator(user: UserFieldsFragment): z.input<typeof SessionCreatorResponse> {
  return { id: user.uuid, email: user.email, username: user.login, full_name: user.fullName }
}

/** A session with the 27 keys of the contract's 2.1. */
export function toSession(session: SessionFieldsFragment): z.input<typeof SessionResponse> {
  const { group } = session
  return {
    id: session.uuid,
    workspace_id: session.workspaceId,
    user_id: session.ownerId,
    created_by: session.createdBy && toCreator(session.createdBy),
    title: session.title,
    agent: session.agent,
    model: session.model,
    origin: lower(session.origin),
    visibility: lower(session.visibility),
    labels: Object.fromEntries(session.labels.map(({ key, values }) => [key, [...values]])),
    message_count: session.messageCount,
    preview_text: session.previewText,
    usage: spelled(session.usage),
    project_id: session.projectId,
    project_key: session.project?.slug ?? null,
    project_name: session.project?.name ?? null,
    runtime_id: session.runtimeId,
    group_id: session.groupId,
    group: group && {
      id: group.uuid,
      kind: toGroupKind(group.kind),
      title: group.title,
      status: lower(group.status),
    },
    created_at: toTimestamp(session.createdAt),
    updated_at: toTimestamp(session.updatedAt),
    last_message_at: toTimestampOrNull(session.lastMessageAt),
    archived_at: toTimestampOrNull(session.archivedAt),
    frozen_at: toTimestampOrNull(session.frozenAt),
    frozen_by: session.frozenBy && lower(session.frozenBy),
    shared_at: toTimestampOrNull(session.sharedAt),
    shared_by: session.sharedBy && toCreator(session.sharedBy),
    pinned_at: toTimestampOrNull(session.pinnedAt),
  }
}
