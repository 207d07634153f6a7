import { longer } from './longer.js'
import type { RecordReader } from './record.js'

const MILLION = 1_000_000n

/** From here on, in units of 10^-12 US dollars, a float may have to be rounded. */
export const LARGE = 2 ** 53

/** A column of costs in units of 10^-12 US dollars, exact; it knows which rows cost something, since often few do. */
export class CostColumn {
  /** NaN for an unknown cost; rounded from `LARGE` on. */
  values: Float64Array
  /** Costs that were rounded, by row. */
  readonly #large = new Map<number, bigint>()
  /** One bit for each row that costs something. */
  #some: Uint32Array
  /** How many rows that are. */
  costly = 0

  constructor(capacity: number) {
    this.values = new Float64Array(capacity)
    this.#some = new Uint32Array(wordsOf(capacity))
  }

  get memory(): number {
    return this.values.byteLength + this.#some.byteLength + this.#large.size * 64
  }

  /** Takes in the reader's next field. */
  put(row: number, field: RecordReader): void {
    const cost = field.next() ? field.decimal() : null
    const value = cost === null ? Number.NaN : cost.millionths * 1e6 + cost.rest
    this.values[row] = value
    if (cost !== null && Math.abs(value) >= LARGE)
      this.#large.set(row, BigInt(cost.millionths) * MILLION + BigInt(cost.rest))
    else if (this.#large.size > 0) this.#large.delete(row)
    this.#note(row, value !== 0 && !Number.isNaN(value))
  }

  /** A cost that is `LARGE`. */
  largeOf(row: number): bigint {
    return this.#large.get(row) as bigint
  }

  /** Writes the rows of a run that cost something, in their order; a run begins with a row that 32 divides. */
  costlyRows(begin: number, end: number, into: Uint32Array): number {
    const words = this.#some
    let kept = 0
    for (let word = begin >>> 5; word << 5 < end; word++)
      for (let left = words[word] as number; left !== 0; left &= left - 1)
        into[kept++] = (word << 5) + 31 - Math.clz32(left & -left)
    return kept
  }

  grow(capacity: number): void {
    this.values = longer(this.values, capacity)
    this.#some = longer(this.#some, wordsOf(capacity))
  }

  #note(row: number, isCostly: boolean): void {
    const word = row >>> 5
    const bit = 1 << (row & 31)
    const before = this.#some[word] as number
    const wasCostly = (before & bit) !== 0
    if (wasCostly === isCostly) return
    this.#some[word] = before ^ bit
    this.costly += isCostly ? 1 : -1
  }
}

const wordsOf = (capacity: number) => (capacity + 31) >>> 5
