import type { Server } from 'node:http'
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
  stop?: () => void
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

/** Stops a server: no new connections, idle ones closed, busy ones given a while to finish. */
export async function finishRequests(server: Server, patienceMs: number = requestsMs): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const impatient = setTimeout(() => server.closeAllConnections(), patienceMs)
  await closed
  clearInterval(idle)
  clearTimeout(impatient)
}
