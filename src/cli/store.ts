import { existsSync } from 'node:fs'
import { type Config, readConfig } from '../config/read.js'
import { type OpenStore, openStore } from '../db/connect.js'
import { splitHosts } from '../db/host-list.js'
import { requireGateway } from '../db/least-gateway.js'
import { refreshReaders } from '../domain/readers/readers.js'
import { log, setLogLevel } from '../log.js'
import { CliError } from './failure.js'
import { readVersion } from './version.js'

/**
 * Opens the store that the settings name; nothing is migrated yet. `onPooler` is told which settings of a gateway are not in force.
 * @throws {GatewayTooOld} when the store works with newer gateways only
 */
export async function openConfiguredStore(
  config: Config,
  readUrls: readonly string[] = [],
  onPooler?: (sentence: string) => void,
): Promise<OpenStore> {
  const opened = await openStore({
    url: config.databaseUrl,
    directUrl: config.directDatabaseUrl,
    readUrls,
    readLagMs: config.readLagMs,
    migrationLockTimeoutMs: config.migrationLockTimeoutMs,
    folder: config.dataFolder,
    poolSize: config.poolSize,
    statementTimeoutMs: config.statementTimeoutMs,
    connectTimeoutMs: config.connectTimeoutMs,
    slowStatementMs: config.slowStatementMs,
    onConnectionError: (error) => log.warn({ err: error }, 'a connection to the database broke'),
    onMigrationWait: (sentence) => log.warn(sentence),
    ...(onPooler === undefined ? {} : { onPooler }),
    namesStatements: config.preparedStatements,
    cancelsStatements: config.cancelStatements,
  })
  try {
    await requireGateway(opened.store, readVersion())
    return opened
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** Opens it for a process that serves, and says so: a first start takes seconds. */
export async function openForServing(config: Config): Promise<OpenStore> {
  log.info({ store: describeStore(config) }, 'opening the store')
  return openConfiguredStore(config, config.readDatabaseUrl, (sentence) => log.warn(sentence))
}

/** Applies pending migrations and says how many, and which was the last. */
export async function migrateLoudly(opened: OpenStore): Promise<void> {
  const migrations = await opened.migrate()
  if (migrations.length > 0) log.info({ migrations: migrations.length, last: migrations.at(-1) }, 'migrated')
  // Policies bind readers beside the gateway, and it serves without: a store that takes no writes now keeps those it has.
  const readers = await refreshReaders(opened.store).catch((error: unknown) => {
    log.warn({ err: error }, 'policies of readers are of another version, and could not be made anew')
    return []
  })
  if (readers.length > 0) log.info({ readers }, 'policies made anew')
}

/** A statement that passes over all sessions takes longer than anybody who waits for an answer may hold a connection. */
const COMMAND_STATEMENT_MS = 600_000

/** The settings of a command that ends by itself: it logs from warnings on, unless told to log more, and its statements have ten minutes. */
export function readCommandConfig(flags: { data?: string }): Config {
  const config = readConfig(undefined, flags)
  setLogLevel(config.logLevel === 'info' ? 'warn' : config.logLevel)
  return { ...config, statementTimeoutMs: Math.max(config.statementTimeoutMs, COMMAND_STATEMENT_MS) }
}

/** Runs one command on the store and closes it; migrates first, as starting does. */
export async function withStore<T>(
  flags: { data?: string },
  work: (opened: OpenStore) => Promise<T>,
): Promise<T> {
  const config = readCommandConfig(flags)
  const opened = await openConfiguredStore(config)
  try {
    if (config.migrateOnStart) await opened.migrate()
    return await work(opened)
  } finally {
    await opened.close()
  }
}

/** Opens a store that is there already. */
export async function openStoreAsItIs(...given: Parameters<typeof openConfiguredStore>): Promise<OpenStore> {
  const [{ databaseUrl, dataFolder }] = given
  if (databaseUrl === null && !existsSync(dataFolder))
    throw new CliError(`There is no store in ${dataFolder}; start and migrate make one.`)
  return openConfiguredStore(...given)
}

/** Runs one command that only reads the store: makes none, and migrates nothing. */
export async function withStoreAsItIs<T>(
  flags: { data?: string },
  work: (opened: OpenStore) => Promise<T>,
): Promise<T> {
  const opened = await openStoreAsItIs(readCommandConfig(flags))
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

/** Where the store is, for people; never with a password. */
export function describeStore(config: Config): string {
  if (config.databaseUrl === null) return `PGlite in ${config.dataFolder}`
  const urls = splitHosts(config.databaseUrl).map((url) => new URL(url))
  const hosts = urls.map(({ hostname, port }) => `${hostname || 'localhost'}${port ? `:${port}` : ''}`)
  return `PostgreSQL at ${hosts.join(',')}${urls[0]?.pathname}`
}
