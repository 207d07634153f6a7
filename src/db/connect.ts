import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { withDirectStatements } from './direct-statements.js'
import { PrismaClient } from './generated/client/client.js'
import { Hosts } from './hosts.js'
import { createLending } from './lending.js'
import { applyMigrations, MigrationError, type MigrationStatements, type MigrationStore } from './migrate.js'
import { readMigrations } from './migration-files.js'
import { oneAtATime } from './one-at-a-time.js'
import { overlay } from './overlay.js'
import { findWay } from './pooler.js'
import { openPostgresqlMigrations } from './postgresql-migrations.js'
import { Replicas } from './replicas/replicas.js'
import { asFlags, describeMissing, settingsFor } from './server-settings.js'
import { closeIdle, givingUpSilent } from './silent-connections.js'
import type { ModelStore } from './sql.js'

export interface StoreOptions {
  /** PostgreSQL's URL; null means the embedded store. */
  url: string | null
  /** What migrations connect to, such as the server behind a pooler; `url` when absent or null. */
  directUrl?: string | null
  /** Standbys of it that answer what only reads; none when absent. */
  readUrls?: readonly string[]
  /** How far one may be behind; 10 s when absent. */
  readLagMs?: number
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
  /** Called with a sentence when a setting is not in force, since a pooler stands between or the database is sharded. */
  onPooler?: (sentence: string) => void
  /** Whether statements are prepared under names; found out when absent or null. */
  namesStatements?: boolean | null
  /** Whether what runs for a request that is over is cancelled; where no pooler stands between when absent or null. */
  cancelsStatements?: boolean | null
}

export interface OpenStore {
  store: ModelStore
  kind: 'embedded' | 'postgresql'
  /** Applies pending migrations, of another folder where one is named; gives their names. */
  migrate(folder?: string): Promise<string[]>
  /** Reads on what migrations connect to: the server behind a pooler, and the coordinator of a cluster. */
  examine<Result>(work: (db: MigrationStatements) => Promise<Result>): Promise<Result>
  /** Of PostgreSQL: work in one transaction that nobody migrates beside, on what migrations connect to. */
  alone?: MigrationStore['alone']
  /** Of PostgreSQL: how many are in use, unused, waited for, and allowed. */
  connections?: () => { busy: number; idle: number; waiting: number; most: number }
  /** Null or absent where the store has none. */
  replicas?: Replicas | null
  close(): Promise<void>
}

