import { stateBits } from './state.js'

/** How many states a row may have. */
export const STATES = 256

/** How many sessions are in each state, private ones by owner: what a total needs that asks for nothing else. */
export class StateCounts {
  readonly #shared = new Int32Array(STATES)
  /** By the owner's number and the state. */
  readonly #private = new Map<number, number>()

  get memory(): number {
    return this.#shared.byteLength + this.#private.size * 48
  }

  /** Adds a session, or takes it away. */
  add(state: number, owner: number, by: 1 | -1): void {
    if ((state & stateBits.visibility) === stateBits.workspace) {
      ;(this.#shared[state] as number) += by
      return
    }
    const key = owner * STATES + state
    const count = (this.#private.get(key) ?? 0) + by
    if (count === 0) this.#private.delete(key)
    else this.#private.set(key, count)
  }

  /** Where counts differ, told as text; null where all are the same. */
  differenceTo(other: StateCounts): string | null {
    for (let state = 0; state < STATES; state++)
      if (this.#shared[state] !== other.#shared[state])
        return `state ${state}: ${this.#shared[state]} and ${other.#shared[state]}`
    for (const key of new Set([...this.#private.keys(), ...other.#private.keys()]))
      if (this.#private.get(key) !== other.#private.get(key))
        return `owner ${Math.floor(key / STATES)}, state ${key % STATES}: ${this.#private.get(key)} and ${other.#private.get(key)}`
    return null
  }

  /** The sessions in these states, marked by one, that an owner sees; of zero those that nobody owns alone. */
  count(holds: Uint8Array, owner: number): number {
    let total = 0
    for (let state = 0; state < STATES; state++) {
      if (holds[state] === 0) continue
      total += this.#shared[state] as number
      if (owner !== 0) total += this.#private.get(owner * STATES + state) ?? 0
    }
    return total
  }
}
