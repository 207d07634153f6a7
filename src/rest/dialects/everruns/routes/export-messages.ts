import { z } from '@hono/zod-openapi'
import { streamedRoute } from '../declare.js'
import { toPublicId } from '../ids.js'
import { Message, messageExample } from '../message-shapes.js'
import { linePieces } from '../messages.js'
import type { Mount } from '../mounts.js'

const format = z
  .string()
  .refine((text) => text === 'jsonl', 'Unsupported format')
  .optional()
  .openapi({ type: 'string', enum: ['jsonl'], description: 'The only format there is.' })

/** Messages as JSON lines (contract 5.9). */
export function exportMessages(mount: Mount) {
  return streamedRoute(mount)({
    operationId: mount.operationId('exportMessages'),
    method: 'get',
    path: '/sessions/{id}/export',
    summary: 'Export the messages of a session',
    description: 'As listed, one message a line, each line ended by a line feed; nothing without messages.',
    tag: mount.tag,
    query: z.object({ format }),
    answer: {
      description: 'The messages, streamed; the schema is that of each line.',
      contentType: 'application/x-ndjson',
      schema: Message,
      example: messageExample,
    },
    pieces: (execute, { path }) => linePieces(execute, path.id),
    headers: ({ path }) => ({
      'Content-Disposition': `attachment; filename="${toPublicId('session', path.id)}.jsonl"`,
    }),
  })
}
