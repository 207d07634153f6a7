import { log } from '../log.js'
import { type Handler, sendJson } from './answer.js'

const patienceMs = 3000

/** Answers as long as the process does. */
export const livez: Handler = (_req, res) => sendJson(res, 200, { status: 'ok' })

/** Answers 200 while the store can be reached and the server takes new connections, else 503. */
export function readyz(ready: () => Promise<void>, isServing: () => boolean): Handler {
  return async (_req, res) => {
    const isReady = isServing() && (await canReach(ready))
    sendJson(res, isReady ? 200 : 503, { status: isReady ? 'ready' : 'unavailable' })
  }
}

async function canReach(ready: () => Promise<void>): Promise<boolean> {
  const { promise, cancel } = rejectAfter(patienceMs)
  try {
    await Promise.race([ready(), promise])
    return true
  } catch (error) {
    log.warn({ err: error }, 'the store cannot be reached')
    return false
  } finally {
    cancel()
  }
}

function rejectAfter(ms: number): { promise: Promise<never>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined
  const promise = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  return { promise, cancel: () => clearTimeout(timer) }
}
