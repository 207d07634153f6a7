import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import type { Config } from '../config/read.js'
import { hasApiKey } from '../domain/tenancy/list-keys.js'
import { closeOnSignal } from '../http/drain.js'
import { log } from '../log.js'
import { withdrawDemoKeys } from './demo/demo.js'
import { CliError } from './failure.js'
import { requirePort, urlOf } from './listen.js'
import { serveMetrics } from './metrics.js'
import { migrateLoudly, openForServing } from './store.js'

/** How long to wait before a worker that ended is replaced: twice as long each time, until one lasts. */
const leastDelayMs = 250
const mostDelayMs = 30_000
const lastingMs = 60_000

/**
 * Prepares the store once, then serves from several processes that share the port; each runs this command anew.
 * A worker that ends is replaced; a signal to this process drains them all and ends it as `closeOnSignal` says.
 * @throws {CliError} when a worker ends before it listens
 */
export async function startWorkers(
  config: Config,
  { migrate }: { migrate: boolean },
): Promise<{ url: string; demo: boolean; keyless: boolean }> {
  await requirePort(config)
  const { keyless } = await prepareStore(config, migrate)
  let closing = false
  const close = async () => {
    closing = true
    await endWorkers()
  }
  const workers = Array.from({ length: config.workers }, () => keepWorker(() => closing))
  try {
    const [port = config.port] = await Promise.all(workers.map(readPort))
    if (config.metricsPort !== null)
      await serveMetrics(config, (await import('../metrics/metrics.js')).workersMetrics())
    closeOnSignal({ close })
    return { url: urlOf(config.host, port), demo: false, keyless }
  } catch (error) {
    await close()
    throw error
  }
}

async function prepareStore(config: Config, migrate: boolean): Promise<{ keyless: boolean }> {
  const opened = await openForServing(config)
  try {
    if (migrate) await migrateLoudly(opened)
    await withdrawDemoKeys(opened.store)
    return { keyless: !(await hasApiKey(opened.store)) }
  } finally {
    await opened.close()
  }
}

/** Forks a worker, and another one whenever it ends; gives the first. */
function keepWorker(isClosing: () => boolean): Worker {
  let delayMs = leastDelayMs / 2
  const fork = (): Worker => {
    const startedAt = Date.now()
    const worker = cluster.fork()
    worker.once('exit', (code, signal) => {
      if (isClosing()) return
      delayMs = Date.now() - startedAt > lastingMs ? leastDelayMs : Math.min(2 * delayMs, mostDelayMs)
      log.error({ ended: worker.process.pid, code, signal, delayMs }, 'a worker ended and will be replaced')
      setTimeout(() => isClosing() || fork(), delayMs)
    })
    return worker
  }
  return fork()
}

/** The port that a worker listens on. */
function readPort(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once('listening', ({ port }) => resolve(port))
    worker.once('exit', () => reject(new CliError('A worker ended before it listened.')))
  })
}

async function endWorkers(): Promise<void> {
  const running = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
  await Promise.all(
    running.map(async (worker) => {
      if (worker.isDead()) return
      const ended = once(worker, 'exit')
      worker.process.kill('SIGTERM')
      await ended
    }),
  )
}
