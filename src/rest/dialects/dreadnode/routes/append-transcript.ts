import { z } from '@hono/zod-openapi'
import { route, sessionOf } from '../declare.js'
import { AppendTranscriptDocument } from '../documents.generated.js'
import { messageExample } from '../examples.js'
import { MAX_TEXT, TRANSCRIPT_LIMIT_BYTES } from '../limits.js'
import { list, orNull, text } from '../scalars.js'
import { count } from '../shapes.js'
import { fromMessage, MessageCreate } from '../transcript-shapes.js'

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
  reply: ({ appendTranscript: { lastSeq, appendedCount } }) => ({
    last_seq: lastSeq ?? 0,
    appended_count: appendedCount,
  }),
})
