import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { withDirectStatements } from './direct-statements.js'
import { PrismaClient } from './generated/client/client.js'
import { createLending } from './lending.js'
import { applyMigrations, type MigrationStore } from './migrate.js'
import { readMigrations } from './migration-files.js'
import { inTurns } from './one-at-a-time.js'
import { overlay } from './overlay.js'
import { findWay } from './pooler.js'
import { openPostgresqlMigrations } from './postgresql-migrations.js'
import type { ModelStore } from './prisma.js'
import { closeIdle, givingUpSilent, silenceLimit } from './silent-connections.js'

export interface StoreOptions {
  /** PostgreSQL's URL; null means the embedded store. */
  url: string | null
  /** What migrations connect to, such as the server behind a pooler; `url` when absent or null. */
  directUrl?: string | null
  /** How long migrations wait for locks; ten minutes when absent. */
  migrationLockTimeoutMs?: number
  /** Folder of the embedded store; null keeps it in memory. */
  folder: string | null
  /** Connections to PostgreSQL; the embedded store has one. */
  poolSize: number
  /** How long one statement may run on PostgreSQL. */
  statementTimeoutMs: number
  /** How long to wait for a connection. */
  connectTimeoutMs: number
  /** Statements that take longer are logged; none are when 0 or absent. */
  slowStatementMs?: number
  /** Called with the text of every statement. */
  onStatement?: (statement: string) => void
  /** Called when an idle connection breaks. */
  onConnectionError?: (error: Error) => void
  /** Called with a sentence when migrations wait for others. */
  onMigrationWait?: (sentence: string) => void
  /** Called with a sentence when a pooler stands between and leaves settings out. */
  onPooler?: (sentence: string) => void
  /** Whether statements are prepared under names; found out when absent or null. */
  namesStatements?: boolean | null
}

export interface OpenStore {
  store: ModelStore
  kind: 'embedded' | 'postgresql'
  /** Applies pending migrations, of another folder where one is named; gives their names. */
  migrate(folder?: string): Promise<string[]>
  /** Of PostgreSQL: work in one transaction that nobody migrates beside, on what migrations connect to. */
  alone?: MigrationStore['alone']
  /** Of PostgreSQL: how many are in use, unused, waited for, and allowed. */
  connections?: () => { busy: number; idle: number; waiting: number; most: number }
  close(): Promise<void>
}

