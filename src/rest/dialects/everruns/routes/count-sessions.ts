import { z } from '@hono/zod-openapi'
import { route } from '../declare.js'
import { CountSessionStatusesDocument } from '../documents.generated.js'
import type { Mount } from '../mounts.js'
import { cap, int32 } from '../shapes.js'

const Stats = z
  .object({
    total: int32.openapi({ description: 'All of them: as the list counts without a filter.' }),
    active: int32.openapi({ description: 'A turn runs.' }),
    idle: int32.openapi({ description: 'Waiting for input.' }),
    started: int32.openapi({ description: 'No turn has run yet.' }),
    waiting_for_tool_results: int32.openapi({ description: 'Always 0.' }),
  })
  .openapi('SessionStats', { description: 'How many sessions have each status.' })

/** How many sessions have each status (contract 5.3). */
export function countSessions(mount: Mount) {
  return route(mount)({
    operationId: mount.operationId('countSessions'),
    method: 'get',
    path: '/sessions/stats',
    summary: 'Count sessions',
    description: 'How many visible sessions that are not archived have each status.',
    tag: mount.tag,
    answer: {
      description: 'The counts.',
      schema: Stats,
      example: { total: 4, active: 0, idle: 3, started: 1, waiting_for_tool_results: 0 },
    },
    document: CountSessionStatusesDocument,
    variables: () => ({}),
    reply: ({ viewer }) => {
      const { total, active, idle, started } = viewer.organization.sessionStats
      return {
        total: cap(total),
        active: cap(active),
        idle: cap(idle),
        started: cap(started),
        waiting_for_tool_results: 0,
      }
    },
  })
}
