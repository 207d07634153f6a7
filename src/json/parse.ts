import { Worker } from 'node:worker_threads'
import { rounds } from '../rounds.js'

/** Larger ones are parsed off the thread that answers everybody. */
const LARGE_BYTES = 512 * 1024

/** Larger ones have a round of events each, with all that comes of them at once. */
const SHORT_BYTES = 8 * 1024

/** How long the other thread stays when there is nothing to parse. */
const idleMs = 5000

/** In plain JavaScript, since a thread has no loader of ours; a source of its own would have to be found, built and not. */
const source = `
const { parentPort } = require('node:worker_threads')
parentPort.on('message', (bytes) => {
  parentPort.postMessage(JSON.parse(new TextDecoder().decode(bytes)))
})`

const decoder = new TextDecoder()

let thread: Worker | null = null
let idle: NodeJS.Timeout | undefined

/** One at a time, so that what comes back is never taken over in one go with others. */
let turn: Promise<unknown> = Promise.resolve()

/** The value of short bytes that are JSON in UTF-8, as `JsonScan` and `isUtf8` say; null for longer ones. */
export function parseShort(bytes: Buffer): { value: unknown } | null {
  return bytes.length > SHORT_BYTES ? null : { value: JSON.parse(decoder.decode(bytes)) }
}

/** The same of bytes of any length. Takes their memory over. */
export async function parseJson(bytes: Buffer): Promise<unknown> {
  if (bytes.length <= LARGE_BYTES) {
    if (bytes.length > SHORT_BYTES) await rounds.take()
    return JSON.parse(decoder.decode(bytes))
  }
  const parsed = turn.then(() => parseElsewhere(bytes))
  turn = parsed.catch(() => {}).then(nextRound)
  return parsed
}

const nextRound = () => new Promise((resolve) => setImmediate(resolve))

function parseElsewhere(bytes: Buffer): Promise<unknown> {
  clearTimeout(idle)
  const worker = thread ?? startThread()
  thread = worker
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', onMessage).off('error', onError)
      idle = setTimeout(endThread, idleMs).unref()
      worker.unref()
      act()
    }
    const onMessage = (value: unknown) => settle(() => resolve(value))
    const onError = (error: Error) => settle(() => reject(error))
    worker.ref()
    worker.once('message', onMessage).once('error', onError)
    worker.postMessage(bytes, [bytes.buffer as ArrayBuffer])
  })
}

function startThread(): Worker {
  const worker = new Worker(source, { eval: true, execArgv: [], env: {}, name: 'json' })
  worker.once('exit', () => {
    if (thread === worker) thread = null
  })
  // Heard even when nobody waits: unheard it would end the process.
  worker.on('error', () => {})
  return worker
}

function endThread(): void {
  thread?.terminate()
  thread = null
}
