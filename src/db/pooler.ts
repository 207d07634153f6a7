import pg from 'pg'
import type { MigrationStatements } from './migrate.js'
import type { MissingSettings } from './server-settings.js'
import { isBesideCoordinator, isDistributed } from './sharding/placement.js'

/** What the first connection found out about the way to the server. */
export interface Way {
  /** Whether a pooler such as PgBouncer stands between, which gives each transaction another server process. */
  isPooled: boolean
  /** Settings that are not in force and that a pooler does not take; null where all are. */
  missing: MissingSettings | null
  /** Whether it is of a cluster on which the store is sharded. */
  isSharded: boolean
  /** Whether it is a node beside the coordinator of its cluster. */
  isBesideCoordinator: boolean
}

/**
 * Finds out whether something stands between a gateway and its server, and what it leaves out. A server that refuses the connection counts as direct: it tells again whoever needs it.
 * @throws when the server does not answer in time
 */
export async function findWay(
  url: string,
  connectTimeoutMs: number,
  settings: Readonly<Record<string, string>>,
): Promise<Way> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: connectTimeoutMs,
    application_name: 'session-gateway',
  })
  pool.on('error', () => {})
  try {
    const client = await pool.connect().catch((error: Error) => {
      if (/timeout/i.test(error.message)) throw error
      return null
    })
    if (client === null)
      return { isPooled: false, missing: null, isSharded: false, isBesideCoordinator: false }
    client.on('error', () => {})
    try {
      const isPooled = await isBehindPooler(client, connectTimeoutMs)
      const db: MigrationStatements = { rows: async (text) => (await client.query(text)).rows }
      return {
        isPooled,
        missing: isPooled ? await findMissing(client, settings) : null,
        isSharded: await isDistributed(db),
        isBesideCoordinator: await isBesideCoordinator(db),
      }
    } finally {
      client.release(true)
    }
  } finally {
    await pool.end()
  }
}

/** Whether another process answers on a connection than the one that it was greeted by. */
export async function isBehindPooler(client: pg.ClientBase, answerMs: number): Promise<boolean> {
  const asking = { text: 'select pg_backend_pid() as pid', query_timeout: answerMs }
  const { rows } = await client.query<{ pid: number }>(asking)
  // pg keeps what the greeting said; its types do not say so.
  return rows[0]?.pid !== (client as unknown as { processID: number | null }).processID
}

async function findMissing(
  client: pg.ClientBase,
  settings: Readonly<Record<string, string>>,
): Promise<MissingSettings | null> {
  const wanted = Object.entries(settings)
  // The view has plain numbers, in the unit that a number without one is taken in.
  const { rows } = await client.query<{ name: string; role: string; database: string }>(
    `select wanted.name, quote_ident(session_user) as role, quote_ident(current_database()) as database
     from unnest($1::text[], $2::text[]) as wanted(name, value), pg_settings s
     where s.name = wanted.name and s.setting <> wanted.value`,
    [wanted.map(([name]) => name), wanted.map(([, value]) => value)],
  )
  const [first] = rows
  if (first === undefined) return null
  const missing = new Set(rows.map(({ name }) => name))
  return {
    settings: wanted.filter(([name]) => missing.has(name)).map(([name, value]) => `${name} = ${value}`),
    role: first.role,
    database: first.database,
  }
}
