import type pg from 'pg'
import { type ICallbackReady, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'

const table = 'rate_limits'
const UNDEFINED_TABLE = '42P01'
/** Milliseconds by the database's clock, the same for every process. */
const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint'
/** How long after its end a window is kept, at most so much longer than the library clears them apart. */
const keptMs = 3_600_000

interface Options {
  points: number
  duration: number
  keyPrefix: string
  pool: pg.Pool
  insuranceLimiter: ConstructorParameters<typeof RateLimiterPostgres>[0]['insuranceLimiter']
}

/** What the library asks of a store, which its types leave out. */
interface Row {
  points: number
  left: string
}

/**
 * The library's limiter over PostgreSQL, by the database's clock in place of each process's own: they differ, and jump. Its statements
 * have no names, which one pooled connection would have for another's.
 */
export class PostgresqlLimiter extends RateLimiterPostgres {
  declare _createTable: () => Promise<void>
  readonly #pool: pg.Pool

  constructor({ pool, ...options }: Options, ready: ICallbackReady) {
    super({ ...options, storeClient: pool, storeType: 'pool', tableName: table }, ready)
    this.#pool = pool
  }

  async _upsert(key: string, points: number, msDuration: number): Promise<pg.QueryResult<Row>> {
    try {
      return await this.#count(key, points, msDuration)
    } catch (error) {
      // Where it could not be made at the start, such as on a standby that was promoted since.
      if ((error as { code?: unknown }).code !== UNDEFINED_TABLE) throw error
      await this._createTable()
      return this.#count(key, points, msDuration)
    }
  }

  #count(key: string, points: number, msDuration: number): Promise<pg.QueryResult<Row>> {
    return this.#pool.query({
      text: `insert into ${table} as held (key, points, expire) values ($1, $2, ${now} + $3)
        on conflict (key) do update set
          points = case when held.expire <= ${now} then excluded.points else held.points + excluded.points end,
          expire = case when held.expire <= ${now} then excluded.expire else held.expire end
        returning points, expire - ${now} as left`,
      values: [key, points, msDuration],
    })
  }

  async _get(key: string): Promise<pg.QueryResult<Row> | null> {
    const found = await this.#pool.query<Row>({
      text: `select points, expire - ${now} as left from ${table} where key = $1 and expire > ${now}`,
      values: [key],
    })
    return found.rowCount === 0 ? null : found
  }

  _getRateLimiterRes(_key: string, counted: number, { rows }: pg.QueryResult<Row>): RateLimiterRes {
    const { points, left } = rows[0] as Row
    return new RateLimiterRes(
      Math.max(this.points - points, 0),
      Math.max(Number(left), 0),
      points,
      counted === points,
    )
  }

  /** Called by the library every five minutes, with a time by its own clock. */
  async clearExpired(): Promise<void> {
    await this.#pool.query(`delete from ${table} where expire < ${now} - ${keptMs}`).catch(() => {})
  }
}
