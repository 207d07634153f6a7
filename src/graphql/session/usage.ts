import type { Session } from '../../domain/session/fields.js'
import { builder } from '../schema/builder.js'

const counts = {
  totalTokens: 'Tokens of all four buckets: input, output, cache read and cache creation.',
  totalInputTokens: 'Uncached input tokens.',
  totalOutputTokens: 'Output tokens.',
  totalCacheReadInputTokens: 'Input tokens read from a cache.',
  totalCacheCreationInputTokens: 'Input tokens written to a cache.',
  totalToolCallCount: 'Tool calls in assistant messages.',
  totalMessageCount: 'Messages, compacted ones and summaries included.',
  compactionCount: 'Summaries that compaction inserted.',
  currentMessageCount: 'Messages not compacted.',
  currentInputTokens: 'Uncached input tokens of messages not compacted.',
  currentOutputTokens: 'Output tokens of messages not compacted.',
  currentCacheReadInputTokens: 'Input tokens read from a cache, of messages not compacted.',
  currentCacheCreationInputTokens: 'Input tokens written to a cache, of messages not compacted.',
  currentToolCallCount: 'Tool calls in assistant messages not compacted.',
} as const satisfies Partial<Record<keyof Session, string>>

/** The columns of a session that its usage is read from. */
export const usageColumns = [
  ...(Object.keys(counts) as (keyof typeof counts)[]),
  'totalCostUsd',
  'currentCostUsd',
  'lastGenerationInputTokens',
] as const

type SessionUsage = Pick<Session, (typeof usageColumns)[number]>

export const SessionUsageType = builder.objectRef<SessionUsage>('SessionUsage').implement({
  description: 'What a transcript consumed, summed over the messages stored now; each message counts once.',
  fields: (t) => {
    const count = (name: keyof typeof counts) =>
      t.expose(name, { type: 'NonNegativeInt', description: counts[name] })
    return {
      ...(Object.fromEntries(
        Object.keys(counts).map((name) => [name, count(name as keyof typeof counts)]),
      ) as Record<keyof typeof counts, ReturnType<typeof count>>),
      totalCostUsd: t.exposeFloat('totalCostUsd', {
        nullable: true,
        description: 'Cost in US dollars; null as soon as one message has output of unknown cost.',
      }),
      currentCostUsd: t.exposeFloat('currentCostUsd', {
        nullable: true,
        description:
          'Cost in US dollars of messages not compacted; null as soon as one has output of unknown cost.',
      }),
      lastGenerationInputTokens: t.expose('lastGenerationInputTokens', {
        type: 'NonNegativeInt',
        nullable: true,
        description:
          'Context that the model last saw, in tokens, cached ones included; null before it is known.',
      }),
    }
  },
})