/**
 * Opens PostgreSQL, or the embedded store when there is no URL.
 * @throws where PostgreSQL does not answer in time
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  return options.url === null ? openEmbeddedStore(options) : openPostgres(options.url, options)
}

async function openEmbeddedStore(options: StoreOptions): Promise<OpenStore> {
  // Only here, since a process that serves from PostgreSQL has no use for it.
  const { copyEmbedded, embeddedAdapter, embeddedMigrations, openEmbedded } = await import('./embedded.js')
  const pglite = await openEmbedded(options.folder)
  const adapter = embeddedAdapter(pglite)
  const client = openClient(adapter, options)
  return {
    store: overlay(client, {
      ...inTurns(client, options.slowStatementMs ?? 0),
      copyOut: (query: string) => copyEmbedded(pglite, query),
      rowsACopy: 5000,
      isSharded: false,
    }),
    kind: 'embedded',
    migrate: async (folder) => applyMigrations(embeddedMigrations(pglite), await readMigrations(folder)),
    close: async () => {
      await client.$disconnect()
      await pglite.close()
    },
  }
}

async function openPostgres(url: string, options: StoreOptions): Promise<OpenStore> {
  const { onConnectionError, onStatement } = options
  const settings = settingsFor(options)
  const { TimeZone: _, ...others } = settings
  const { isPooled, isSharded, missing } = await findWay(url, options.connectTimeoutMs, others)
  if (missing.length > 0) options.onPooler?.(describeMissing(missing))
  const pool: pg.Pool = new pg.Pool({
    ...givingUpSilent(options.statementTimeoutMs, () => closeIdle(pool)),
    connectionString: url,
    max: options.poolSize,
    connectionTimeoutMillis: options.connectTimeoutMs,
    application_name: 'session-gateway',
    // A pooler refuses settings of a connection's start.
    ...(isPooled ? { onConnect: readTimesAsUtc } : { options: asFlags(settings) }),
  })
  // The one setting of a connection that poolers carry along: without it times would be read as those of another zone.
  if (isPooled)
    pool.on('connect', (connection) => void connection.query("set timezone = 'UTC'").catch(() => {}))
  pool.on('error', (error) => onConnectionError?.(error))
  // Between being connected and being listened to, a connection may break as well; its next statement tells.
  pool.on('connect', (connection) => connection.on('error', () => {}))
  const client = openClient(new PrismaPg(pool, { onConnectionError }), options)
  const lend = createLending(pool, {
    ...{ patienceMs: options.connectTimeoutMs, isPooled, slowMs: options.slowStatementMs ?? 0 },
  })
  const namesStatements = options.namesStatements ?? !isPooled
  return {
    store: withDirectStatements(client, pool, { lend, onStatement, namesStatements, isSharded }),
    kind: 'postgresql',
    connections: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount + lend.waiting(),
      most: pool.options.max,
    }),
    migrate: (folder) =>
      withMigrations(url, options, async (migrations) =>
        applyMigrations(migrations, await readMigrations(folder)),
      ),
    alone: (work) => withMigrations(url, options, ({ alone }) => alone(work)),
    close: async () => {
      await client.$disconnect()
      await pool.end()
    },
  }
}

/** The one setting of a connection that poolers carry along: without it times would be read as those of another zone. */
async function readTimesAsUtc(connection: pg.ClientBase): Promise<void> {
  await connection.query("set timezone = 'UTC'")
}

/**
 * Of every connection: timestamps are read as UTC, and compiling a statement takes longer than any of these runs. Of
 * parallel plans, docs/decisions/0041-a-scan-on-two-processors.md.
 */
const SETTINGS = {
  TimeZone: 'UTC',
  jit: 'off',
  max_parallel_workers_per_gather: '1',
  parallel_setup_cost: '100',
  parallel_tuple_cost: '0.01',
  enable_parallel_append: 'off',
}

/** The server ends the transaction of a gateway that is gone, so that its locks hold up nobody and no event waits for it. */
function settingsFor({ statementTimeoutMs }: StoreOptions): Record<string, string> {
  return {
    ...SETTINGS,
    statement_timeout: String(statementTimeoutMs),
    idle_in_transaction_session_timeout: String(silenceLimit(statementTimeoutMs)),
  }
}

function asFlags(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

function describeMissing(missing: readonly string[]): string {
  const sets = missing.map((setting) => `SET ${setting}`)
  return `A pooler stands between, which takes no settings of a connection: give them to the role, ALTER ROLE … ${sets.join('; ALTER ROLE … ')}.`
}

type Adapter = NonNullable<ConstructorParameters<typeof PrismaClient>[0]['adapter']>

function openClient(adapter: Adapter, { onStatement }: StoreOptions): PrismaClient {
  if (onStatement === undefined) return new PrismaClient({ adapter })
  const client = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] })
  client.$on('query', (event) => onStatement(event.query))
  return client as unknown as PrismaClient
}

async function withMigrations<Result>(
  url: string,
  { directUrl, connectTimeoutMs, migrationLockTimeoutMs = 600_000, onMigrationWait }: StoreOptions,
  work: (migrations: MigrationStore) => Promise<Result>,
): Promise<Result> {
  const migrations = openPostgresqlMigrations({
    ...{ url: directUrl ?? url, connectTimeoutMs, lockTimeoutMs: migrationLockTimeoutMs },
    onWait: (sentence) => onMigrationWait?.(sentence),
  })
  try {
    return await work(migrations)
  } finally {
    await migrations.close()
  }
}
