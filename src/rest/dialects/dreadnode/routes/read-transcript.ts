import { z } from '@hono/zod-openapi'
import { sessionOf, streamedRoute, workspaceOf } from '../declare.js'
import { ReadTranscriptDocument } from '../documents.generated.js'
import { transcriptExample } from '../examples.js'
import { queryBoolean, queryInteger } from '../query-scalars.js'
import { MAX_INT, withDefault } from '../scalars.js'
import { transcriptPieces } from '../transcript-pieces.js'
import { SessionTranscriptResponse } from '../transcript-shapes.js'

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
