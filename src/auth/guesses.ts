import { DomainError } from '../domain/errors.js'
import type { Viewer } from '../domain/viewer.js'
import { MonotonicLimiter } from './monotonic-limiter.js'
import { createCounter, limiterOptions } from './rate-limit.js'

/** Does what takes a code that a person types, unless this viewer was wrong too often; `RATE_LIMITED` then. */
export type LimitGuesses = <Answer>(viewer: Viewer, ask: () => Promise<Answer>) => Promise<Answer>

/** Codes that a viewer may be wrong about in a minute, by whatever keys: a person mistypes a few. */
const WRONG_A_MINUTE = 20

/** Counts in this process, before it is asked, so that those that are asked at once count; what was right is given back. */
export function createLimitGuesses(): LimitGuesses {
  const limiter = new MonotonicLimiter(limiterOptions(WRONG_A_MINUTE))
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
