import { z } from '@hono/zod-openapi'
import { route, sessionOf } from '../declare.js'
import { ReadTranscriptDocument } from '../documents.generated.js'
import { transcriptExample } from '../examples.js'
import { queryBoolean, queryInteger } from '../query-scalars.js'
import { MAX_INT, withDefault } from '../scalars.js'
import { SessionTranscriptResponse, toTranscript } from '../transcript-shapes.js'

export const readTranscript = route({
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
  answer: { description: 'The stretch.', schema: SessionTranscriptResponse, example: transcriptExample },
  document: ReadTranscriptDocument,
  variables: ({ path, query }) => ({
    ...sessionOf(path),
    includeCompacted: query.include_compacted,
    afterSeq: query.after_seq,
    limit: query.limit,
  }),
  reply: ({ workspace: { session } }) => toTranscript(session),
})
