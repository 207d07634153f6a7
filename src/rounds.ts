import { currentWork } from './work.js'

/**
 * Gives what takes the thread for a while a round of events of its own, so that whatever takes little gets in between. Of those
 * that wait each sender is served in turn: much from one holds up no other.
 */
export class Rounds {
  readonly #waiting = new Map<string | null, (() => void)[]>()
  #isTaken = false

  /** Waits for a round; what follows has it until it waits itself. */
  take(sender: string | null = currentWork()?.sender ?? null): Promise<void> {
    if (this.#isTaken) return this.#wait(sender)
    this.#begin()
    return Promise.resolve()
  }

  /** The same, but never for what is left of a round that has begun. */
  takeWhole(sender: string | null = currentWork()?.sender ?? null): Promise<void> {
    if (!this.#isTaken) this.#begin()
    return this.#wait(sender)
  }

  #begin(): void {
    this.#isTaken = true
    setImmediate(this.#next)
  }

  #wait(sender: string | null): Promise<void> {
    return new Promise((begin) => {
      const own = this.#waiting.get(sender)
      if (own === undefined) this.#waiting.set(sender, [begin])
      else own.push(begin)
    })
  }

  readonly #next = (): void => {
    const [first] = this.#waiting
    if (first === undefined) {
      this.#isTaken = false
      return
    }
    const [sender, own] = first
    const begin = own.shift()
    // Behind all others.
    this.#waiting.delete(sender)
    if (own.length > 0) this.#waiting.set(sender, own)
    begin?.()
    setImmediate(this.#next)
  }
}

/** Those of the process's one thread. */
export const rounds = new Rounds()
