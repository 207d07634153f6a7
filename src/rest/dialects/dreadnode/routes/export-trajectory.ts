import { sessionOf, streamedRoute } from '../declare.js'
import { exportPieces } from '../trajectory-pieces.js'
import { trajectoryAnswer, trajectoryQuery } from '../trajectory-shapes.js'

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
