import { streamedRoute } from '../declare.js'
import { messageExample } from '../message-shapes.js'
import { envelopePieces } from '../messages.js'
import type { Mount } from '../mounts.js'

/** Messages, all in one answer (contract 5.8). */
export function listMessages(mount: Mount) {
  return streamedRoute(mount)({
    operationId: mount.operationId('listMessages'),
    method: 'get',
    path: '/sessions/{id}/messages',
    summary: 'List the messages of a session',
    description: 'All of them, oldest first, compacted ones and summaries included.',
    tag: mount.tag,
    answer: {
      description: 'The messages, streamed.',
      schema: mount.MessageList,
      example: { data: [messageExample], ...(mount.forSdk && { messages: [messageExample] }) },
    },
    pieces: (execute, { path }) =>
      envelopePieces(execute, path.id, mount.forSdk ? ['data', 'messages'] : ['data']),
  })
}
