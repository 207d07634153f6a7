import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

export interface Liveness {
  /** The longest that `/livez` took to answer since this was last asked, in milliseconds. */
  longestSilence(): Promise<number>
  stop(): Promise<unknown>
}

/** In a thread of its own, whose clock does not stand still while this one makes and sends bodies. */
const source = `
const http = require('node:http')
const { parentPort, workerData: url } = require('node:worker_threads')
const agent = new http.Agent({ keepAlive: true })
let longest = 0
const ask = () => {
  const begun = performance.now()
  http.get(url, { agent }, (answer) => {
    answer.resume()
    answer.once('end', () => {
      longest = Math.max(longest, performance.now() - begun)
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
export function watchLiveness(origin: string): Liveness {
  const worker = new Worker(source, { eval: true, execArgv: [], workerData: `${origin}/livez` })
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
