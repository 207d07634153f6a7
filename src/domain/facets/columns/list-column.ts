import { type Codes, widened } from './counts.js'
import { longer } from './longer.js'
import type { RecordReader } from './record.js'
import { TextTable } from './text-table.js'

/** A column of lists of texts: where each row's list begins in the pool, and there its length and the texts' numbers. */
export class ListColumn {
  readonly table = new TextTable()
  /** Zero for an empty list. */
  starts: Uint32Array
  pool: Codes
  #end = 1
  /** One more than the greatest row that had a list. */
  #rows = 0
  /** What is left of lists that were replaced. */
  #waste = 0

  constructor(capacity: number) {
    this.starts = new Uint32Array(capacity)
    this.pool = new Uint16Array(1024)
  }

  get memory(): number {
    return this.table.memory + this.starts.byteLength + this.pool.byteLength
  }

  get isWorn(): boolean {
    return this.#waste > 100_000 && this.#waste * 2 > this.#end
  }

  /** Takes in the reader's next field; null is an empty list. */
  put(row: number, field: RecordReader): void {
    this.clear(row)
    if (!field.next()) return
    if (row >= this.#rows) this.#rows = row + 1
    const begin = this.#end
    let at = begin + 1
    field.eachText((bytes, start, end) => {
      this.#write(at++, this.table.add(bytes, start, end))
    })
    if (at === begin + 1) return
    this.#write(begin, at - begin - 1)
    this.starts[row] = begin
    this.#end = at
  }

  clear(row: number): void {
    const start = this.starts[row] as number
    if (start === 0) return
    this.#waste += (this.pool[start] as number) + 1
    this.starts[row] = 0
  }

  /** The list of a row. */
  textsOf(row: number): string[] {
    const start = this.starts[row] as number
    if (start === 0) return []
    const codes = this.pool.subarray(start + 1, start + 1 + (this.pool[start] as number))
    return Array.from(codes, (code) => this.table.textOf(code))
  }

  grow(capacity: number): void {
    this.starts = longer(this.starts, capacity)
  }

  /** Leaves only a sixteenth of the pool free. */
  trim(): void {
    const length = this.#end + (this.#end >> 4) + 1024
    if (length < this.pool.length) this.pool = this.pool.slice(0, length)
  }

  #write(at: number, value: number): void {
    if (at >= this.pool.length) this.#lengthen()
    if (value >= 256 ** this.pool.BYTES_PER_ELEMENT) this.pool = widened(this.pool, value)
    this.pool[at] = value
  }

  /** To what all rows will need if they are like those before, within bounds. */
  #lengthen(): void {
    const { length } = this.pool
    const likely = Math.ceil((length / this.#rows) * this.starts.length)
    this.pool = longer(this.pool, Math.min(Math.max(likely, length + (length >> 3)), length * 2) + 1024)
  }
}
