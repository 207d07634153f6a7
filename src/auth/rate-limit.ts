import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../domain/errors.js'
import type { Viewer } from '../domain/viewer.js'
import { MonotonicLimiter } from './monotonic-limiter.js'

const windowSeconds = 60

/** Counts within one minute from the first request. */
export interface Counter {
  /** Counts one; `RATE_LIMITED` past the limit. */
  count(key: string): Promise<void>
  /** How long a key that is over the limit has to wait; 0 for one that is not. */
  waitMs(key: string): number | Promise<number>
}

/** What every limiter of a minute takes. */
export const limiterOptions = (perMinute: number) => ({ points: perMinute, duration: windowSeconds })

/** Counts calls of a minute by key, in the process unless another limiter is given. */
export function createCounter(
  perMinute: number,
  limiter: RateLimiterAbstract = new MonotonicLimiter(limiterOptions(perMinute)),
): Counter {
  const waitOf = (counted: RateLimiterRes | null) =>
    counted === null || counted.consumedPoints < perMinute ? 0 : Math.max(1, counted.msBeforeNext)
  return {
    count: async (key) => {
      try {
        await limiter.consume(key)
      } catch (refusal) {
        if (refusal instanceof Error) throw refusal
        throw refusalAfter((refusal as RateLimiterRes).msBeforeNext)
      }
    },
    waitMs: (key) =>
      limiter instanceof MonotonicLimiter ? waitOf(limiter.counted(key)) : limiter.get(key).then(waitOf),
  }
}

/** Never longer than the window, whatever the clock of a store does. */
export function refusalAfter(ms: number): DomainError {
  const retryAfterSeconds = Math.min(windowSeconds, Math.max(1, Math.ceil(ms / 1000)))
  return new DomainError('RATE_LIMITED', `Too many requests, retry in ${retryAfterSeconds} seconds`, {
    retryAfterSeconds,
  })
}

/** Counts the requests of each key; throws `RATE_LIMITED` past the limit. Zero means no limit. */
export function createRateLimit(
  perMinute: number,
  limiterOf: (perMinute: number) => RateLimiterAbstract,
): (viewer: Viewer) => Promise<void> {
  if (perMinute === 0) return async () => {}
  const counter = createCounter(perMinute, limiterOf(perMinute))
  return ({ keyId }) => counter.count(keyId)
}
