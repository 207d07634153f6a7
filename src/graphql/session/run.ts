import type { Session } from '../../domain/session/fields.js'
import type { Rewind } from '../../domain/transcript/rewind.js'
import { takeTexts } from '../limits/text-limit.js'
import { builder } from '../schema/builder.js'
import { reading } from './selection.js'
import { SessionType } from './session.js'

const TranscriptRewindType = builder.objectRef<Rewind>('TranscriptRewind').implement({
  description: 'That messages of a transcript were taken back by a rewind.',
  fields: (t) => ({
    fromSeq: t.member(
      'seq',
      'NonNegativeInt',
      'The seq of the first that was taken back, from which the transcript goes on.',
    ),
    messageCount: t.member('count', 'NonNegativeInt', 'How many were taken back.'),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ at }) => new Date(at) }),
  }),
})

/** What the transcript of a session amounts to. */
builder.objectFields(SessionType, (t) => ({
  startedAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'The time of its first message; null without messages.',
    ...reading(['firstMessageAt'], ({ firstMessageAt }) => firstMessageAt),
  }),
  durationMs: t.memberOrNull(
    'durationMs',
    'NonNegativeInt',
    'Milliseconds from its first message to its last; null below two messages.',
  ),
  answeringModels: t.stringList({
    ...reading(['answeringModels'], ({ answeringModels }, _args, { items }) =>
      takeTexts(items, answeringModels),
    ),
    description:
      'Names of the models that its assistant messages were made under, by code points; the first 1,000 at most.',
  }),
  toolNames: t.stringList({
    ...reading(['toolNames'], ({ toolNames }, _args, { items }) => takeTexts(items, toolNames)),
    description:
      'Names of the tools that its assistant messages call, by code points, up to 256 characters each; the first 1,000 at most.',
  }),
  failedCallCount: t.member(
    'failedCallCount',
    'NonNegativeInt',
    'Tool messages that say that their call failed, compacted ones included.',
  ),
  rewinds: t.field({
    type: [TranscriptRewindType],
    description:
      'Where rewinds took messages back, in transcript order; at most the last 100, without those that a later one took back as well.',
    // Written as such by rewinds alone.
    ...reading(['rewinds'], ({ rewinds }) => rewinds as unknown as Rewind[]),
  }),
  firstUserText: t.string({
    nullable: true,
    description: 'The first 200 characters of the first user message as written; null without text.',
    ...reading(['id'], async ({ id }, _args, context) =>
      (await context.caller()).loaders.excerptsBySession.load(id).then((one) => one.firstUserText),
    ),
  }),
  lastAssistantText: t.string({
    nullable: true,
    description: 'The first 200 characters of the last assistant message as written; null without text.',
    ...reading(['id'], async ({ id }, _args, context) =>
      (await context.caller()).loaders.excerptsBySession.load(id).then((one) => one.lastAssistantText),
    ),
  }),
  lastMessageAt: t.memberOrNull(
    'lastMessageAt',
    'DateTime',
    'When the newest message was appended; null without messages.',
  ),
  usage: t.field({
    type: SessionUsageType,
    description: 'What its transcript consumed.',
    ...reading(usageColumns, (session) => session),
  }),
}))

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
const usageColumns = [
  ...(Object.keys(counts) as (keyof typeof counts)[]),
  'totalCostUsd',
  'currentCostUsd',
  'lastGenerationInputTokens',
] as const

type SessionUsage = Pick<Session, (typeof usageColumns)[number]>

const SessionUsageType = builder.objectRef<SessionUsage>('SessionUsage').implement({
  description: 'What a transcript consumed, summed over the messages stored now; each message counts once.',
  fields: (t) => {
    const count = (name: keyof typeof counts) => t.member(name, 'NonNegativeInt', counts[name])
    return {
      ...(Object.fromEntries(
        Object.keys(counts).map((name) => [name, count(name as keyof typeof counts)]),
      ) as Record<keyof typeof counts, ReturnType<typeof count>>),
      totalCostUsd: t.memberOrNull(
        'totalCostUsd',
        'Float',
        'Cost in US dollars; null as soon as one message has output of unknown cost.',
      ),
      currentCostUsd: t.memberOrNull(
        'currentCostUsd',
        'Float',
        'Cost in US dollars of messages not compacted; null as soon as one has output of unknown cost.',
      ),
      lastGenerationInputTokens: t.memberOrNull(
        'lastGenerationInputTokens',
        'NonNegativeInt',
        'Context that the model last saw, in tokens, cached ones included; null before it is known.',
      ),
    }
  },
})
