import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { currentWork, type Work } from '../work.js'
import { requestCancel } from './cancel.js'
import { DescribedQuery } from './described-query.js'
import { noteSlow } from './slow-statement.js'
import { Turns } from './turns.js'

/** How long after one try a statement is cancelled again: the first may come before the statement does. */
const AGAIN_MS = 100

/** Statements with their values that a connection prepares before another takes its place: they are never taken back. */
const MAX_WITH_VALUES = 200

type Statement = pg.QueryConfig & { types?: pg.CustomTypesConfig; rowMode?: 'array' }

/** What a server answers to a write that takes none. */
const READ_ONLY = '25006'

/** A connection for as long as it is lent. */
export interface Lent {
  /** Runs a statement; cancelled when the request that it is for is over, and none begins then. */
  run(statement: Statement): Promise<pg.QueryResult>
  /** The same of one that has its values in its text, which no log shows; it is shown with places in their stead. */
  runWithValues(statement: Statement & { name: string }, shown: string): Promise<pg.QueryResult>
  /** Streams `COPY (query) TO STDOUT` in binary form, under the same law; whoever reads only some of it ends the connection. */
  copy(query: string): AsyncIterable<Buffer>
  /** @throws {WorkOver} when that request is over */
  check(): void
  /** Runs what ends a transaction, which nothing cuts short. */
  runToEnd(text: string): Promise<void>
}

/** Lends the connections of a pool. */
export interface Lend {
  <Result>(use: (connection: Lent) => Promise<Result>): Promise<Result>
  /** Lends one until it is given back, which whoever asks for it has to see to. */
  hold(): Promise<{ connection: Lent; giveBack(): Promise<void> }>
  /** How many wait for their turn at one. */
  waiting(): number
}

/** How many connections one key, and one request, may hold at once. */
const shareOf = (poolSize: number) => ({ perOwner: Math.ceil(poolSize / 2), perWork: 3 })

interface LendingOptions {
  /** Gives a connection; the pool's own when absent. */
  connect?: () => Promise<pg.PoolClient>
  /** Whether a connection to a server that takes no writes is given up, since another one may. */
  leavesReadOnly?: boolean
  /** How long a statement waits for its turn at a connection. */
  patienceMs: number
  /** Whether what runs for a request that is over is cancelled: through some poolers that may meet the statement of another one. */
  cancels: boolean
  /** Whether rows of prepared statements are described to each connection once; never through a pooler. */
  describesOnce?: boolean
  /** Statements that take longer are logged; none are when 0. */
  slowMs: number
}

/**
 * Lends connections to the current work. One whose statement was cancelled comes back once the server has answered that, so
 * that the cancelling never meets its next user; one that broke does not come back.
 */
export function createLending(
  pool: pg.Pool,
  { connect = () => pool.connect(), patienceMs, ...options }: LendingOptions,
): Lend {
  const total = pool.options.max
  const turns = new Turns({ total, ...shareOf(total), patienceMs })
  const hold = async () => {
    const work = currentWork()
    const endTurn = await turns.take(work)
    try {
      const loan = new Loan(await connect(), work, options)
      return { connection: loan, giveBack: () => loan.end().finally(endTurn) }
    } catch (error) {
      endTurn()
      throw error
    }
  }
  const lend = async <Result>(use: (connection: Lent) => Promise<Result>): Promise<Result> => {
    const { connection, giveBack } = await hold()
    try {
      return await use(connection)
    } finally {
      await giveBack()
    }
  }
  return Object.assign(lend, { hold, waiting: () => turns.waiting })
}

/** The names of statements with their values that each connection has prepared. */
const preparedOn = new WeakMap<pg.PoolClient, Set<string>>()

type LoanOptions = Omit<LendingOptions, 'connect' | 'patienceMs'>

