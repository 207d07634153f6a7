import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { log } from '../log.js'
import { refusals } from './answer.js'

/** Answers a connection whose bytes are no HTTP request, and closes it. */
export function answerMalformed(error: Error & { code?: string }, socket: Duplex): void {
  const begun = (socket as { _httpMessage?: ServerResponse | null })._httpMessage?.headersSent
  if (!socket.writable || begun || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const refusal = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? refusals.timedOut : refusals.malformed
  const body = JSON.stringify(refusal)
  const requestId = randomUUID()
  log.info({ requestId, code: error.code, status: refusal.code }, 'refused a connection')
  socket.end(
    [
      `HTTP/1.1 ${refusal.code} ${refusal.code === 504 ? 'Gateway Timeout' : 'Bad Request'}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'X-Content-Type-Options: nosniff',
      `X-Request-Id: ${requestId}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
