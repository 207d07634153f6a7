import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '../log.js'

const acceptable = /^[A-Za-z0-9_.:-]{1,128}$/
const probes = new Set(['/livez', '/readyz'])

/** The caller's request id when it is a harmless one, else a new uuid. */
export function chooseRequestId(req: IncomingMessage): string {
  const given = req.headers['x-request-id']
  return typeof given === 'string' && acceptable.test(given) ? given : randomUUID()
}

/** Writes one line when the request is over, answered or not. */
export function logWhenOver(
  req: IncomingMessage,
  res: ServerResponse,
  requestId: string,
  path: string | null,
): void {
  const started = performance.now()
  res.once('close', () => {
    const line = {
      requestId,
      method: req.method,
      path,
      status: res.statusCode,
      ms: Math.round((performance.now() - started) * 10) / 10,
      ...(res.writableFinished ? {} : { aborted: true }),
    }
    log[path !== null && probes.has(path) ? 'debug' : 'info'](line, 'request')
  })
}
