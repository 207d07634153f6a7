import { once } from 'node:events'
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { type AddressInfo, createServer, type Server as NetServer } from 'node:net'
import { Command } from 'commander'
import { createGateway } from '../app.js'
import { type Config, readConfig } from '../config.js'
import { startFolding } from '../domain/facets/roll-up/folder.js'
import { closeOnSignal, finishRequests } from '../http/drain.js'
import { surviveStrayErrors } from '../http/stray-errors.js'
import { log, setLogLevel } from '../log.js'
import { banner } from './banner.js'
import { ensureDemo, withdrawDemoKeys } from './demo/demo.js'
import { demoUsers } from './demo/tenant.js'
import { CliError, exitCodes } from './failure.js'
import { openConfiguredStore } from './store.js'

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
  demo: boolean
  migrate: boolean
}

async function start({ migrate, ...flags }: StartFlags): Promise<void> {
  const config = readConfig(undefined, flags)
  setLogLevel(config.logLevel)
  if (process.stderr.isTTY && config.databaseUrl === null && !existsSync(config.dataFolder))
    process.stderr.write(`Making the embedded store in ${config.dataFolder} …\n`)
  const running = await startGateway(config, { migrate: migrate && config.migrateOnStart })
  surviveStrayErrors()
  closeOnSignal({ server: running.server, stop: running.stop, close: running.closeStore })
  process.stdout.write(banner(config, running))
}

export interface RunningGateway {
  url: string
  server: Server
  /** Whether the demo tenant is there and its keys work. */
  demo: boolean
  closeStore(): Promise<void>
  /** Ends what would go on by itself. */
  stop(): void
  /** Ends requests, then closes the store. */
  close(): Promise<void>
}

/** Opens the store, prepares it and listens; closes what it opened when a later step fails. */
export async function startGateway(
  config: Config,
  { migrate }: { migrate: boolean },
): Promise<RunningGateway> {
  await requirePort(config)
  const opened = await openConfiguredStore(config)
  try {
    if (migrate) await opened.migrate()
    const demo = config.demo && opened.kind === 'embedded' && (await ensureDemo(opened.store))
    if (!demo) await withdrawDemoKeys(opened.store)
    const { server, stop } = createGateway(config, opened, demo ? demoUsers.maya.key : null)
    const url = await listen(server, config)
    const folder = startFolding(opened.store, (error) => log.error({ err: error }, 'folding facets failed'))
    const closeStore = () => folder.stop().then(opened.close)
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

/** Refuses a port that is taken before the store is made, which takes longer. */
async function requirePort({ host, port }: Config): Promise<void> {
  const probe = createServer()
  await listen(probe, { host, port })
  await new Promise((resolve) => probe.close(resolve))
}

async function listen(server: NetServer, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw describeListenFailure(error as NodeJS.ErrnoException, host, port)
  }
  const named = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${named.includes(':') ? `[${named}]` : named}:${(server.address() as AddressInfo).port}`
}

function describeListenFailure(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} of ${host} is in use; --port takes another one.`,
    EACCES: `Port ${port} needs more rights than this process has; --port takes another one.`,
    EADDRNOTAVAIL: `This machine has no address ${host} to listen on.`,
    ENOTFOUND: `The host name ${host} is unknown.`,
  }
  const sentence = sentences[error.code ?? '']
  return sentence === undefined ? error : new CliError(sentence, exitCodes.failed)
}
