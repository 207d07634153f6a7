import { z } from '@hono/zod-openapi'
import { toOrganizationId } from './caller.js'
import type { ListOrganizationSessionsQuery } from './documents.generated.js'
import { toTags } from './tags.js'

const MAX_INT32 = 2_147_483_647
const NO_AGENT = `agent_${'0'.repeat(32)}`
/** The model name of sessions made without one. */
const NO_MODEL = 'unspecified'

const int32 = z.int().min(0).max(MAX_INT32).openapi({ format: 'int32' })
const time = z.string().openapi({ format: 'date-time' })
const publicId = (prefix: string) =>
  z
    .string()
    .openapi({ pattern: `^${prefix}_[0-9a-f]{32}$`, example: `${prefix}_01933b5a000070008000000000000001` })

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

const Capability = z
  .object({ ref: z.string().min(1), config: z.any().optional() })
  .openapi('Capability', { description: 'What a session may use on top of its agent’s own capabilities.' })

export const Session = z
  .object({
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
  })
  .openapi('Session', { description: 'A session; fields without a value are left out.' })

export const SessionList = z
  .object({
    data: z.array(Session),
    total: int32.openapi({ description: 'Matches over all pages.' }),
    offset: int32.openapi({ description: 'As sent.' }),
    limit: int32.openapi({ description: 'As used.' }),
  })
  .openapi('SessionList', { description: 'A stretch of sessions.' })

type ListedSession = ListOrganizationSessionsQuery['viewer']['organization']['sessionSlice']['nodes'][number]

/** A row of the list (contract 4.1); `JSON.stringify` leaves out what is undefined. */
export function toListedSession(session: ListedSession): z.input<typeof Session> {
  return {
    id: `session_${session.uuid.replaceAll('-', '')}`,
    organization_id: toOrganizationId(session.organizationId),
    agent_id: session.agentId ?? NO_AGENT,
    status: toStatus(session),
    created_at: toTime(session.createdAt),
    updated_at: toTime(session.updatedAt),
    title: session.title ?? undefined,
    tags: toTags(session.labels),
    model_id: session.model === NO_MODEL ? undefined : (session.modelId ?? undefined),
    preview: session.firstUserText ?? undefined,
    output_preview: session.lastAssistantText ?? undefined,
    started_at: session.startedAt === null ? undefined : toTime(session.startedAt),
    finished_at: session.frozenAt === null ? undefined : toTime(session.frozenAt),
    usage: toUsage(session.usage),
  }
}

/** The first match wins (contract 4.3); no running turn is known. */
function toStatus({ frozenAt, archivedAt, messageCount, usage }: ListedSession): 'started' | 'idle' {
  if (frozenAt !== null || archivedAt !== null) return 'idle'
  return messageCount === 0 && usage.totalMessageCount === 0 ? 'started' : 'idle'
}

function toUsage(usage: ListedSession['usage']): z.input<typeof TokenUsage> | undefined {
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

function cap(tokens: number): number {
  return Math.min(tokens, MAX_INT32)
}

function toTime(time: string | Date): string {
  return new Date(time).toISOString()
}
