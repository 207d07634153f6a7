import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '../log.js'
import type { Notes, Trace, Work } from '../work.js'

const probes = new Set(['/livez', '/readyz'])

/** What is told of a request that is over. */
export interface RequestLine extends Notes {
  requestId: string
  method: string | undefined
  path: string | null
  status: number
  ms: number
  /** Of the answer, with its headers. */
  bytes: number
  aborted?: true
  isStream?: true
}

/** The trace of a request, from its beginning on. */
export interface RequestTrace extends Trace {
  /** Where the answer says that it is, as `traceresponse`. */
  readonly response: string
  over(line: RequestLine): void
}

/** Begins the trace of a request, within that of whoever sent it where that is said. */
export type TraceRequest = (req: IncomingMessage, path: string | null) => RequestTrace

/** Traces a request for as long as it takes; probes say nothing new each second. */
export function traceWork(
  trace: TraceRequest,
  { req, res, path, work }: { req: IncomingMessage; res: ServerResponse; path: string | null; work: Work },
): RequestTrace | null {
  if (isProbe(path)) return null
  const traced = trace(req, path)
  work.trace = traced
  res.setHeader('traceresponse', traced.response)
  return traced
}

const isProbe = (path: string | null) => path !== null && probes.has(path)

interface Over {
  requestId: string
  path: string | null
  notes: Notes
  trace: RequestTrace | null
  /** Told of every request but probes. */
  count: ((line: RequestLine) => void) | undefined
}

/** Writes one line when the request is over, answered or not. */
export function logWhenOver(req: IncomingMessage, res: ServerResponse, over: Over): void {
  const { requestId, path, notes, trace, count } = over
  const started = performance.now()
  const { socket } = req
  const sentBefore = socket.bytesWritten
  res.once('close', () => {
    const type = String(res.getHeader('content-type') ?? '')
    const line: RequestLine = {
      requestId,
      method: req.method,
      path,
      ...notes,
      status: res.statusCode,
      ms: Math.round((performance.now() - started) * 10) / 10,
      bytes: socket.bytesWritten - sentBefore,
      ...(type.startsWith('text/event-stream') ? { isStream: true } : {}),
      ...(res.writableFinished ? {} : { aborted: true }),
    }
    log[isProbe(path) ? 'debug' : 'info']({ ...line, ...trace?.ids }, 'request')
    trace?.over(line)
    if (!isProbe(path)) count?.(line)
  })
}
