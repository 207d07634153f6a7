import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type LockWatch, watchLocks } from './lock-watch.js'
import { MigrationError, type MigrationStore, type MigrationTransaction } from './migrate.js'
import { isBehindPooler } from './pooler.js'
import { distributeTables, sharding } from './sharding/distribute.js'
import { isBesideCoordinator, isDistributed } from './sharding/placement.js'

/** Earlier gateways hold the same one while they migrate. */
const MIGRATION_LOCK = 7_206_173_001

/** A script that waits for a table makes everybody behind it wait, so it steps back and tries again. */
const TABLE_LOCK_MS = 5000
const PAUSE_MS = 1000
const MAX_LOSSES = 3

/** What waits for nobody is answered by then, or the connection is lost; scripts and locks take as long as they take. */
const ANSWER_MS = 5000

function soon(text: string, values?: readonly unknown[]): pg.QueryConfig & { query_timeout: number } {
  return { text, query_timeout: ANSWER_MS, ...(values === undefined ? {} : { values: [...values] }) }
}

export interface MigrationConnection {
  url: string
  connectTimeoutMs: number
  /** How long to wait for locks in all. */
  lockTimeoutMs: number
  /** Called with a sentence that says whom a migration waits for, each time that this changes. */
  onWait: (sentence: string) => void
}

/**
 * PostgreSQL as migrations see it, on a connection of its own. All locks end with their transaction, so it works through
 * a pooler, and what is left of a process that was killed holds nothing up. A lost connection is made anew.
 * @throws {MigrationError} from `alone`, when locks are not to be had in time
 */
export function openPostgresqlMigrations(
  settings: MigrationConnection,
): MigrationStore & { close(): Promise<void> } {
  let client: pg.Client | null = null
  const connection = async (): Promise<pg.Client> => {
    client ??= await connect(settings)
    return client
  }
  const drop = async () => {
    const dropped = client
    client = null
    await dropped?.end().catch(() => {})
  }
  return {
    rows: async (text, values) => (await (await connection()).query(soon(text, values))).rows,
    alone: (work) =>
      persist(settings, async (watch) => attempt(await connection(), settings, watch, work), drop),
    close: drop,
  }
}

async function connect({ url, connectTimeoutMs }: MigrationConnection): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    application_name: 'session-gateway migrate',
  })
  // A connection that breaks while nothing runs on it tells by this event; the next statement fails.
  client.on('error', () => {})
  await client.connect()
  if (await isBesideCoordinator({ rows: async (text) => (await client.query(soon(text))).rows })) {
    await client.end()
    throw new MigrationError(
      'Migrations lead to a node of a cluster beside its coordinator; DIRECT_DATABASE_URL has to name the coordinator.',
    )
  }
  // The server looks whether this process is still there, where its system can tell, and where no pooler stands between.
  if (!(await isBehindPooler(client, ANSWER_MS)))
    await client.query(soon('set client_connection_check_interval = 2000')).catch(() => {})
  return client
}

/** Tries until it works, is refused, or has waited too long for locks or for the server to come back. */
async function persist<Result>(
  settings: MigrationConnection,
  work: (watch: LockWatch) => Promise<Result>,
  drop: () => Promise<void>,
): Promise<Result> {
  const deadline = Date.now() + settings.lockTimeoutMs
  const watch = watchLocks(settings)
  let losses = 0
  try {
    for (;;) {
      try {
        return await work(watch)
      } catch (error) {
        if (isLoss(error)) {
          await drop()
          losses += 1
          if (losses > MAX_LOSSES) throw error
        } else if (!isBusy(error)) throw error
        else if (Date.now() >= deadline) throw new MigrationError(gaveUp(settings, watch), { cause: error })
        await sleep(PAUSE_MS)
      }
    }
  } finally {
    await watch.stop()
  }
}

async function attempt<Result>(
  client: pg.Client,
  { lockTimeoutMs }: MigrationConnection,
  watch: LockWatch,
  work: (transaction: MigrationTransaction) => Promise<Result>,
): Promise<Result> {
  const limit = (ms: number) => client.query(soon(`set local lock_timeout = ${ms}`))
  await client.query(soon('begin'))
  try {
    await client.query(
      soon('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0'),
    )
    const { rows } = await client.query(soon('select pg_backend_pid() as pid'))
    watch.begin(rows[0].pid)
    await limit(lockTimeoutMs)
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await limit(TABLE_LOCK_MS)
    const result = await work(transactionOn(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query(soon('rollback')).catch(() => {})
    throw error
  } finally {
    watch.end()
  }
}

function transactionOn(client: pg.Client): MigrationTransaction {
  const plain = {
    rows: async <Row>(text: string, values?: readonly unknown[]) =>
      (await client.query(soon(text, values))).rows as Row[],
    script: async (text: string) => void (await client.query(text)),
  }
  return {
    ...plain,
    migration: async (text) => {
      const sharded = await isDistributed(plain)
      if (sharded) await plain.script(sharding)
      await plain.script(text)
      if (sharded) await distributeTables(plain)
    },
  }
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}

/** A lock that was not to be had in time, or two transactions that waited for each other. */
function isBusy(error: unknown): boolean {
  return ['55P03', '40P01'].includes(codeOf(error) ?? '')
}

/** A connection that ended while it was used: by an administrator, by a crash, or on the way. */
function isLoss(error: unknown): boolean {
  const code = codeOf(error)
  if (code !== undefined) return /^(08|57P0[12])/.test(code) || ['ECONNRESET', 'EPIPE'].includes(code)
  return (
    error instanceof Error && /^Connection terminated|not queryable|^Query read timeout/.test(error.message)
  )
}

function gaveUp({ lockTimeoutMs }: MigrationConnection, { holders }: LockWatch): string {
  const who = holders ?? 'somebody else'
  return `Migrating gave up after ${Math.round(lockTimeoutMs / 1000)} s of waiting for locks that ${who} holds.`
}
