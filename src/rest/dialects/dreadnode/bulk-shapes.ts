import { z } from '@hono/zod-openapi'
import type { OutcomeFieldsFragment } from './documents.generated.js'
import { statusOf } from './errors.js'
import { sessionExample } from './examples.js'
import { BODY_LIMIT_BYTES } from './limits.js'
import { list, uuid } from './scalars.js'
import { id } from './shapes.js'

const MAX_IDS = 200

const BulkSessionsRequest = z
  .object({
    session_ids: list(uuid(), 1, MAX_IDS).openapi({
      description: 'Whole uuids; duplicates count for the length and are then ignored.',
    }),
  })
  .openapi('BulkSessionsRequest', { description: 'Sessions to act on.' })

/** The body of every bulk call. */
export const bulkBody = {
  schema: BulkSessionsRequest,
  description: 'The sessions.',
  limitBytes: BODY_LIMIT_BYTES,
  example: { session_ids: [sessionExample.id] },
}

/** What was refused, with the words of the single call. */
export const failed = z.array(
  z
    .object({ session_id: id, code: z.int(), detail: z.string() })
    .openapi('BulkFailure', { description: 'A session that was refused, as the single call refuses it.' }),
)

export const failedExample = [
  { session_id: '9d8c7b6a-5f4e-4d3c-8b2a-190807f6e5d4', code: 404, detail: 'Session not found' },
]

type Outcomes = readonly OutcomeFieldsFragment[]

/** The sessions that the act was done to, in the order of the request. */
export function toDone(outcomes: Outcomes): string[] {
  return outcomes.filter(({ refusal }) => refusal === null).map(({ uuid }) => uuid)
}

/** The sessions that were refused, with the status of the single call. */
export function toFailed(outcomes: Outcomes): z.input<typeof failed> {
  return outcomes.flatMap(({ uuid, refusal }) =>
    refusal === null ? [] : [{ session_id: uuid, code: statusOf(refusal.code), detail: refusal.message }],
  )
}
