import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { rounds } from '../rounds.js'

/** Larger ones are parsed off the thread that answers everybody. */
const LARGE_BYTES = 512 * 1024

/** Larger ones have a round of events each, with all that comes of them at once. */
const SHORT_BYTES = 8 * 1024

/** How long the other thread stays when there is nothing to parse. */
const idleMs = 5000

/** In plain JavaScript, since a thread has no loader of ours; a source of its own would have to be found, built and not. */
const source = `
const { parentPort, workerData: values } = require('node:worker_threads')
parentPort.on('message', (bytes) => {
  values.postMessage(JSON.parse(new TextDecoder().decode(bytes)))
  parentPort.postMessage('parsed')
})`

interface Parser {
  worker: Worker
  /** Where values come, which are taken over when they are looked at and not before. */
  values: MessagePort
}

const decoder = new TextDecoder()

let thread: Parser | null = null
let idle: NodeJS.Timeout | undefined

/** One at a time, each taken over in a round of its own: of large values that takes as long as what is made of them. */
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

async function parseElsewhere(bytes: Buffer): Promise<unknown> {
  clearTimeout(idle)
  const parser = thread ?? startThread()
  thread = parser
  try {
    await parsedBy(parser, bytes)
    await rounds.takeWhole()
    return receiveMessageOnPort(parser.values)?.message
  } finally {
    idle = setTimeout(endThread, idleMs).unref()
  }
}

function parsedBy({ worker }: Parser, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', onMessage).off('error', onError)
      worker.unref()
      act()
    }
    const onMessage = () => settle(resolve)
    const onError = (error: Error) => settle(() => reject(error))
    worker.ref()
    worker.once('message', onMessage).once('error', onError)
    worker.postMessage(bytes, [bytes.buffer as ArrayBuffer])
  })
}

function startThread(): Parser {
  const { port1: values, port2 } = new MessageChannel()
  const worker = new Worker(source, {
    eval: true,
    execArgv: [],
    env: {},
    name: 'json',
    workerData: port2,
    transferList: [port2],
  })
  worker.once('exit', () => {
    values.close()
    if (thread?.worker === worker) thread = null
  })
  // Heard even when nobody waits: unheard it would end the process.
  worker.on('error', () => {})
  return { worker, values }
}

function endThread(): void {
  thread?.worker.terminate()
  thread = null
}
