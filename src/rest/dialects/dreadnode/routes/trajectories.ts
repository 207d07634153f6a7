import { itemOf, sessionOf, streamedRoute, workspaceOf } from '../declare.js'
import { FindEvaluationSessionDocument, ReadEvaluationTranscriptDocument } from '../documents.generated.js'
import { transcriptExample } from '../examples.js'
import { exportPieces } from '../trajectory-pieces.js'
import { trajectoryAnswer, trajectoryQuery } from '../trajectory-shapes.js'
import { transcriptPieces } from '../transcript-pieces.js'
import { SessionTranscriptResponse } from '../transcript-shapes.js'

export const exportTrajectory = streamedRoute({
  operationId: 'export_session_trajectory',
  method: 'get',
  path: '/sessions/{session_id}/trajectory',
  summary: 'Export a transcript',
  description: 'All rows in transcript order, in a format that other tools read.',
  tag: 'transcripts',
  permission: 'SESSION_READ',
  query: trajectoryQuery,
  answer: trajectoryAnswer,
  pieces: (execute, { path, query }) =>
    exportPieces(execute, {
      session: sessionOf(path),
      format: query.format,
      includeCompacted: query.include_compacted,
    }),
})

/** Rows of a transcript at most (contract 8). */
const MAX_ROWS = 5000

export const exportItemTrajectory = streamedRoute({
  operationId: 'export_evaluation_item_trajectory',
  method: 'get',
  path: '/evaluation/{evaluation_id}/items/{item_id}/trajectory',
  summary: 'Export the transcript of an evaluation’s item',
  description:
    'As the export of the visible session that ran the item; of several the newest (SES-TRAJ-031).',
  tag: 'evaluations',
  permission: 'SESSION_READ',
  query: trajectoryQuery,
  answer: trajectoryAnswer,
  pieces: async function* (execute, { path, query }) {
    const { workspace } = await execute(FindEvaluationSessionDocument, itemOf(path))
    yield* exportPieces(execute, {
      session: { ...workspaceOf(path), id: workspace.evaluationItemSession.uuid },
      format: query.format,
      includeCompacted: query.include_compacted,
    })
  },
})

export const readItemTranscript = streamedRoute({
  operationId: 'get_evaluation_item_transcript',
  method: 'get',
  path: '/evaluation/{evaluation_id}/items/{item_id}/transcript',
  summary: 'Read the transcript of an evaluation’s item',
  description: 'The first 5000 messages of the visible session that ran the item; of several the newest.',
  tag: 'evaluations',
  permission: 'SESSION_READ',
  answer: {
    description: 'The page, streamed.',
    schema: SessionTranscriptResponse,
    example: transcriptExample,
  },
  pieces: async function* (execute, { path }) {
    const { workspace } = await execute(ReadEvaluationTranscriptDocument, {
      ...itemOf(path),
      limit: MAX_ROWS,
    })
    const page = { ...workspaceOf(path), includeCompacted: false, limit: MAX_ROWS }
    yield* transcriptPieces(execute, workspace.evaluationItemSession, page)
  },
})
