import cluster from 'node:cluster'
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { Command } from 'commander'
import { createGateway } from '../app.js'
import { type Config, readConfig } from '../config.js'
import { startPruning } from '../domain/events/prune.js'
import { startFolding } from '../domain/facets/roll-up/folder.js'
import { closeOnSignal, finishRequests } from '../http/drain.js'
import { surviveStrayErrors } from '../http/stray-errors.js'
import { log, setLogLevel } from '../log.js'
import { banner } from './banner.js'
import { ensureDemo, withdrawDemoKeys } from './demo/demo.js'
import { demoUsers } from './demo/tenant.js'
import { listen, requirePort } from './listen.js'
import { openConfiguredStore } from './store.js'
import { startWorkers } from './workers.js'

/** `session-gateway start` */
export function startCommand(): Command {
  return new Command('start')
    .summary('serve GraphQL, GraphiQL and REST')
    .description(
      'Serves GraphQL, GraphiQL and the REST APIs: from PostgreSQL when DATABASE_URL is set, else from the embedded store, where an empty folder gets a demo tenant with public keys.',
    )
    .option('--port <number>', 'port to listen on; 0 takes any free one (default: 4000, or PORT)')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1, or HOST)')
    .option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)')
    .option('--workers <number>', 'processes that share the port, on PostgreSQL (default: 1, or WORKERS)')
    .option('--no-demo', 'make no demo tenant, and withdraw the demo keys of an earlier start')
    .option('--no-migrate', 'leave pending migrations alone')
    .addHelpText(
      'after',
      '\nExample:\n  session-gateway start --port 8080 --data /var/lib/session-gateway --no-demo',
    )
    .action(start)
}

interface StartFlags {
  port?: string
  host?: string
  data?: string
  workers?: string
  demo: boolean
  migrate: boolean
}

async function start({ migrate, ...flags }: StartFlags): Promise<void> {
  const config = readConfig(undefined, flags)
  setLogLevel(config.logLevel)
  if (process.stderr.isTTY && config.databaseUrl === null && !existsSync(config.dataFolder))
    process.stderr.write(`Making the embedded store in ${config.dataFolder} …\n`)
  const migrating = migrate && config.migrateOnStart
  if (cluster.isWorker) await serve(config, { migrate: false })
  else if (config.workers > 1)
    process.stdout.write(banner(config, await startWorkers(config, { migrate: migrating })))
  else process.stdout.write(banner(config, await serve(config, { migrate: migrating })))
}

/** Serves from this process until a signal ends it. */
async function serve(config: Config, how: { migrate: boolean }): Promise<RunningGateway> {
  const running = await startGateway(config, how)
  surviveStrayErrors()
  closeOnSignal({ server: running.server, stop: running.stop, close: running.closeStore })
  return running
}

export interface RunningGateway {
  url: string
  server: Server
  /** Whether the demo tenant is there and its keys work. */
  demo: boolean
  closeStore(): Promise<void>
  /** Ends live streams. */
  stop(): void
  /** Ends requests, then closes the store. */
  close(): Promise<void>
}

/** Opens the store, prepares it and listens; closes what it opened when a later step fails. */
export async function startGateway(
  config: Config,
  { migrate }: { migrate: boolean },
): Promise<RunningGateway> {
  // A worker shares the port that its primary has tried.
  if (cluster.isPrimary) await requirePort(config)
  const opened = await openConfiguredStore(config)
  try {
    if (migrate) await opened.migrate()
    const demo = config.demo && opened.kind === 'embedded' && (await ensureDemo(opened.store))
    if (!demo) await withdrawDemoKeys(opened.store)
    const { server, stop } = createGateway(config, opened, demo ? demoUsers.maya.key : null)
    const url = await listen(server, config)
    const folder = startFolding(opened.store, (error) => log.error({ err: error }, 'folding facets failed'))
    const pruner = startPruning(opened.store, config.eventWindowMinutes, (error) =>
      log.warn({ err: error }, 'pruning events failed'),
    )
    const closeStore = async () => {
      await Promise.all([folder.stop(), pruner.stop()])
      await opened.close()
    }
    const close = async () => {
      stop()
      await finishRequests(server)
      await closeStore()
    }
    return { url, server, demo, stop, closeStore, close }
  } catch (error) {
    await opened.close()
    throw error
  }
}
