import type { Slices } from '../slices.js'
import type { TextTable } from './text-table.js'

const COLON = 0x3a

/** The keys of the labels of a table, which only grows; labels of one key have one text for it. */
export class LabelKeys {
  readonly #keyOf: string[] = ['']
  readonly #known = new Map<string, string>()

  constructor(private readonly table: TextTable) {}

  /** What it takes up, in bytes, near enough. */
  get memory(): number {
    return this.#keyOf.length * 8
  }

  /** Reads the keys of labels that are new, so that `of` need not. */
  async prepare(slices: Slices): Promise<void> {
    while (this.#keyOf.length < this.table.size) {
      this.#readTo(Math.min(this.#keyOf.length + 1000, this.table.size))
      if (slices.isOver) await slices.rest()
    }
  }

  /** The key of the label of this number: what stands before its first colon, or all of it. */
  of(code: number): string {
    this.#readTo(code + 1)
    return this.#keyOf[code] as string
  }

  #readTo(end: number): void {
    for (let next = this.#keyOf.length; next < end; next++) {
      const label = this.table.bytesOf(next)
      const colon = label.indexOf(COLON)
      const key = label.toString('utf8', 0, colon < 0 ? label.length : colon)
      const same = this.#known.get(key)
      if (same === undefined) this.#known.set(key, key)
      this.#keyOf.push(same ?? key)
    }
  }
}
