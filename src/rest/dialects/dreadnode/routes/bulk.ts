import { z } from '@hono/zod-openapi'
import { bulkBody, failed, failedExample, toDone, toFailed } from '../bulk-shapes.js'
import { route, workspaceOf } from '../declare.js'
import {
  DeleteSessionsDocument,
  FreezeSessionsDocument,
  ShareSessionsDocument,
} from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { id } from '../shapes.js'

const done = [sessionExample.id]
const bestEffort = 'best effort: each follows the rules of the single call, and none fails the others'

export const bulkFreeze = route({
  operationId: 'bulk_freeze_sessions',
  method: 'post',
  path: '/sessions/bulk-freeze',
  summary: 'Freeze sessions',
  description: `Freezes up to 200 sessions, ${bestEffort} (SES-FRZ-013).`,
  tag: 'sessions',
  permission: 'SESSION_FREEZE',
  body: bulkBody,
  answer: {
    description: 'What is frozen now, and what was refused.',
    schema: z.object({ frozen: z.array(id), failed }).openapi('BulkFreezeResponse', {
      description: 'Outcomes, in the order of the request.',
    }),
    example: { frozen: done, failed: failedExample },
  },
  document: FreezeSessionsDocument,
  variables: ({ path, body }) => ({ input: { ...workspaceOf(path), ids: body.session_ids } }),
  reply: ({ freezeSessions: { outcomes } }) => ({ frozen: toDone(outcomes), failed: toFailed(outcomes) }),
})

export const bulkShare = route({
  operationId: 'bulk_share_sessions',
  method: 'post',
  path: '/sessions/bulk-share',
  summary: 'Share sessions',
  description: `Shares up to 200 sessions with the workspace, ${bestEffort} (SES-VIS-008).`,
  tag: 'sessions',
  permission: 'SESSION_SHARE',
  body: bulkBody,
  answer: {
    description: 'What is shared now, and what was refused.',
    schema: z.object({ shared: z.array(id), failed }).openapi('BulkShareResponse', {
      description: 'Outcomes, in the order of the request.',
    }),
    example: { shared: done, failed: failedExample },
  },
  document: ShareSessionsDocument,
  variables: ({ path, body }) => ({ input: { ...workspaceOf(path), ids: body.session_ids } }),
  reply: ({ shareSessions: { outcomes } }) => ({ shared: toDone(outcomes), failed: toFailed(outcomes) }),
})

export const bulkDelete = route({
  operationId: 'bulk_delete_sessions',
  method: 'post',
  path: '/sessions/bulk-delete',
  summary: 'Delete sessions',
  description: `Deletes up to 200 sessions for good, ${bestEffort} (SES-DEL-004).`,
  tag: 'sessions',
  permission: 'SESSION_DELETE',
  body: bulkBody,
  answer: {
    description: 'What is gone, and what was refused.',
    schema: z.object({ deleted: z.array(id), failed }).openapi('BulkDeleteResponse', {
      description: 'Outcomes, in the order of the request.',
    }),
    example: { deleted: done, failed: failedExample },
  },
  document: DeleteSessionsDocument,
  variables: ({ path, body }) => ({ input: { ...workspaceOf(path), ids: body.session_ids } }),
  reply: ({ deleteSessions: { outcomes } }) => ({ deleted: toDone(outcomes), failed: toFailed(outcomes) }),
})
