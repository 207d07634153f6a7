import { type Work, WorkOver } from '../work.js'

export interface TurnLimits {
  /** Turns at once. */
  total: number
  /** Of one key. */
  perOwner: number
  /** Of one request. */
  perWork: number
  /** How long one waits for a turn; null is for as long as its request lasts. */
  patienceMs: number | null
}

interface Waiter {
  work: Work | null
  begin: () => void
}

/** A key, or all that is nobody's. */
interface Owner {
  held: number
  /** When it last got a turn, in turns. */
  servedAt: number
  waiting: Waiter[]
}

/**
 * Gives turns at what is scarce, each key a share and each request a few at once. Of those that wait, the key goes first
 * that holds the least, then the one served longest ago: many questions of one key hold up no other.
 */
export class Turns {
  readonly #owners = new Map<string | null, Owner>()
  readonly #heldByWork = new WeakMap<Work, number>()
  #held = 0
  #served = 0

  constructor(private readonly limits: TurnLimits) {}

  /** How many wait. */
  get waiting(): number {
    let waiting = 0
    for (const owner of this.#owners.values()) waiting += owner.waiting.length
    return waiting
  }

  /**
   * Waits for a turn of the work; gives what ends it.
   * @throws {WorkOver} when the work ends first
   */
  async take(work: Work | null): Promise<() => void> {
    work?.check()
    // A request's key may become known while it waits; it is counted as what it was.
    const key = work?.owner ?? null
    const owner = this.#ownerOf(key)
    if (owner.waiting.length > 0 || !this.#mayBegin(owner, key, work)) await this.#wait(owner, work)
    else this.#begin(owner, work)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#held--
      owner.held--
      if (work !== null) this.#heldByWork.set(work, this.#heldBy(work) - 1)
      this.#beginNext()
      if (owner.held === 0 && owner.waiting.length === 0) this.#owners.delete(key)
    }
  }

  #ownerOf(key: string | null): Owner {
    const owner = this.#owners.get(key) ?? { held: 0, servedAt: 0, waiting: [] }
    this.#owners.set(key, owner)
    return owner
  }

  #heldBy(work: Work): number {
    return this.#heldByWork.get(work) ?? 0
  }

  #mayBegin(owner: Owner, key: string | null, work: Work | null): boolean {
    const { total, perOwner, perWork } = this.limits
    if (this.#held >= total || (key !== null && owner.held >= perOwner)) return false
    return work === null || this.#heldBy(work) < perWork
  }

  #begin(owner: Owner, work: Work | null): void {
    this.#held++
    owner.held++
    owner.servedAt = ++this.#served
    if (work !== null) this.#heldByWork.set(work, this.#heldBy(work) + 1)
  }

  #wait(owner: Owner, work: Work | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const stopWaiting = () => {
        clearTimeout(timer)
        forget?.()
        const at = owner.waiting.indexOf(waiter)
        if (at >= 0) owner.waiting.splice(at, 1)
      }
      const leave = (error: Error) => {
        stopWaiting()
        reject(error)
      }
      const begin = () => {
        stopWaiting()
        this.#begin(owner, work)
        resolve()
      }
      const waiter: Waiter = { work, begin }
      const { patienceMs } = this.limits
      const timer = patienceMs === null ? undefined : setTimeout(() => leave(tooLong()), patienceMs)
      const forget = work?.whenOver(() => leave(new WorkOver()))
      owner.waiting.push(waiter)
    })
  }

  /** Each turn that ends lets one begin, or none. */
  #beginNext(): void {
    let first: { owner: Owner; waiter: Waiter } | null = null
    for (const [key, owner] of this.#owners) {
      if (first !== null && !goesBefore(owner, first.owner)) continue
      const waiter = owner.waiting.find(({ work }) => this.#mayBegin(owner, key, work))
      if (waiter !== undefined) first = { owner, waiter }
    }
    first?.waiter.begin()
  }
}

/** In the words of the driver's pool, whose place this takes. */
const tooLong = () => new Error('timeout exceeded when trying to connect')

function goesBefore(one: Owner, other: Owner): boolean {
  return one.held === other.held ? one.servedAt < other.servedAt : one.held < other.held
}
