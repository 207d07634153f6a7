import { Redis } from 'ioredis'
import pg from 'pg'
import { type RateLimiterAbstract, RateLimiterRedis } from 'rate-limiter-flexible'
import type { LeaseStore } from '../domain/events/held-streams.js'
import { MonotonicLimiter } from './monotonic-limiter.js'
import { PostgresqlLeases } from './postgresql-leases.js'
import { PostgresqlLimiter } from './postgresql-limiter.js'
import { limiterOptions } from './rate-limit.js'
import { RedisLeases } from './redis-leases.js'

/** Where requests, wrong codes and streams are counted: in each process, in the database that this leads to, or in Redis. */
export type LimitStore =
  | { kind: 'memory' }
  | { kind: 'redis'; url: string }
  | { kind: 'postgresql'; pool: pg.PoolConfig }

export interface OpenLimits {
  /** Counts up to so many a minute of each key; apart from requests where it has a name. */
  limiterOf(perMinute: number, name?: string): RateLimiterAbstract
  /** Of live streams; null where each process counts its own. */
  leases: LeaseStore | null
  close(): Promise<void>
}

const connections = 2
const PATIENCE_MS = 1000
const prefix = 'session-gateway'

/**
 * Opens what counts within a minute, and live streams. While its store cannot be reached, each process counts by itself, so
 * that nobody is locked out and nobody is let loose.
 */
export function openLimits(
  store: LimitStore,
  onError: (error: unknown) => void,
  patienceMs = PATIENCE_MS,
): OpenLimits {
  const alone = (perMinute: number) => new MonotonicLimiter(limiterOptions(perMinute))
  if (store.kind === 'memory') return { limiterOf: alone, leases: null, close: async () => {} }
  const shared = (perMinute: number, name?: string) => ({
    ...limiterOptions(perMinute),
    insuranceLimiter: alone(perMinute),
    keyPrefix: name === undefined ? prefix : `${prefix}:${name}`,
  })
  if (store.kind === 'redis') {
    const client = new Redis(store.url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: patienceMs,
    }).on('error', onError)
    return {
      limiterOf: (...of) => new RateLimiterRedis({ ...shared(...of), storeClient: client }),
      leases: new RedisLeases(client, prefix, patienceMs),
      close: async () => client.disconnect(),
    }
  }
  const pool = new pg.Pool({
    ...store.pool,
    max: connections,
    connectionTimeoutMillis: patienceMs,
    // By this side, since a pooler takes no settings of a connection.
    query_timeout: patienceMs,
    keepAlive: true,
    application_name: `${prefix}-limits`,
  })
  pool.on('error', onError)
  pool.on('connect', (connection) => connection.on('error', () => {}))
  return {
    limiterOf: (...of) =>
      new PostgresqlLimiter({ ...shared(...of), pool }, (error) => error && onError(error)),
    leases: new PostgresqlLeases(pool),
    close: () => pool.end(),
  }
}
