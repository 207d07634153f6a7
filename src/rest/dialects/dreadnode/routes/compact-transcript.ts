import { z } from '@hono/zod-openapi'
import { route, sessionOf } from '../declare.js'
import { CompactTranscriptDocument } from '../documents.generated.js'
import { TRANSCRIPT_LIMIT_BYTES } from '../limits.js'
import { integer } from '../scalars.js'
import { count } from '../shapes.js'
import { fromMessage, MessageCreate } from '../transcript-shapes.js'

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
  reply: ({ compactTranscript: { summarySeq, compactedCount } }) => ({
    summary_seq: summarySeq,
    compacted_count: compactedCount,
  }),
})
