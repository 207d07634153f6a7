import { findSession } from '../../domain/session/find.js'
import type { OutlineRow } from '../../domain/transcript/outline.js'
import {
  cursorOf,
  findMessage,
  readTranscript,
  type TranscriptMessage,
} from '../../domain/transcript/read.js'
import { giveText, lengthOfMessage, readTexts, takeText } from '../limits/text-limit.js'
import { builder, type Outputs } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { requireReadingKey, scopeEverywhere } from '../schema/context.js'
import { MessageRoleType } from '../schema/enums.js'
import { readNodeKey } from '../schema/ids.js'
import { SessionType } from '../session/session.js'

const ToolCallType = builder
  .objectRef<{ id: string; name: string; arguments: string }>('ToolCall')
  .implement({
    description: 'A call of a tool that an agent asked for.',
    fields: (t) => {
      const text = (name: 'id' | 'name' | 'arguments', description: string) =>
        t.string({
          description,
          resolve: (call, _args, { items }) => giveText(items, call, name, call[name]),
        })
      return {
        callId: text('id', 'The id that the result refers to.'),
        name: text('name', 'Name of the tool.'),
        arguments: text('arguments', 'The raw JSON text that the model wrote.'),
      }
    },
  })

const MessageUsageType = builder.objectRef<TranscriptMessage>('MessageUsage').implement({
  description: 'What producing a message consumed, in disjoint buckets.',
  fields: (t) => {
    const count = (
      name: 'inputTokens' | 'outputTokens' | 'cacheReadInputTokens' | 'cacheCreationInputTokens',
      description: string,
    ) => t.field({ type: 'NonNegativeInt', description, resolve: (message) => message[name] ?? 0 })
    return {
      inputTokens: count('inputTokens', 'Uncached input tokens.'),
      outputTokens: count('outputTokens', 'Output tokens.'),
      cacheReadInputTokens: count('cacheReadInputTokens', 'Input tokens read from a cache.'),
      cacheCreationInputTokens: count('cacheCreationInputTokens', 'Input tokens written to a cache.'),
      costUsd: t.memberOrNull('costUsd', 'Float', 'Cost in US dollars; null when unknown.'),
    }
  },
})

type MessageHead = Pick<TranscriptMessage, keyof TranscriptMessage & keyof OutlineRow>

/** What every listing of a transcript tells of a message. */
export const headOfMessage = (t: Outputs<MessageHead>) => ({
  uuid: t.member('id', 'UUID', 'The uuid; unique in its transcript.'),
  seq: t.member(
    'seq',
    'NonNegativeInt',
    'The number in its transcript, from 0, without gaps until a rewind.',
  ),
  role: t.member('role', MessageRoleType, 'Who speaks.'),
  agent: t.memberOrNull('agent', 'String', 'Name of the agent that it was made under; null when unknown.'),
  model: t.memberOrNull('model', 'String', 'Name of the model that it was made under; null when unknown.'),
  toolCallId: t.memberOrNull(
    'toolCallId',
    'String',
    'The `callId` of the call it is the result of, for role TOOL; else null.',
  ),
  isError: t.memberOrNull(
    'isError',
    'Boolean',
    'Whether the call that it is the result of failed; null when unknown, and for other roles than TOOL.',
  ),
  isSummary: t.member('isSummary', 'Boolean', 'Whether compaction inserted it.'),
  createdAt: t.member('createdAt', 'DateTime', 'When it was appended.'),
})

export const MessageType = builder.node(builder.objectRef<TranscriptMessage>('Message'), {
  description: 'A message of a transcript, in its place.',
  id: {
    resolve: ({ organizationId, sessionId, seq }) => `${organizationId}/${sessionId}/${seq}`,
    description: 'The global id.',
  },
  loadOne: async (key, context) => {
    const [organizationId, sessionId] = readNodeKey(key)
    const seq = /^(0|[1-9]\d*)$/.exec(key.split('/')[2] ?? '')?.[0]
    const scope = await scopeEverywhere(context)
    if (seq === undefined || organizationId !== scope.organizationId) return null
    const session = await findSession(context.store, scope, sessionId)
    return readTexts(
      context.items,
      async () => session && findMessage(context.store, session, Number(seq)),
      (message) => (message === null ? 0 : lengthOfMessage(message)),
    )
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'seq' in value,
  fields: (t) => ({
    ...headOfMessage(t),
    content: t.string({
      description: 'What is said; may be empty.',
      resolve: (message, _args, { items }) => giveText(items, message, 'content', message.content),
    }),
    parentId: t.memberOrNull(
      'parentId',
      'UUID',
      'Uuid of the message it answers, as the client says; null when it says none.',
    ),
    toolCalls: t.memberOrNull(
      'toolCalls',
      [ToolCallType],
      'Calls that the agent asks for; null when it sent none.',
    ),
    metadata: t.field({
      type: 'JSONObject',
      nullable: true,
      description: 'Whatever the client stored with it; null when nothing.',
      resolve: (message, _args, { items }) => giveText(items, message, 'metadata', message.metadata),
    }),
    usage: t.field({
      type: MessageUsageType,
      nullable: true,
      description: 'What producing it consumed; null when unknown.',
      resolve: (message) => (message.inputTokens === null ? null : message),
    }),
    compactedAt: t.memberOrNull(
      'compactedAt',
      'DateTime',
      'When a summary replaced it; null while none did.',
    ),
  }),
})

builder.objectFields(SessionType, (t) => ({
  currentSystemPrompt: t.string({
    nullable: true,
    description: 'System prompt of the newest segment of the transcript; null without one.',
    resolve: async ({ id }, _args, context) => {
      await requireReadingKey(context)
      const prompt = await (await context.caller()).loaders.systemPromptBySession.load(id)
      takeText(context.items, prompt?.length ?? 0)
      return prompt
    },
  }),
  transcript: t.connection({
    type: MessageType,
    description:
      'The transcript in order: up to 5000 rows a page, 100 unless asked. A page whose rows amount to 8 MiB ends there, and says that there are more.',
    args: {
      includeCompacted: t.arg.boolean({
        defaultValue: false,
        description: 'Also give rows that a summary replaced.',
      }),
      bySeq: t.arg.boolean({
        defaultValue: false,
        description: 'Order by seq, which leaves summaries where they were made.',
      }),
      afterSeq: t.arg.optional(
        'NonNegativeInt',
        'Start after the row with this seq, or where it would stand; absent starts at the first row.',
      ),
    },
    resolve: async (session, args, context) => {
      await requireReadingKey(context)
      const page = await readTexts(
        context.items,
        () => readTranscript(context.store, session, args),
        ({ rows }) => rows.reduce((length, row) => length + lengthOfMessage(row), 0),
      )
      return toConnection(page, cursorOf)
    },
  }),
}))
