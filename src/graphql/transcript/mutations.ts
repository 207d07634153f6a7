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
    messages: t.required([MessageInput], '1 to 500 messages, appended in this order.'),
    context: t.optional(
      TranscriptContextInput,
      'The agent, model and system prompt that they are made under, if those change.',
    ),
  }),
  act: ({ store, viewer, access, id }, { messages, context }) =>
    appendTranscript(store, viewer, access, id, messages, context),
  outputs: (t) => ({
    ...withSession(t),
    lastSeq: t.memberOrNull(
      'lastSeq',
      'NonNegativeInt',
      'The greatest seq of the transcript; null while it is empty.',
    ),
    appendedCount: t.member('appendedCount', 'NonNegativeInt', 'How many messages were new.'),
  }),
})

sessionMutation('compactTranscript', {
  description:
    'Replaces the beginning of the caller’s own transcript by a summary; the originals stay stored.',
  inputs: (t) => ({
    upToSeq: t.required('NonNegativeInt', 'Seq of the last row to replace.'),
    summary: t.required(MessageInput, 'The message that stands for those rows from now on.'),
  }),
  act: ({ store, viewer, access, id }, { upToSeq, summary }) =>
    compactTranscript(store, viewer, access, id, { upToSeq, summary }),
  outputs: (t) => ({
    ...withSession(t),
    summarySeq: t.member('summarySeq', 'NonNegativeInt', 'Seq of the summary.'),
    compactedCount: t.member(
      'compactedCount',
      'NonNegativeInt',
      'How many rows it replaced; 0 when it was there already.',
    ),
  }),
})

sessionMutation('rewindTranscript', {
  description:
    'Deletes a user message of the caller’s own session and everything behind it, for good (SES-RWD).',
  inputs: (t) => ({
    fromSeq: t.required('NonNegativeInt', 'A user message that is not compacted.'),
  }),
  act: ({ store, viewer, access, id }, { fromSeq }) => rewindTranscript(store, viewer, access, id, fromSeq),
  outputs: (t) => ({
    ...withSession(t),
    deletedCount: t.member('deletedCount', 'NonNegativeInt', 'Rows deleted, the target included.'),
    restoredContent: t.member(
      'restoredContent',
      'String',
      'Text of the target, to be edited and sent again.',
    ),
    targetSeq: t.member('targetSeq', 'NonNegativeInt', 'Seq of the target.'),
  }),
})

sessionMutation('takeBackMessages', {
  description:
    'Deletes the end of the caller’s own transcript, for importers that stored an answer before it was whole and bring it next; needs a key of scope `sessions:import`.',
  inputs: (t) => ({
    fromSeq: t.required('NonNegativeInt', 'A message that is not compacted, whoever speaks in it.'),
  }),
  act: ({ store, viewer, access, id }, { fromSeq }) => takeBackMessages(store, viewer, access, id, fromSeq),
  outputs: (t) => ({
    ...withSession(t),
    deletedCount: t.member('deletedCount', 'NonNegativeInt', 'Rows deleted, the first included.'),
  }),
})

const ToolCallInput = builder.inputType('ToolCallInput', {
  description: 'A call of a tool that an agent asked for.',
  fields: (t) => ({
    id: t.required('String', 'The id that the result refers to; up to 256 characters.'),
    name: t.required('String', 'Name of the tool.'),
    arguments: t.required('String', 'The raw JSON text that the model wrote.'),
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
    costUsd: t.optional('Float', 'Cost in US dollars; null or absent means unknown.'),
  }),
})

const MessageInput = builder.inputType('MessageInput', {
  description: 'A message to append; an absent or null member says nothing.',
  fields: (t) => ({
    id: t.optional(
      'UUID',
      'Uuid made by the client, which makes a repeated call harmless; made here when absent.',
    ),
    role: t.required(MessageRoleType, 'Who speaks.'),
    content: t.string({
      required: true,
      defaultValue: '',
      description:
        'What is said. Here, in metadata, arguments and names of calls U+0000 and lone surrogates are stored as U+FFFD.',
    }),
    parentId: t.optional('UUID', 'Uuid of the message it answers; stored as given.'),
    toolCallId: t.optional('String', 'The id of the call it is the result of; for role TOOL.'),
    toolCalls: t.optional([ToolCallInput], 'Calls that the agent asks for; up to 1,000.'),
    isError: t.optional(
      'Boolean',
      'Whether the call that it is the result of failed; for role TOOL alone, absent or null when unknown.',
    ),
    metadata: t.optional('JSONObject', 'Anything the client wants to keep with it; up to 200 levels.'),
    createdAt: t.optional(
      'DateTime',
      'When it was said, for transcripts of the past; needs a key of scope `sessions:import`. The moment of the append when absent or null.',
    ),
    usage: t.optional(MessageUsageInput, 'What producing it consumed, if known.'),
  }),
})

const TranscriptContextInput = builder.inputType('TranscriptContextInput', {
  description: 'What messages are made under; opens a segment when it differs from the one in force.',
  fields: (t) => ({
    model: t.required('String', 'Name of the model; an empty one carries it over.'),
    agent: t.optional('String', 'Name of the agent; absent carries it over, null clears it.'),
    systemPrompt: t.optional('String', 'System prompt; absent carries it over, null clears it.'),
  }),
})
