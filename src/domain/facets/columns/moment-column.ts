import { longer } from './longer.js'

/** Rows are passed in runs of so many, which stay in the processor's caches. */
export const ROWS_A_PASS = 16_384

/** A column of moments, in milliseconds since 1970; it knows between which of them each run of rows lies, so that one which cannot pass is not looked at. */
export class MomentColumn {
  values: Float64Array
  /** Of each run, or of what it had before some rows were replaced. */
  #earliest: Float64Array
  #latest: Float64Array

  constructor(capacity: number) {
    const runs = runsOf(capacity)
    this.values = new Float64Array(capacity)
    this.#earliest = new Float64Array(runs).fill(Number.POSITIVE_INFINITY)
    this.#latest = new Float64Array(runs).fill(Number.NEGATIVE_INFINITY)
  }

  get memory(): number {
    return this.values.byteLength + this.#earliest.byteLength + this.#latest.byteLength
  }

  put(row: number, moment: number): void {
    const run = Math.floor(row / ROWS_A_PASS)
    this.values[row] = moment
    if (moment < (this.#earliest[run] as number)) this.#earliest[run] = moment
    if (moment > (this.#latest[run] as number)) this.#latest[run] = moment
  }

  /** Whether a row of the run that begins here may have this moment or a later one. */
  mayReach(begin: number, moment: number): boolean {
    return (this.#latest[begin / ROWS_A_PASS] as number) >= moment
  }

  /** Whether a row of the run that begins here may have an earlier moment. */
  mayPrecede(begin: number, moment: number): boolean {
    return (this.#earliest[begin / ROWS_A_PASS] as number) < moment
  }

  grow(capacity: number): void {
    const filled = this.#earliest.length
    this.values = longer(this.values, capacity)
    this.#earliest = longer(this.#earliest, runsOf(capacity)).fill(Number.POSITIVE_INFINITY, filled)
    this.#latest = longer(this.#latest, runsOf(capacity)).fill(Number.NEGATIVE_INFINITY, filled)
  }
}

const runsOf = (capacity: number) => Math.ceil(capacity / ROWS_A_PASS)
