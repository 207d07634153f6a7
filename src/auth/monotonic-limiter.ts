import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

interface Window {
  count: number
  endsAt: number
  timer: NodeJS.Timeout
}

/** What the library's limiter keeps its counts in, by a clock that nobody sets. */
class MonotonicStorage {
  readonly #windows = new Map<string, Window>()

  incrby(key: string, count: number, seconds: number): RateLimiterRes {
    const window = this.#windows.get(key)
    const left = (window?.endsAt ?? 0) - performance.now()
    if (window === undefined || left <= 0) return this.set(key, count, seconds)
    window.count += count
    return new RateLimiterRes(0, left, window.count, false)
  }

  set(key: string, count: number, seconds: number): RateLimiterRes {
    this.delete(key)
    const ms = seconds * 1000
    const timer = setTimeout(() => this.delete(key), ms).unref()
    this.#windows.set(key, { count, endsAt: performance.now() + ms, timer })
    return new RateLimiterRes(0, ms, count, true)
  }

  get(key: string): RateLimiterRes | null {
    const window = this.#windows.get(key)
    if (window === undefined) return null
    return new RateLimiterRes(0, Math.max(0, window.endsAt - performance.now()), window.count, false)
  }

  delete(key: string): boolean {
    clearTimeout(this.#windows.get(key)?.timer)
    return this.#windows.delete(key)
  }
}

/** The library's limiter of one process, which goes by the wall clock otherwise: that may jump. */
export class MonotonicLimiter extends RateLimiterMemory {
  readonly _memoryStorage: MonotonicStorage = new MonotonicStorage()

  /** As `get`, at once. */
  counted(key: string): RateLimiterRes | null {
    return this._memoryStorage.get(this.getKey(key))
  }
}
