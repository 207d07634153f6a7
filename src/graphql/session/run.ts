import type { Rewind } from '../../domain/transcript/rewind.js'
import { takeTexts } from '../limits/text-limit.js'
import { builder } from '../schema/builder.js'
import { reading } from './selection.js'
import { SessionType } from './session.js'
import { SessionUsageType, usageColumns } from './usage.js'

const TranscriptRewindType = builder.objectRef<Rewind>('TranscriptRewind').implement({
  description: 'That messages of a transcript were taken back by a rewind.',
  fields: (t) => ({
    fromSeq: t.expose('seq', {
      type: 'NonNegativeInt',
      description: 'The seq of the first that was taken back, from which the transcript goes on.',
    }),
    messageCount: t.expose('count', { type: 'NonNegativeInt', description: 'How many were taken back.' }),
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
  durationMs: t.expose('durationMs', {
    type: 'NonNegativeInt',
    nullable: true,
    description: 'Milliseconds from its first message to its last; null below two messages.',
  }),
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
  failedCallCount: t.expose('failedCallCount', {
    type: 'NonNegativeInt',
    description: 'Tool messages that say that their call failed, compacted ones included.',
  }),
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
  lastMessageAt: t.expose('lastMessageAt', {
    type: 'DateTime',
    nullable: true,
    description: 'When the newest message was appended; null without messages.',
  }),
  usage: t.field({
    type: SessionUsageType,
    description: 'What its transcript consumed.',
    ...reading(usageColumns, (session) => session),
  }),
}))
