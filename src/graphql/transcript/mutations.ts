import { appendTranscript } from '../../domain/transcript/append.js'
import { compactTranscript } from '../../domain/transcript/compact.js'
import { rewindTranscript } from '../../domain/transcript/rewind.js'
import { takeBackMessages } from '../../domain/transcript/take-back.js'
import { builder } from '../schema/builder.js'
import { MessageRoleType } from '../schema/enums.js'
import { sessionMutation, withSession } from '../session/session-mutation.js'

sessionMutation('appendTranscript', {
  description:
    'Appends messages to the caller’s own session, all or none; those whose id is there already are skipped.',
  inputs: (t) => ({
    messages: t.field({
      type: [MessageInput],
      required: true,
      description: '1 to 500 messages, appended in this order.',
    }),
    context: t.field({
      type: TranscriptContextInput,
      description: 'The agent, model and system prompt that they are made under, if those change.',
    }),
  }),
  act: ({ store, viewer, access, id }, { messages, context }) =>
    appendTranscript(store, viewer, access, id, messages, context),
  outputs: (t) => ({
    ...withSession(t),
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
})

sessionMutation('compactTranscript', {
  description:
    'Replaces the beginning of the caller’s own transcript by a summary; the originals stay stored.',
  inputs: (t) => ({
    upToSeq: t.field({
      type: 'NonNegativeInt',
      required: true,
      description: 'Seq of the last row to replace.',
    }),
    summary: t.field({
      type: MessageInput,
      required: true,
      description: 'The message that stands for those rows from now on.',
    }),
  }),
  act: ({ store, viewer, access, id }, { upToSeq, summary }) =>
    compactTranscript(store, viewer, access, id, { upToSeq, summary }),
  outputs: (t) => ({
    ...withSession(t),
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
})

sessionMutation('rewindTranscript', {
  description:
    'Deletes a user message of the caller’s own session and everything behind it, for good (SES-RWD).',
  inputs: (t) => ({
    fromSeq: t.field({
      type: 'NonNegativeInt',
      required: true,
      description: 'A user message that is not compacted.',
    }),
  }),
  act: ({ store, viewer, access, id }, { fromSeq }) => rewindTranscript(store, viewer, access, id, fromSeq),
  outputs: (t) => ({
    ...withSession(t),
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
})

sessionMutation('takeBackMessages', {
  description:
    'Deletes the end of the caller’s own transcript, for importers that stored an answer before it was whole and bring it next; needs a key of scope `sessions:import`.',
  inputs: (t) => ({
    fromSeq: t.field({
      type: 'NonNegativeInt',
      required: true,
      description: 'A message that is not compacted, whoever speaks in it.',
    }),
  }),
  act: ({ store, viewer, access, id }, { fromSeq }) => takeBackMessages(store, viewer, access, id, fromSeq),
  outputs: (t) => ({
    ...withSession(t),
    deletedCount: t.field({
      type: 'NonNegativeInt',
      description: 'Rows deleted, the first included.',
      resolve: ({ deletedCount }) => deletedCount,
    }),
  }),
})

const ToolCallInput = builder.inputType('ToolCallInput', {
  description: 'A call of a tool that an agent asked for.',
  fields: (t) => ({
    id: t.string({ required: true, description: 'The id that the result refers to; up to 256 characters.' }),
    name: t.string({ required: true, description: 'Name of the tool.' }),
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
    costUsd: t.float({ description: 'Cost in US dollars; null or absent means unknown.' }),
  }),
})

const MessageInput = builder.inputType('MessageInput', {
  description: 'A message to append; an absent or null member says nothing.',
  fields: (t) => ({
    id: t.field({
      type: 'UUID',
      description: 'Uuid made by the client, which makes a repeated call harmless; made here when absent.',
    }),
    role: t.field({ type: MessageRoleType, required: true, description: 'Who speaks.' }),
    content: t.string({
      required: true,
      defaultValue: '',
      description:
        'What is said. Here, in metadata, arguments and names of calls U+0000 and lone surrogates are stored as U+FFFD.',
    }),
    parentId: t.field({ type: 'UUID', description: 'Uuid of the message it answers; stored as given.' }),
    toolCallId: t.string({ description: 'The id of the call it is the result of; for role TOOL.' }),
    toolCalls: t.field({ type: [ToolCallInput], description: 'Calls that the agent asks for; up to 1,000.' }),
    isError: t.boolean({
      description:
        'Whether the call that it is the result of failed; for role TOOL alone, absent or null when unknown.',
    }),
    metadata: t.field({
      type: 'JSONObject',
      description: 'Anything the client wants to keep with it; up to 200 levels.',
    }),
    createdAt: t.field({
      type: 'DateTime',
      description:
        'When it was said, for transcripts of the past; needs a key of scope `sessions:import`. The moment of the append when absent or null.',
    }),
    usage: t.field({ type: MessageUsageInput, description: 'What producing it consumed, if known.' }),
  }),
})

const TranscriptContextInput = builder.inputType('TranscriptContextInput', {
  description: 'What messages are made under; opens a segment when it differs from the one in force.',
  fields: (t) => ({
    model: t.string({ required: true, description: 'Name of the model; an empty one carries it over.' }),
    agent: t.string({ description: 'Name of the agent; absent carries it over, null clears it.' }),
    systemPrompt: t.string({ description: 'System prompt; absent carries it over, null clears it.' }),
  }),
})
