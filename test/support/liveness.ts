import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

export interface Liveness {
  /**
   * The longest that the gateway's thread worked before it answered `/livez`, since this was last asked, in
   * milliseconds of processor time: what others do on the machine does not count.
   */
  longestSilence(): Promise<number>
  stop(): Promise<unknown>
}

/** In a thread of its own, whose clock does not stand still while this one makes and sends bodies. */
const source = `
const http = require('node:http')
const { readFileSync, readlinkSync } = require('node:fs')
const { setPriority } = require('node:os')
const { parentPort, workerData: { url, pid } } = require('node:worker_threads')
const worked = () => Number(readFileSync('/proc/' + pid + '/task/' + pid + '/schedstat', 'utf8').split(' ')[0]) / 1e6
// A machine that others use holds this thread up, which would count what the gateway does meanwhile; root alone may say so.
try {
  setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), -15)
} catch {}
const agent = new http.Agent({ keepAlive: true })
let longest = 0
const ask = () => {
  const begun = worked()
  http.get(url, { agent }, (answer) => {
    answer.resume()
    answer.once('end', () => {
      longest = Math.max(longest, worked() - begun)
      setTimeout(ask, 5)
    })
  }).once('error', () => {
    longest = Infinity
    setTimeout(ask, 50)
  })
}
ask()
parentPort.on('message', () => {
  parentPort.postMessage(longest)
  longest = 0
})`

/** Asks a gateway for `/livez` again and again. */
export function watchLiveness(origin: string, pid: number): Liveness {
  const worker = new Worker(source, { eval: true, execArgv: [], workerData: { url: `${origin}/livez`, pid } })
  return {
    longestSilence: () =>
      new Promise((resolve) => {
        worker.once('message', resolve)
        worker.postMessage(null)
      }),
    stop: () => worker.terminate(),
  }
}

/** How much memory of a process is resident, in mebibytes. */
export function residentMebibytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
}
