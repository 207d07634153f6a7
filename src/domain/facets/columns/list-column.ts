import { longer } from './longer.js'
import type { RecordReader } from './record.js'
import { TextTable } from './text-table.js'

/** A column of lists of texts: where each row's list begins in the pool, and there its length and the texts' numbers. */
export class ListColumn {
  readonly table = new TextTable()
  /** Zero for an empty list. */
  starts: Uint32Array
  pool: Uint32Array
  #end = 1
  /** What is left of lists that were replaced. */
  #waste = 0

  constructor(capacity: number) {
    this.starts = new Uint32Array(capacity)
    this.pool = new Uint32Array(1024)
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
    const begin = this.#end
    let at = begin + 1
    field.eachText((bytes, start, end) => {
      if (at >= this.pool.length) this.#lengthen()
      this.pool[at++] = this.table.add(bytes, start, end)
    })
    if (at === begin + 1) return
    this.pool[begin] = at - begin - 1
    this.starts[row] = begin
    this.#end = at
    if (at >= this.pool.length) this.#lengthen()
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

  #lengthen(): void {
    this.pool = longer(this.pool, this.pool.length + (this.pool.length >> 2) + 1024)
  }
}
