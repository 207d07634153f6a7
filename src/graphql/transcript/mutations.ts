import { appendTranscript } from '../../domain/transcript/append.js'
import { compactTranscript } from '../../domain/transcript/compact.js'
import { rewindTranscript } from '../../domain/transcript/rewind.js'
import { builder } from '../builder.js'
import { MessageRoleType } from '../enums.js'
import { readSessionId } from '../ids.js'
import { SessionType } from '../session/session.js'

const ToolCallInput = builder.inputType('ToolCallInput', {
  description: 'A call of a tool that an agent asked for.',
  fields: (t) => ({
    id: t.string({ required: true, description: 'The id that the result refers to; up to 256 characters.' }),
    name: t.string({ required: true, description: 'Name of the tool; up to 256 characters.' }),
    arguments: t.string({ required: true, description: 'The raw JSON text that the model wrote.' }),
  }),
})

const MessageUsageInput = builder.inputType('MessageUsageInput', {
  description: 'What producing a message consumed, in disjoint buckets.',
  fields: (t) => ({
    inputTokens: t.field({
      type: 'NonNegativeInt',
      required: true,
      defaultValue: 0,
      description: 'Uncached input tokens.',
    }),
    outputTokens: t.field({
      type: 'NonNegativeInt',
      required: true,
      defaultValue: 0,
      description: 'Output tokens.',
    }),
    cacheReadInputTokens: t.field({
      type: 'NonNegativeInt',
      required: true,
      defaultValue: 0,
      description: 'Input tokens read from a cache.',
    }),
    cacheCreationInputTokens: t.field({
      type: 'NonNegativeInt',
      required: true,
      defaultValue: 0,
      description: 'Input tokens written to a cache.',
    }),
    costUsd: t.float({ description: 'US dollars; null or absent means unknown.' }),
  }),
})

const MessageInput = builder.inputType('MessageInput', {
  description: 'A message to append.',
  fields: (t) => ({
    id: t.field({
      type: 'UUID',
      description: 'Uuid made by the client, which makes a repeated call harmless; made here when absent.',
    }),
    role: t.field({ type: MessageRoleType, required: true, description: 'Who speaks.' }),
    content: t.string({
      required: true,
      defaultValue: '',
      description: 'What is said; up to 1,048,576 characters.',
    }),
    parentId: t.field({ type: 'UUID', description: 'The message it answers; stored as given.' }),
    toolCallId: t.string({ description: 'The call it is the result of; for role TOOL.' }),
    toolCalls: t.field({ type: [ToolCallInput], description: 'Calls that the agent asks for; up to 128.' }),
    metadata: t.field({ type: 'JSONObject', description: 'Anything; up to 64 KiB as JSON.' }),
    usage: t.field({ type: MessageUsageInput, description: 'What producing it consumed, if known.' }),
  }),
})

const TranscriptContextInput = builder.inputType('TranscriptContextInput', {
  description: 'What messages are made under; opens a segment when it differs from the one in force.',
  fields: (t) => ({
    model: t.string({ required: true, description: 'Name of the model.' }),
    agent: t.string({ description: 'Name of the agent; absent carries it over, null clears it.' }),
    systemPrompt: t.string({ description: 'System prompt; absent carries it over, null clears it.' }),
  }),
})

function toMessage({ usage, ...message }: typeof MessageInput.$inferInput) {
  return { ...message, usage: usage && { ...usage, costUsd: usage.costUsd ?? null } }
}

