import { builder } from '../schema/builder.js'
import { MessageRoleType } from '../schema/enums.js'

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

export const MessageInput = builder.inputType('MessageInput', {
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

export const TranscriptContextInput = builder.inputType('TranscriptContextInput', {
  description: 'What messages are made under; opens a segment when it differs from the one in force.',
  fields: (t) => ({
    model: t.string({ required: true, description: 'Name of the model; an empty one carries it over.' }),
    agent: t.string({ description: 'Name of the agent; absent carries it over, null clears it.' }),
    systemPrompt: t.string({ description: 'System prompt; absent carries it over, null clears it.' }),
  }),
})
