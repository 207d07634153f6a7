import { z } from '@hono/zod-openapi'
import { route } from '../declare.js'
import { CancelTurnDocument } from '../documents.generated.js'
import type { Mount } from '../mounts.js'

const CancelResult = z
  .object({ status: z.enum(['cancelled', 'no_op']), message: z.string() })
  .openapi('CancelResult', { description: 'Whether a turn was running.' })

const cancelled = { status: 'cancelled' as const, message: 'Turn cancelled successfully' }
const nothing = { status: 'no_op' as const, message: 'No turn currently running' }

export function cancelTurn(mount: Mount) {
  return route(mount)({
    operationId: mount.operationId('cancelTurn'),
    method: 'post',
    path: '/sessions/{id}/cancel',
    summary: 'Cancel the turn of a session',
    description:
      'Asks the turn that runs to stop; does nothing without one, or to a frozen or archived session.',
    tag: mount.tag,
    answer: { description: 'What was done.', schema: CancelResult, example: cancelled },
    document: CancelTurnDocument,
    variables: ({ path }) => ({ input: { id: path.id } }),
    reply: ({ cancelTurn }) => (cancelTurn.cancelled ? cancelled : nothing),
  })
}