class Loan implements Lent {
  #fault: Error | undefined
  #running = 0
  #cancelling: Promise<void> | null = null
  readonly #forget: (() => void) | undefined
  readonly #slowMs: number
  readonly #leavesReadOnly: boolean
  readonly #describesOnce: boolean

  constructor(
    private readonly client: pg.PoolClient,
    private readonly work: Work | null,
    { cancels, leavesReadOnly = false, describesOnce = false, slowMs }: LoanOptions,
  ) {
    // A connection in use tells by this event, too, that it broke; unheard it would end the process.
    client.on('error', this.#noteFault)
    this.#slowMs = slowMs
    this.#leavesReadOnly = leavesReadOnly
    this.#describesOnce = describesOnce
    this.#forget = work?.whenOver(() => {
      if (cancels && this.#running > 0) this.#cancelling = this.#cancel()
    })
  }

  readonly #noteFault = (error: Error) => {
    this.#fault ??= error
  }

  check(): void {
    this.work?.check()
  }

  runWithValues(statement: pg.QueryConfig & { name: string }, shown: string): Promise<pg.QueryResult> {
    const names = preparedOn.get(this.client) ?? new Set()
    preparedOn.set(this.client, names.add(statement.name))
    return this.run(statement, shown)
  }

  async run(statement: pg.QueryConfig, shown = statement.text): Promise<pg.QueryResult> {
    this.check()
    this.#running++
    const startedAt = performance.now()
    try {
      return await this.#query(statement)
    } catch (error) {
      // The driver's own leads to its socket.
      if (error instanceof Error) Error.captureStackTrace(error)
      // What the server did not say itself leaves open what it does, and after these it ends the connection.
      if (!(error instanceof pg.DatabaseError) || /^(FATAL|PANIC)$/.test(error.severity ?? ''))
        this.#noteFault(error as Error)
      else if (this.#leavesReadOnly && error.code === READ_ONLY) this.#noteFault(error)
      this.check()
      throw error
    } finally {
      this.#running--
      noteSlow(shown, startedAt, this.#slowMs)
    }
  }

  /** By a callback: what the driver's own promise resolves to outlives the request until the next full collection. */
  #query(statement: Statement): Promise<pg.QueryResult> {
    const { name } = statement
    return new Promise((resolve, reject) => {
      const settle = (error: Error | null | undefined, result: pg.QueryResult) =>
        error ? reject(error) : resolve(result)
      if (name === undefined || !this.#describesOnce) this.client.query(statement, settle)
      // A query of a class of its own, which the driver's types know by other members.
      else this.client.query(new DescribedQuery({ ...statement, name }, settle) as never)
    })
  }

  async *copy(query: string): AsyncGenerator<Buffer> {
    this.check()
    this.#running++
    let isWhole = false
    try {
      for await (const chunk of this.client.query(copyTo(`copy (${query}) to stdout (format binary)`)))
        yield chunk as Buffer
      isWhole = true
    } catch (error) {
      this.check()
      throw error
    } finally {
      this.#running--
      if (!isWhole) this.#noteFault(new Error('the copy was not read to its end'))
    }
  }

  async runToEnd(text: string): Promise<void> {
    await this.#cancelling
    await this.#query({ text }).catch((error: Error) => {
      this.#noteFault(error)
      throw error
    })
  }

  async end(): Promise<void> {
    this.#forget?.()
    await this.#cancelling
    this.client.off('error', this.#noteFault)
    const isWorn = (preparedOn.get(this.client)?.size ?? 0) > MAX_WITH_VALUES
    this.client.release(this.#fault ?? isWorn)
  }

  /** Until nothing runs any more; a server that does not answer is not asked again, and its connection is given up. */
  async #cancel(): Promise<void> {
    while (this.#running > 0) {
      if (!(await requestCancel(this.client))) {
        this.#noteFault(new Error('The server did not take in that a statement is cancelled'))
        return
      }
      for (let waited = 0; this.#running > 0 && waited < AGAIN_MS; waited += 5) await sleep(5)
    }
  }
}
