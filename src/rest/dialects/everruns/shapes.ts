import { z } from '@hono/zod-openapi'
import type { OrganizationSessionFieldsFragment } from './documents.generated.js'
import { publicId, toPublicId } from './ids.js'
import { toTags } from './tags.js'

const MAX_INT32 = 2_147_483_647
const NO_AGENT = `agent_${'0'.repeat(32)}`
/** The model name of sessions made without one. */
const NO_MODEL = 'unspecified'
/** What every session says of its harness on the SDK mount (contract 1.3). */
const HARNESS = 'harness_00000000000000000000000000000001'

export const int32 = z.int().min(0).max(MAX_INT32).openapi({ format: 'int32' })
export const time = z.string().openapi({ format: 'date-time' })

const TokenUsage = z
  .object({
    input_tokens: int32,
    output_tokens: int32,
    cache_read_tokens: int32.min(1).optional(),
    cache_creation_tokens: int32.min(1).optional(),
  })
  .openapi('TokenUsage', {
    description: 'Sums over the whole life of a session; absent while input and output are both 0.',
  })

const SdkTokenUsage = TokenUsage.extend({
  estimated_cost_usd: z.number().min(0).optional().openapi({ description: 'Absent while it is unknown.' }),
}).openapi('SdkTokenUsage', { description: 'As TokenUsage, with what it cost in US dollars.' })

const Capability = z
  .object({ ref: z.string().min(1), config: z.any().optional() })
  .openapi('Capability', { description: 'What a session may use on top of its agent’s own capabilities.' })

const sessionShape = {
  id: publicId('session'),
  organization_id: publicId('org'),
  agent_id: publicId('agent').openapi({ description: '32 zeros when the session has no agent.' }),
  status: z.enum(['started', 'active', 'idle']),
  created_at: time,
  updated_at: time,
  title: z.string().optional(),
  tags: z.array(z.string()),
  model_id: publicId('model').optional(),
  capabilities: z.array(Capability).optional(),
  preview: z
    .string()
    .optional()
    .openapi({ maxLength: 200, description: 'The first user message; lists only.' }),
  output_preview: z.string().optional().openapi({
    maxLength: 200,
    description: 'The last assistant message; lists only.',
  }),
  started_at: time.optional().openapi({ description: 'Time of the first message.' }),
  finished_at: time.optional().openapi({ description: 'Time of freezing.' }),
  usage: TokenUsage.optional(),
}

const sdkShape = {
  harness_id: publicId('harness').openapi({ description: 'Always the same.', example: HARNESS }),
  workspace_id: publicId('wsp'),
  owner_principal_id: publicId('principal'),
  resolved_owner_user_id: z.string().openapi({ format: 'uuid' }),
  is_pinned: z.boolean().openapi({ description: 'Whether the caller pinned it.' }),
  usage: SdkTokenUsage.optional(),
}

const listShape = {
  total: int32.openapi({ description: 'Matches over all pages.' }),
  offset: int32.openapi({ description: 'As sent.' }),
  limit: int32.openapi({ description: 'As used.' }),
}

export const Session = z
  .object(sessionShape)
  .openapi('Session', { description: 'A session; fields without a value are left out.' })

export const SessionList = z
  .object({ data: z.array(Session), ...listShape })
  .openapi('SessionList', { description: 'A page of sessions.' })

export const SdkSession = z
  .object({ ...sessionShape, ...sdkShape })
  .openapi('SdkSession', { description: 'A session as SDKs read it; fields without a value are left out.' })

export const SdkSessionList = z
  .object({
    data: z.array(SdkSession),
    sessions: z.array(SdkSession).openapi({ description: 'The same as `data`.' }),
    ...listShape,
  })
  .openapi('SdkSessionList', { description: 'A page of sessions as SDKs read it.' })

/** Selected for lists only. */
export interface ListedFields {
  readonly firstUserText: string | null
  readonly lastAssistantText: string | null
}

type Fields = OrganizationSessionFieldsFragment & Partial<ListedFields>

/** A session (contract 4.1); `JSON.stringify` leaves out what is undefined. */
export function toSession(session: Fields): z.input<typeof Session> {
  const { capabilities } = session
  return {
    id: toPublicId('session', session.uuid),
    organization_id: toPublicId('org', session.organizationId),
    agent_id: session.agentId ?? NO_AGENT,
    status: statuses[session.status],
    created_at: session.createdAt,
    updated_at: session.updatedAt,
    title: session.title ?? undefined,
    tags: toTags(session.labels),
    model_id: session.model === NO_MODEL ? undefined : (session.modelId ?? undefined),
    capabilities:
      capabilities.length === 0
        ? undefined
        : capabilities.map(({ ref, config }) => ({ ref, config: config ?? undefined })),
    preview: session.firstUserText ?? undefined,
    output_preview: session.lastAssistantText ?? undefined,
    started_at: session.startedAt ?? undefined,
    finished_at: session.frozenAt ?? undefined,
    usage: toUsage(session.usage),
  }
}

/** As `toSession`, with what the SDKs want besides (contract 1.3). */
export function toSdkSession(session: Fields): z.input<typeof SdkSession> {
  const { usage, ...plain } = toSession(session)
  const cost = session.usage.totalCostUsd
  return {
    ...plain,
    usage: usage && { ...usage, estimated_cost_usd: cost ?? undefined },
    is_pinned: session.pinnedAt !== null,
    harness_id: HARNESS,
    workspace_id: toPublicId('wsp', session.workspaceId),
    owner_principal_id: toPublicId('principal', session.ownerId),
    resolved_owner_user_id: session.ownerId,
  }
}

const statuses = { STARTED: 'started', ACTIVE: 'active', IDLE: 'idle' } as const

function toUsage(usage: Fields['usage']): z.input<typeof TokenUsage> | undefined {
  const { totalInputTokens, totalOutputTokens, totalCacheReadInputTokens, totalCacheCreationInputTokens } =
    usage
  if (totalInputTokens === 0 && totalOutputTokens === 0) return undefined
  return {
    input_tokens: cap(totalInputTokens),
    output_tokens: cap(totalOutputTokens),
    cache_read_tokens: cap(totalCacheReadInputTokens) || undefined,
    cache_creation_tokens: cap(totalCacheCreationInputTokens) || undefined,
  }
}

/** A number as an int32 field may hold it. */
export function cap(count: number): number {
  return Math.min(count, MAX_INT32)
}
