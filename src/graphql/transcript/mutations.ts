import { appendTranscript } from '../../domain/transcript/append.js'
import { compactTranscript } from '../../domain/transcript/compact.js'
import { rewindTranscript } from '../../domain/transcript/rewind.js'
import { takeBackMessages } from '../../domain/transcript/take-back.js'
import { builder } from '../schema/builder.js'
import { enterSession, sessionFields } from '../schema/references.js'
import { SessionType } from '../session/session.js'
import { MessageInput, TranscriptContextInput } from './inputs.js'

builder.relayMutationField(
  'appendTranscript',
  {
    inputFields: (t) => ({
      ...sessionFields(t),
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
  },
  {
    description:
      'Appends messages to the caller’s own session, all or none; those whose id is there already are skipped.',
    resolve: async (_root, { input }, context) => {
      const { viewer, access, id } = await enterSession(context, input)
      const { messages, context: under } = input
      return appendTranscript(context.store, viewer, access, id, messages, under)
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
      ...sessionFields(t),
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
  },
  {
    description:
      'Replaces the beginning of the caller’s own transcript by a summary; the originals stay stored.',
    resolve: async (_root, { input }, context) => {
      const { viewer, access, id } = await enterSession(context, input)
      const change = { upToSeq: input.upToSeq, summary: input.summary }
      return compactTranscript(context.store, viewer, access, id, change)
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
      ...sessionFields(t),
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
    resolve: async (_root, { input }, context) => {
      const { viewer, access, id } = await enterSession(context, input)
      return rewindTranscript(context.store, viewer, access, id, input.fromSeq)
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

builder.relayMutationField(
  'takeBackMessages',
  {
    inputFields: (t) => ({
      ...sessionFields(t),
      fromSeq: t.field({
        type: 'NonNegativeInt',
        required: true,
        description: 'A message that is not compacted, whoever speaks in it.',
      }),
    }),
  },
  {
    description:
      'Deletes the end of the caller’s own transcript, for importers that stored an answer before it was whole and bring it next; needs a key of scope `sessions:import`.',
    resolve: async (_root, { input }, context) => {
      const { viewer, access, id } = await enterSession(context, input)
      return takeBackMessages(context.store, viewer, access, id, input.fromSeq)
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
        description: 'Rows deleted, the first included.',
        resolve: ({ deletedCount }) => deletedCount,
      }),
    }),
  },
)