builder.relayMutationField(
  'appendTranscript',
  {
    inputFields: (t) => ({
      organization: t.string({ required: true, description: 'Key of the organization.' }),
      workspace: t.string({ required: true, description: 'Key of the workspace.' }),
      id: t.string({
        required: true,
        description: 'Uuid, unique prefix of one, or global id of the session.',
      }),
      messages: t.field({
        type: [MessageInput],
        required: true,
        description: '1 to 500 messages, appended in this order.',
      }),
      context: t.field({
        type: TranscriptContextInput,
        description: 'What they are made under, if it changes.',
      }),
    }),
  },
  {
    description:
      'Appends messages to the caller’s own session, all or none; those whose id is there already are skipped.',
    resolve: async (_root, { input: { organization, workspace, id, messages, context: under } }, context) => {
      const { viewer, enter } = await context.caller()
      const access = await enter({ organization, workspace })
      return appendTranscript(
        context.store,
        viewer,
        access,
        readSessionId(id),
        messages.map(toMessage),
        under,
      )
    },
  },
  {
    outputFields: (t) => ({
      session: t.field({
        type: SessionType,
        description: 'The session as stored now.',
        resolve: ({ session }) => session,
      }),
      lastSeq: t.field({
        type: 'NonNegativeInt',
        nullable: true,
        description: 'The greatest seq of the transcript; null while it is empty.',
        resolve: ({ lastSeq }) => lastSeq,
      }),
      appendedCount: t.field({
        type: 'NonNegativeInt',
        description: 'How many messages were new.',
        resolve: ({ appendedCount }) => appendedCount,
      }),
    }),
  },
)

builder.relayMutationField(
  'compactTranscript',
  {
    inputFields: (t) => ({
      organization: t.string({ required: true, description: 'Key of the organization.' }),
      workspace: t.string({ required: true, description: 'Key of the workspace.' }),
      id: t.string({
        required: true,
        description: 'Uuid, unique prefix of one, or global id of the session.',
      }),
      upToSeq: t.field({ type: 'NonNegativeInt', required: true, description: 'The last row to replace.' }),
      summary: t.field({
        type: MessageInput,
        required: true,
        description: 'What stands for the rows from now on.',
      }),
    }),
  },
  {
    description:
      'Replaces the beginning of the caller’s own transcript by a summary; the originals stay stored.',
    resolve: async (_root, { input: { organization, workspace, id, upToSeq, summary } }, context) => {
      const { viewer, enter } = await context.caller()
      const access = await enter({ organization, workspace })
      const change = { upToSeq, summary: toMessage(summary) }
      return compactTranscript(context.store, viewer, access, readSessionId(id), change)
    },
  },
  {
    outputFields: (t) => ({
      session: t.field({
        type: SessionType,
        description: 'The session as stored now.',
        resolve: ({ session }) => session,
      }),
      summarySeq: t.field({
        type: 'NonNegativeInt',
        description: 'Seq of the summary.',
        resolve: ({ summarySeq }) => summarySeq,
      }),
      compactedCount: t.field({
        type: 'NonNegativeInt',
        description: 'How many rows it replaced; 0 when it was there already.',
        resolve: ({ compactedCount }) => compactedCount,
      }),
    }),
  },
)

builder.relayMutationField(
  'rewindTranscript',
  {
    inputFields: (t) => ({
      organization: t.string({ required: true, description: 'Key of the organization.' }),
      workspace: t.string({ required: true, description: 'Key of the workspace.' }),
      id: t.string({
        required: true,
        description: 'Uuid, unique prefix of one, or global id of the session.',
      }),
      fromSeq: t.field({
        type: 'NonNegativeInt',
        required: true,
        description: 'A user message that is not compacted.',
      }),
    }),
  },
  {
    description:
      'Deletes a user message of the caller’s own session and everything behind it, for good (SES-RWD).',
    resolve: async (_root, { input: { organization, workspace, id, fromSeq } }, context) => {
      const { viewer, enter } = await context.caller()
      const access = await enter({ organization, workspace })
      return rewindTranscript(context.store, viewer, access, readSessionId(id), fromSeq)
    },
  },
  {
    outputFields: (t) => ({
      session: t.field({
        type: SessionType,
        description: 'The session as stored now.',
        resolve: ({ session }) => session,
      }),
      deletedCount: t.field({
        type: 'NonNegativeInt',
        description: 'Rows deleted, the target included.',
        resolve: ({ deletedCount }) => deletedCount,
      }),
      restoredContent: t.string({
        description: 'Text of the target, to be edited and sent again.',
        resolve: ({ restoredContent }) => restoredContent,
      }),
      targetSeq: t.field({
        type: 'NonNegativeInt',
        description: 'Seq of the target.',
        resolve: ({ targetSeq }) => targetSeq,
      }),
    }),
  },
)
