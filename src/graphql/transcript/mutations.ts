import { appendTranscript } from '../../domain/transcript/append.js'
import { compactTranscript } from '../../domain/transcript/compact.js'
import { rewindTranscript } from '../../domain/transcript/rewind.js'
import { takeBackMessages } from '../../domain/transcript/take-back.js'
import { sessionMutation, withSession } from '../session/session-mutation.js'
import { MessageInput, TranscriptContextInput } from './inputs.js'

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
