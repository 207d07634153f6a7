import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Requests of one connection that may wait for the answer before theirs. */
export const WAITING_REQUESTS = 100

interface Line {
  isBusy: boolean
  waiting: [IncomingMessage, ServerResponse][]
}

/**
 * Begins a request once the answer before it on its connection is over, in a later round of events: a client that sends
 * thousands in one packet would have all of them held in memory, or the thread for all. Beyond `WAITING_REQUESTS` it is cut off.
 */
export function inTurn(begin: RequestListener): RequestListener {
  const lines = new WeakMap<Socket, Line>()

  function serve(line: Line, req: IncomingMessage, res: ServerResponse): void {
    line.isBusy = true
    // Requests with a body may all come, and be answered, in one round.
    res.once('close', () =>
      setImmediate(() => {
        line.isBusy = false
        const next = req.socket.destroyed ? undefined : line.waiting.shift()
        if (next !== undefined) serve(line, ...next)
      }),
    )
    begin(req, res)
  }

  return (req, res) => {
    const { socket } = req
    const line = lines.get(socket) ?? { isBusy: false, waiting: [] }
    lines.set(socket, line)
    if (!line.isBusy) return serve(line, req, res)
    if (line.waiting.length >= WAITING_REQUESTS) socket.destroy()
    // More may follow in the packet of one that was cut off.
    if (socket.destroyed) line.waiting = []
    else line.waiting.push([req, res])
  }
}
