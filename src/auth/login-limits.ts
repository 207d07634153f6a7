import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import { hashCode } from '../domain/device/codes.js'
import { DomainError } from '../domain/errors.js'
import type { Viewer } from '../domain/viewer.js'
import { MonotonicLimiter } from './monotonic-limiter.js'
import { createCounter } from './rate-limit.js'

/** Does what takes a code that a person types, unless this viewer was wrong too often; `RATE_LIMITED` then. */
export type LimitGuesses = <Answer>(viewer: Viewer, ask: () => Promise<Answer>) => Promise<Answer>

/** Codes that a viewer may be wrong about in a minute, by whatever keys: a person mistypes a few. */
export const WRONG_A_MINUTE = 20

/** Counts before it is asked, so that those that are asked at once count; what was right is given back. */
export function createLimitGuesses(limiter: RateLimiterAbstract): LimitGuesses {
  const counter = createCounter(WRONG_A_MINUTE, limiter)
  return async (viewer, ask) => {
    const key = viewer.userId ?? viewer.keyId
    await counter.count(key)
    try {
      const answer = await ask()
      await limiter.reward(key)
      return answer
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'NOT_FOUND')) await limiter.reward(key)
      throw error
    }
  }
}

/** Twice as often as clients are told to ask, so that none is refused for a clock that is a little fast. */
const ASKED = { points: 10, duration: 10 }

/** Refuses with `RATE_LIMITED` whoever asks for one login faster than that. */
export type LimitPolls = (act: 'look' | 'exchange', deviceCode: string) => Promise<void>

/** In this process alone, as all that strangers ask; the `slow_down` of RFC 8628. */
export function createLimitPolls(): LimitPolls {
  const counter = createCounter(ASKED.points, new MonotonicLimiter(ASKED))
  return (act, deviceCode) => counter.count(`${act} ${Buffer.from(hashCode(deviceCode)).toString('base64')}`)
}
