import pg from 'pg'

export interface LockWatch {
  /** A transaction of this server process may wait from now on. */
  begin(pid: number): void
  /** It has ended. */
  end(): void
  /** Who held it up last; null when nobody did. */
  readonly holders: string | null
  stop(): Promise<void>
}

const EVERY_MS = 1000

interface Holder {
  pid: number
  name: string
  address: string | null
  state: string | null
  seconds: number | null
}

/**
 * Says whom a transaction waits for, once a second and only when that changes. It asks on a connection of its own, which
 * it opens when the transaction has lasted for a second; where it may not see others, it tells their process numbers.
 */
export function watchLocks({
  url,
  connectTimeoutMs,
  onWait,
}: {
  url: string
  connectTimeoutMs: number
  onWait: (sentence: string) => void
}): LockWatch {
  let watched: number | null = null
  let holders: string | null = null
  let client: pg.Client | null = null
  let looking: Promise<void> = Promise.resolve()
  let pids = ''
  const look = async (pid: number) => {
    if (client === null) {
      client = new pg.Client({
        connectionString: url,
        connectionTimeoutMillis: connectTimeoutMs,
        query_timeout: connectTimeoutMs,
      })
      client.on('error', () => {})
      await client.connect()
    }
    const { rows } = await client.query<Holder>(holdersOf, [pid])
    const found = rows.map(({ pid }) => pid).join()
    if (rows.length > 0) holders = rows.map(describe).join(' and ')
    if (found !== '' && found !== pids && watched === pid) onWait(`Migrating waits for ${holders}.`)
    pids = found
  }
  const timer = setInterval(() => {
    const pid = watched
    if (pid !== null) looking = looking.then(() => look(pid)).catch(() => {})
  }, EVERY_MS)
  timer.unref()
  return {
    begin: (pid) => {
      watched = pid
    },
    end: () => {
      watched = null
    },
    get holders() {
      return holders
    },
    stop: async () => {
      clearInterval(timer)
      await looking
      await client?.end().catch(() => {})
    },
  }
}

const holdersOf = `select a.pid, coalesce(nullif(a.application_name, ''), a.backend_type, 'unknown') as name,
    host(a.client_addr) as address, a.state, extract(epoch from clock_timestamp() - a.xact_start)::int as seconds
  from unnest(pg_blocking_pids($1)) as blocking(pid) join pg_stat_activity a on a.pid = blocking.pid order by a.pid`

function describe({ pid, name, address, state, seconds }: Holder): string {
  const since = seconds === null ? [] : [`${seconds} s in its transaction`]
  const details = [
    `${name}${address === null ? '' : ` at ${address}`}`,
    ...(state === null ? [] : [state]),
    ...since,
  ]
  return `PostgreSQL process ${pid} (${details.join(', ')})`
}
