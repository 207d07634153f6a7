import { log } from '../log.js'
import { type Handler, sendJson } from './answer.js'

const patienceMs = 3000

/** Answers as long as the process does. */
export const livez: Handler = (_req, res) => sendJson(res, 200, { status: 'ok' })

/** Answers 200 while the store reads and writes and the server takes new connections, else 503 with the reason. */
export function readyz({ ready, replicas }: Readiness, isServing: () => boolean): Handler {
  return async (_req, res) => {
    const reason = isServing() ? await whyNot(ready) : 'The gateway is closing'
    // The gateway serves without them.
    const further = replicas === undefined ? {} : { replicas: replicas() }
    if (reason === null) sendJson(res, 200, { status: 'ready', ...further })
    else sendJson(res, 503, { status: 'unavailable', reason, ...further })
  }
}

export interface Readiness {
  /** Null when the store reads and writes, else a sentence. */
  ready(): Promise<string | null>
  /** What each replica of the store does, without its address, which is nobody's affair; absent where it has none. */
  replicas?: () => readonly object[]
}

async function whyNot(ready: () => Promise<string | null>): Promise<string | null> {
  const { promise, cancel } = silentAfter(patienceMs)
  try {
    const reason = await Promise.race([ready(), promise])
    if (reason !== null) log.warn({ reason }, 'the store is not ready')
    return reason
  } catch (error) {
    log.warn({ err: error }, 'the store cannot be reached')
    return 'The database cannot be used'
  } finally {
    cancel()
  }
}

function silentAfter(ms: number): { promise: Promise<string>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined
  const promise = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('The database does not answer'), ms)
  })
  return { promise, cancel: () => clearTimeout(timer) }
}
