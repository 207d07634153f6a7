import { Redis } from 'ioredis'
import pg from 'pg'
import { type RateLimiterAbstract, RateLimiterRedis } from 'rate-limiter-flexible'
import { MonotonicLimiter } from './monotonic-limiter.js'
import { PostgresqlLimiter } from './postgresql-limiter.js'
import { limiterOptions } from './rate-limit.js'

/** Where requests are counted: in each process, in the database that this leads to, or in Redis. */
export type LimitStore =
  | { kind: 'memory' }
  | { kind: 'redis'; url: string }
  | { kind: 'postgresql'; pool: pg.PoolConfig }

export interface OpenLimiter {
  limiter: RateLimiterAbstract
  close(): Promise<void>
}

const connections = 2
const patienceMs = 1000

/**
 * Opens a limiter of so many requests a minute. While its store cannot be reached, each process counts by itself, so
 * that nobody is locked out and nobody is let loose.
 */
export function openLimiter(
  perMinute: number,
  store: LimitStore,
  onError: (error: unknown) => void,
): OpenLimiter {
  const options = limiterOptions(perMinute)
  if (store.kind === 'memory') return { limiter: new MonotonicLimiter(options), close: async () => {} }
  const insuranceLimiter = new MonotonicLimiter(options)
  const shared = { ...options, insuranceLimiter, keyPrefix: 'session-gateway' }
  if (store.kind === 'redis') {
    const client = new Redis(store.url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: patienceMs,
    }).on('error', onError)
    const limiter = new RateLimiterRedis({ ...shared, storeClient: client })
    return { limiter, close: async () => client.disconnect() }
  }
  const pool = new pg.Pool({
    ...store.pool,
    max: connections,
    connectionTimeoutMillis: patienceMs,
    // By this side, since a pooler takes no settings of a connection.
    query_timeout: patienceMs,
    keepAlive: true,
    application_name: 'session-gateway-limits',
  })
  pool.on('error', onError)
  pool.on('connect', (connection) => connection.on('error', () => {}))
  const limiter = new PostgresqlLimiter({ ...shared, pool }, (error) => error && onError(error))
  return { limiter, close: () => pool.end() }
}
