import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import closeWithGrace from 'close-with-grace'
import { log } from '../log.js'

/** How long requests in flight may take to finish, and the whole end of the process. */
const requestsMs = 7000
const processMs = 10_000
const repeatedMs = 1000

/** What ends with the process. */
interface Closing {
  /** Absent in a process that only watches over others. */
  server?: Server
  /** Ends what would go on by itself, such as live streams. */
  stop?: () => unknown
  /** Closes the store, or whatever else is open. */
  close: () => Promise<void>
}

/**
 * On SIGTERM, SIGINT and their like: takes no new connections (readiness turns 503 for those that are open),
 * lets requests finish, closes the store and exits with 0; with 1 when that takes longer than 10 seconds.
 */
export function closeOnSignal({ server, stop, close }: Closing): void {
  const grace = closeWithGrace(
    {
      delay: processMs,
      logger: { error: (message) => log.error({ err: message }, 'the process did not close in time') },
      skip: ['SIGTERM', 'SIGINT', 'unhandledRejection', 'uncaughtException'],
    },
    async () => {
      stop?.()
      if (server !== undefined) await finishRequests(server)
      await close()
      log.info('closed')
    },
  )
  let firstAt: number | null = null
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstAt === null) {
      firstAt = Date.now()
      log.info({ signal }, 'closing')
      grace.close()
    } else if (Date.now() - firstAt > repeatedMs) {
      // npm passes a terminal's Ctrl-C on, so the second one within a second is the first again.
      process.exit(1)
    }
  }
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal)
}

const inFlight = new WeakMap<Server, Set<ServerResponse>>()

/** Has a server know of a request, so that draining can tell its client that the connection is about to end. */
export function noteRequest(server: Server, res: ServerResponse): void {
  const answers = inFlight.get(server) ?? new Set()
  inFlight.set(server, answers)
  answers.add(res)
  res.once('close', () => answers.delete(res))
}

/**
 * Stops a server: no new connections, and each that is open ends with its next answer, which says so. Those that nothing
 * comes over for a while are closed; a request that is on its way to one meanwhile is answered. Busy ones get their time.
 */
export async function finishRequests(server: Server, patienceMs: number = requestsMs): Promise<void> {
  if (!server.listening) return
  // HTTP's own `close` ends idle connections at once, and with them the requests that are on their way.
  const closed = new Promise<void>((resolve) => void NetServer.prototype.close.call(server, () => resolve()))
  for (const res of inFlight.get(server) ?? []) if (!res.headersSent) res.setHeader('Connection', 'close')
  let idle: NodeJS.Timeout | undefined
  const quiet = setTimeout(() => {
    server.closeIdleConnections()
    idle = setInterval(() => server.closeIdleConnections(), 50)
  }, patienceMs / 7)
  const impatient = setTimeout(() => server.closeAllConnections(), patienceMs)
  await closed
  clearTimeout(quiet)
  clearInterval(idle)
  clearTimeout(impatient)
  // Ends what else HTTP keeps for it.
  server.close()
}

/** Logs errors that nobody caught and keeps serving: one request's bug must not end everyone else's. */
export function surviveStrayErrors(): void {
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'nobody handled a rejection'))
  process.on('uncaughtException', (error) => log.error({ err: error }, 'nobody caught an error'))
}