/**
 * Opens PostgreSQL, or the embedded store when there is no URL.
 * @throws where PostgreSQL does not answer in time, and for a node of a cluster without its coordinator
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  return options.url === null ? openEmbeddedStore(options) : openPostgres(options.url, options)
}

async function openEmbeddedStore(options: StoreOptions): Promise<OpenStore> {
  // Only here, since a process that serves from PostgreSQL has no use for it.
  const { copyEmbedded, embeddedAdapter, embeddedMigrations, openEmbedded } = await import('./embedded.js')
  const { embeddedStatements } = await import('./embedded-statements.js')
  const pglite = await openEmbedded(options.folder)
  const adapter = embeddedAdapter(pglite)
  const client = openClient(adapter, options)
  const statements = embeddedStatements(pglite, options.onStatement)
  return {
    store: overlay(client, {
      ...oneAtATime(statements, options.slowStatementMs ?? 0),
      copyOut: (query: string) => copyEmbedded(pglite, query),
      rowsACopy: 5000,
      isSharded: false,
    }),
    kind: 'embedded',
    migrate: async (folder) => applyMigrations(embeddedMigrations(pglite), await readMigrations(folder)),
    examine: (work) => work(embeddedMigrations(pglite)),
    close: async () => {
      await client.$disconnect()
      await pglite.close()
    },
  }
}

async function openPostgres(url: string, options: StoreOptions): Promise<OpenStore> {
  const { onConnectionError, onStatement } = options
  const settings = settingsFor(options.statementTimeoutMs)
  const { TimeZone: _, ...others } = settings
  const hosts = new Hosts(url)
  await hosts.find(options.connectTimeoutMs)
  const way = await findWay(hosts.url, options.connectTimeoutMs, others)
  const { isPooled, isSharded, missing } = way
  if (way.isBesideCoordinator && !options.directUrl)
    throw new MigrationError(
      'DATABASE_URL names a node of a cluster beside its coordinator; DIRECT_DATABASE_URL has to name the coordinator then.',
    )
  if (missing !== null) options.onPooler?.(describeMissing(missing))
  const pool: pg.Pool = new pg.Pool({
    ...givingUpSilent(options.statementTimeoutMs, () => closeIdle(pool)),
    ...hosts.poolSettings(),
    max: options.poolSize,
    connectionTimeoutMillis: options.connectTimeoutMs,
    application_name: 'session-gateway',
    // A pooler refuses settings of a connection's start.
    ...(isPooled ? {} : { options: asFlags(settings) }),
    onConnect: async (connection) => {
      await hosts.greet(connection)
      if (isPooled) await readTimesAsUtc(connection)
    },
  })
  // The one setting of a connection that poolers carry along: without it times would be read as those of another zone.
  if (isPooled)
    pool.on('connect', (connection) => void connection.query("set timezone = 'UTC'").catch(() => {}))
  pool.on('error', (error) => onConnectionError?.(error))
  // Between being connected and being listened to, a connection may break as well; its next statement tells.
  pool.on('connect', (connection) => connection.on('error', () => {}))
  const client = openClient(new PrismaPg(pool, { onConnectionError }), options)
  const lend = createLending(pool, {
    connect: () => hosts.anywhere(() => pool.connect()),
    leavesReadOnly: hosts.areSeveral,
    patienceMs: options.connectTimeoutMs,
    slowMs: options.slowStatementMs ?? 0,
    cancels: options.cancelsStatements ?? !isPooled,
    describesOnce: !isPooled,
  })
  const namesStatements = options.namesStatements ?? !isPooled
  const store = withDirectStatements(client, pool, { lend, onStatement, namesStatements, isSharded })
  const replicas = isSharded ? null : openReplicas(store, settings, options)
  if (isSharded && options.readUrls?.length)
    options.onPooler?.('READ_DATABASE_URL is left alone: no standby answers for a whole cluster.')
  return {
    store,
    replicas,
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
    examine: (work) => withMigrations(url, options, work),
    alone: (work) => withMigrations(url, options, ({ alone }) => alone(work)),
    close: async () => {
      await replicas?.close()
      await client.$disconnect()
      await pool.end()
    },
  }
}

function openReplicas(
  store: ModelStore,
  settings: Readonly<Record<string, string>>,
  {
    readUrls = [],
    readLagMs = 10_000,
    slowStatementMs = 0,
    namesStatements = null,
    ...options
  }: StoreOptions,
): Replicas | null {
  if (readUrls.length === 0) return null
  const { poolSize, statementTimeoutMs, onStatement } = options
  return new Replicas(store, readUrls, readLagMs, {
    poolSize,
    statementTimeoutMs,
    onStatement,
    slowStatementMs,
    namesStatements,
    turnPatienceMs: options.connectTimeoutMs,
    flags: asFlags(settings),
  })
}

/** The one setting of a connection that poolers carry along: without it times would be read as those of another zone. */
async function readTimesAsUtc(connection: pg.ClientBase): Promise<void> {
  await connection.query("set timezone = 'UTC'")
}

type Adapter = NonNullable<ConstructorParameters<typeof PrismaClient>[0]['adapter']>

function openClient(adapter: Adapter, { onStatement }: StoreOptions): PrismaClient {
  if (onStatement === undefined) return new PrismaClient({ adapter })
  const client = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] })
  client.$on('query', (event) => onStatement(event.query))
  // The type of a client that logs differs by its events alone.
  return client as unknown as PrismaClient
}

async function withMigrations<Result>(
  url: string,
  { directUrl, connectTimeoutMs, migrationLockTimeoutMs = 600_000, onMigrationWait }: StoreOptions,
  work: (migrations: MigrationStore) => Promise<Result>,
): Promise<Result> {
  const hosts = new Hosts(directUrl ?? url)
  await hosts.find(connectTimeoutMs)
  const migrations = openPostgresqlMigrations({
    url: hosts.url,
    connectTimeoutMs,
    lockTimeoutMs: migrationLockTimeoutMs,
    onWait: (sentence) => onMigrationWait?.(sentence),
  })
  try {
    return await work(migrations)
  } finally {
    await migrations.close()
  }
}
