import pg from 'pg'
import { directStatements } from '../direct-statements.js'
import { createLending } from '../lending.js'
import { isBehindPooler } from '../pooler.js'
import { closeIdle, givingUpSilent } from '../silent-connections.js'
import type { Store } from '../sql.js'
import { readPosition } from './position.js'

/** How long a replica may take to be connected to, and to tell how far it is; after that it is left out. */
const PATIENCE_MS = 1000

export interface ReplicaOptions {
  url: string
  /** The primary's cluster; null while that is not known. */
  clusterOf(): string | null
  poolSize: number
  /** How long a statement waits for its turn at a connection. */
  turnPatienceMs: number
  statementTimeoutMs: number
  /** Settings of each connection, as the primary's have them. */
  flags: string
  slowStatementMs: number
  namesStatements: boolean | null
  onStatement?: ((statement: string) => void) | undefined
}

/** What a standby says of itself. */
interface Said {
  recovers: boolean
  /** Null where it replays nothing. */
  replayed: string | null
  started: string
  cluster: string
}

// A standby tells its timeline some time after it changed: until then it counts as one that has not replayed that.
const asking = `select pg_is_in_recovery() as recovers, pg_postmaster_start_time()::text as started,
    (select system_identifier::text from pg_control_system()) as cluster,
    to_hex(greatest((select timeline_id from pg_control_checkpoint()),
      (select min_recovery_end_timeline from pg_control_recovery()))) || '-' || pg_last_wal_replay_lsn() as replayed`

/** A standby, and what is known of it. What it has replayed only grows, for as long as it is the same start of the same server. */
export class Replica {
  /** Of the place alone, never with a password. */
  readonly name: string
  readonly store: Store
  /** Why it is left out; null while it serves. */
  trouble: string | null = 'It was not asked yet'
  /** Statements that it has answered. */
  reads = 0
  #replayed = 0n
  #started: string | null = null
  #asking: Promise<void> | null = null
  #probe: pg.Client | null = null
  readonly #pool: pg.Pool
  readonly #open = new Set<pg.PoolClient>()

  constructor(private readonly options: ReplicaOptions) {
    const { url, poolSize, statementTimeoutMs, flags, slowStatementMs, onStatement } = options
    const { hostname, port } = new URL(url)
    this.name = `${hostname || 'localhost'}:${port || 5432}`
    const pool: pg.Pool = new pg.Pool({
      ...givingUpSilent(statementTimeoutMs, () => closeIdle(pool)),
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: PATIENCE_MS,
      application_name: 'session-gateway',
      options: flags,
      onConnect: (client: pg.ClientBase) => this.#greet(client),
    })
    this.#pool = pool
    pool.on('error', () => {})
    pool.on('connect', (client) => {
      client.on('error', () => {})
      this.#open.add(client)
      // Left out while it was greeted.
      if (this.#started === null) destroy(client)
    })
    pool.on('remove', (client) => this.#open.delete(client))
    const lend = createLending(pool, {
      // Who waits for a turn at a busy replica waits as at the primary, but not for one that is gone.
      connect: () => (this.trouble === null ? pool.connect() : Promise.reject(new Error(this.trouble))),
      patienceMs: options.turnPatienceMs,
      cancels: true,
      slowMs: slowStatementMs,
    })
    this.store = directStatements(pool, {
      lend,
      onStatement,
      namesStatements: options.namesStatements ?? true,
      isSharded: false,
    })
  }

  /** Up to where it has replayed the log, as far as is known. */
  get replayed(): bigint {
    return this.#replayed
  }

  /** Whether it has replayed a place; asks it once where that is not known yet. */
  async hasReplayed(position: bigint): Promise<boolean> {
    if (this.#replayed < position) await this.ask()
    return this.trouble === null && this.#replayed >= position
  }

  /** Asks how far it is; everybody who asks meanwhile hears the same answer. Never throws: `trouble` tells. */
  ask(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  /** Leaves it out until it answers again; whoever waits for it hears at once. */
  leaveOut(reason: string): void {
    this.trouble = reason
    this.#replayed = 0n
    this.#started = null
    for (const client of this.#open) destroy(client)
    if (this.#probe !== null) destroy(this.#probe)
    this.#probe = null
  }

  async close(): Promise<void> {
    if (this.#probe !== null) destroy(this.#probe)
    this.#probe = null
    await this.#pool.end()
  }

  async #ask(): Promise<void> {
    try {
      const client = this.#probe ?? (await this.#connectProbe())
      const { rows } = await client.query<Said>(asking)
      const [said] = rows
      if (said === undefined || !said.recovers || said.replayed === null)
        return this.leaveOut('It is no standby')
      if (said.cluster !== this.options.clusterOf()) return this.leaveOut('It is no standby of this database')
      if (this.#started !== null && said.started !== this.#started)
        return this.leaveOut('It was started again')
      this.#started = said.started
      const replayed = readPosition(said.replayed) ?? 0n
      if (replayed < this.#replayed) return this.leaveOut('It went back')
      this.#replayed = replayed
      this.trouble = null
    } catch (error) {
      this.leaveOut(error instanceof Error ? error.message : String(error))
    }
  }

  async #connectProbe(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.options.url,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
      application_name: 'session-gateway',
      keepAlive: true,
    })
    client.on('error', () => {
      if (this.#probe === client) this.leaveOut('Its connection broke')
    })
    this.#probe = client
    await client.connect()
    if (await isBehindPooler(client, PATIENCE_MS)) throw new Error('A pooler stands before it')
    return client
  }

  /** What is known holds for one start of one server: a connection to another one, or to one that went back, serves nobody. */
  async #greet(client: pg.ClientBase): Promise<void> {
    const { rows } = await client.query<Said>({ text: asking, query_timeout: PATIENCE_MS } as pg.QueryConfig)
    const [said] = rows
    const isSame = said?.recovers === true && said.started === this.#started
    if (isSame && (readPosition(said.replayed ?? '') ?? 0n) >= this.#replayed) return
    this.leaveOut('It is another one than before')
    throw new Error('Connection terminated: the replica is another one than before')
  }
}

/** Ends a connection without waiting for the server; what runs on it fails. */
function destroy(client: object): void {
  const { connection } = client as { connection?: { stream?: { destroy(): void } } }
  connection?.stream?.destroy()
}
