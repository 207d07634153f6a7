import pg from 'pg'
import { isDistributed } from './sharding/placement.js'

/** What the first connection found out about the way to the server. */
export interface Way {
  /** Whether a pooler such as PgBouncer stands between, which gives each transaction another server process. */
  isPooled: boolean
  /** Settings that are not in force and that a pooler does not take, as `name = value`. */
  missing: string[]
  /** Whether it coordinates a cluster on which the store is sharded. */
  isSharded: boolean
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
    if (client === null) return { isPooled: false, missing: [], isSharded: false }
    client.on('error', () => {})
    try {
      const isPooled = await isBehindPooler(client, connectTimeoutMs)
      return {
        isPooled,
        missing: isPooled ? await findMissing(client, settings) : [],
        isSharded: await isDistributed({ rows: async (text) => (await client.query(text)).rows }),
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
): Promise<string[]> {
  const wanted = Object.entries(settings)
  // The view has plain numbers, in the unit that a number without one is taken in.
  const { rows } = await client.query(
    `select wanted.name from unnest($1::text[], $2::text[]) as wanted(name, value), pg_settings s
     where s.name = wanted.name and s.setting <> wanted.value`,
    [wanted.map(([name]) => name), wanted.map(([, value]) => value)],
  )
  const missing = new Set(rows.map(({ name }) => name))
  return wanted.filter(([name]) => missing.has(name)).map(([name, value]) => `${name} = ${value}`)
}
