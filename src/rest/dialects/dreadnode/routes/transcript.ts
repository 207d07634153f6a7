import { z } from '@hono/zod-openapi'
import { route, sessionOf, streamedRoute, workspaceOf } from '../declare.js'
import {
  AppendTranscriptDocument,
  CompactTranscriptDocument,
  ReadTranscriptDocument,
  RewindTranscriptDocument,
} from '../documents.generated.js'
import { messageExample, transcriptExample } from '../examples.js'
import { BODY_LIMIT_BYTES, MAX_TEXT, TRANSCRIPT_LIMIT_BYTES } from '../limits.js'
import { queryBoolean, queryInteger } from '../query-scalars.js'
import { integer, list, MAX_INT, orNull, text, withDefault } from '../scalars.js'
import { count } from '../shapes.js'
import { transcriptPieces } from '../transcript-pieces.js'
import { fromMessage, MessageCreate, SessionTranscriptResponse } from '../transcript-shapes.js'

const TranscriptContext = z
  .object({
    model: text(255),
    agent: orNull(text(255)),
    system_prompt: orNull(text(MAX_TEXT)),
  })
  .openapi({ description: 'What messages are made under; absent members carry over.' })

const AppendTranscriptRequest = z
  .object({ messages: list(MessageCreate, 1, 500), context: TranscriptContext.nullish() })
  .openapi('AppendTranscriptRequest', { description: 'Messages to append, in this order.' })

const AppendTranscriptResponse = z
  .object({
    last_seq: count.openapi({ description: 'The greatest seq of the transcript after the call.' }),
    appended_count: count.openapi({ description: 'How many messages were new.' }),
  })
  .openapi('AppendTranscriptResponse', { description: 'What was appended.' })

export const appendTranscript = route({
  operationId: 'append_session_transcript',
  method: 'post',
  path: '/sessions/{session_id}/transcript',
  summary: 'Append to a transcript',
  description:
    'Appends messages to the caller’s own session, all or none; those whose id is there already are skipped.',
  tag: 'transcripts',
  permission: 'TRANSCRIPT_WRITE',
  body: {
    schema: AppendTranscriptRequest,
    description: 'The messages.',
    limitBytes: TRANSCRIPT_LIMIT_BYTES,
    example: {
      messages: [{ id: messageExample.id, role: 'user', content: messageExample.content }],
      context: { model: 'm-large', system_prompt: 'You fix bugs.' },
    },
  },
  answer: {
    description: 'How far the transcript reaches now.',
    schema: AppendTranscriptResponse,
    example: { last_seq: 0, appended_count: 1 },
  },
  document: AppendTranscriptDocument,
  variables: ({ path, body: { messages, context } }) => ({
    input: {
      ...sessionOf(path),
      messages: messages.map(fromMessage),
      context: context && { model: context.model, agent: context.agent, systemPrompt: context.system_prompt },
    },
  }),
  // At least one message was sent, so the transcript is not empty.
  reply: ({ appendTranscript: { last_seq, appended_count } }) => ({
    last_seq: last_seq ?? 0,
    appended_count,
  }),
})

const CompactTranscriptRequest = z
  .object({
    summary: MessageCreate,
    up_to_seq: integer().openapi({ description: 'The last row to replace, by its place.' }),
  })
  .openapi('CompactTranscriptRequest', { description: 'A summary, and the rows that it stands for.' })

const CompactTranscriptResponse = z
  .object({
    summary_seq: count.openapi({ description: 'Seq of the summary.' }),
    compacted_count: count.openapi({ description: 'Rows replaced; 0 when the summary was there already.' }),
  })
  .openapi('CompactTranscriptResponse', { description: 'What was compacted.' })

export const compactTranscript = route({
  operationId: 'compact_session_transcript',
  method: 'post',
  path: '/sessions/{session_id}/transcript/compact',
  summary: 'Compact a transcript',
  description:
    'Puts a summary in the place of the first rows of the caller’s own session; the rows are kept.',
  tag: 'transcripts',
  permission: 'TRANSCRIPT_WRITE',
  body: {
    schema: CompactTranscriptRequest,
    description: 'The summary.',
    limitBytes: TRANSCRIPT_LIMIT_BYTES,
    example: {
      summary: {
        role: 'user',
        content: 'The login page answered 500; the cause was a missing index.',
        metadata: { compaction: true, trigger: 'manual', messages_compacted: 2 },
      },
      up_to_seq: 1,
    },
  },
  answer: {
    description: 'Where the summary stands.',
    schema: CompactTranscriptResponse,
    example: { summary_seq: 3, compacted_count: 2 },
  },
  document: CompactTranscriptDocument,
  variables: ({ path, body }) => ({
    input: { ...sessionOf(path), upToSeq: body.up_to_seq, summary: fromMessage(body.summary) },
  }),
  reply: ({ compactTranscript }) => compactTranscript,
})

const RewindTranscriptRequest = z
  .object({
    from_seq: integer().openapi({
      description: 'A row of role user that is neither compacted nor a summary.',
    }),
  })
  .openapi('RewindTranscriptRequest', { description: 'Where to go back to.' })

const RewindTranscriptResponse = z
  .object({
    deleted_count: count.openapi({ description: 'Rows deleted, the target included.' }),
    restored_content: z.string().openapi({ description: 'Text of the target, to edit and send again.' }),
    target_seq: count,
  })
  .openapi('RewindTranscriptResponse', { description: 'What was deleted.' })

export const rewindTranscript = route({
  operationId: 'rewind_session',
  method: 'post',
  path: '/sessions/{session_id}/rewind',
  summary: 'Rewind a transcript',
  description:
    'Deletes a user message of the caller’s own session and everything behind it, for good (SES-RWD).',
  tag: 'transcripts',
  permission: 'TRANSCRIPT_WRITE',
  body: {
    schema: RewindTranscriptRequest,
    description: 'The target.',
    limitBytes: BODY_LIMIT_BYTES,
    example: { from_seq: 2 },
  },
  answer: {
    description: 'The text of the target.',
    schema: RewindTranscriptResponse,
    example: { deleted_count: 1, restored_content: 'Now fix the tests.', target_seq: 2 },
  },
  document: RewindTranscriptDocument,
  variables: ({ path, body }) => ({ input: { ...sessionOf(path), fromSeq: body.from_seq } }),
  reply: ({ rewindTranscript }) => rewindTranscript,
})

export const readTranscript = streamedRoute({
  operationId: 'get_session_transcript',
  method: 'get',
  path: '/sessions/{session_id}/transcript',
  summary: 'Read a transcript',
  description: 'The messages in transcript order: while `has_more`, ask again after the last `seq`.',
  tag: 'transcripts',
  permission: 'SESSION_READ',
  query: z.object({
    include_compacted: withDefault(queryBoolean, false).openapi({
      description: 'Also rows that a summary replaced.',
    }),
    after_seq: queryInteger(0, MAX_INT)
      .optional()
      .openapi({ description: 'Starts after the row with this seq.' }),
    limit: withDefault(queryInteger(1, 5000), 1000).openapi({ description: 'Messages a page.' }),
  }),
  answer: {
    description: 'The page, streamed.',
    schema: SessionTranscriptResponse,
    example: transcriptExample,
  },
  pieces: async function* (execute, { path, query }) {
    const { include_compacted: includeCompacted, after_seq: afterSeq, limit } = query
    const variables = { ...sessionOf(path), includeCompacted, afterSeq, limit }
    const { workspace } = await execute(ReadTranscriptDocument, variables)
    yield* transcriptPieces(execute, workspace.session, { ...workspaceOf(path), includeCompacted, limit })
  },
})
