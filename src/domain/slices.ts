import { setImmediate } from 'node:timers/promises'
import { rounds } from '../rounds.js'
import { currentWork } from '../work.js'

/** How long long work takes the process's thread at a time, in milliseconds. */
const SLICE_MS = 3
/** The clock is looked at once in so many steps. */
const STEPS_A_LOOK = 256

/** Parts long work in slices: others get the thread in between. */
export class Slices {
  #startedAt = performance.now()
  #steps = 0

  /** `sliceMs` may be more than usual where little else waits. */
  constructor(private readonly sliceMs = SLICE_MS) {}

  /** Whether it is time to `rest`. */
  get isOver(): boolean {
    return performance.now() - this.#startedAt >= this.sliceMs
  }

  /** The same for steps of less than some microseconds each. */
  get isOverByStep(): boolean {
    return ++this.#steps % STEPS_A_LOOK === 0 && this.isOver
  }

  /**
   * Lets others in, and begins the next slice.
   * @throws {WorkOver} when the request that this is for is over
   */
  async rest(): Promise<void> {
    await setImmediate()
    this.#begin()
  }

  /** The same before a step that may take many slices: it has a round of events to itself, where those of five requests would add up. */
  async restWhole(): Promise<void> {
    await rounds.takeWhole()
    this.#begin()
  }

  #begin(): void {
    currentWork()?.check()
    this.#startedAt = performance.now()
  }
}
