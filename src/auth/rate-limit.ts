import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../domain/errors.js'
import type { Viewer } from '../domain/viewer.js'

/** Counts the requests of each key; throws `RATE_LIMITED` past the limit. Zero means no limit. */
export function createRateLimit(perMinute: number): (viewer: Viewer) => Promise<void> {
  if (perMinute === 0) return async () => {}
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 })
  return async ({ keyId }) => {
    try {
      await limiter.consume(keyId)
    } catch (refusal) {
      const retryAfterSeconds = Math.max(1, Math.ceil((refusal as RateLimiterRes).msBeforeNext / 1000))
      throw new DomainError('RATE_LIMITED', `Too many requests, retry in ${retryAfterSeconds} seconds`, {
        retryAfterSeconds,
      })
    }
  }
}
