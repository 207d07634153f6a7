import { z } from '@hono/zod-openapi'
import { route, sessionOf } from '../declare.js'
import { RewindTranscriptDocument } from '../documents.generated.js'
import { BODY_LIMIT_BYTES } from '../limits.js'
import { integer } from '../scalars.js'
import { count } from '../shapes.js'

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
  reply: ({ rewindTranscript: { deletedCount, restoredContent, targetSeq } }) => ({
    deleted_count: deletedCount,
    restored_content: restoredContent,
    target_seq: targetSeq,
  }),
})
