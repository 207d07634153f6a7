import type { Slices } from '../../slices.js'
import type { TextTable } from './text-table.js'

/** The keys of a table of texts such as `key:value`, which only grows; texts of one key have one text for it. */
export class LabelKeys {
  readonly #keyOf: string[] = ['']
  readonly #known = new Map<string, string>()

  constructor(
    private readonly table: TextTable,
    private readonly separator: string,
  ) {}

  /** What it takes up, in bytes, near enough. */
  get memory(): number {
    return this.#keyOf.length * 8
  }

  /** Reads the keys of texts that are new, so that `of` need not. */
  async prepare(slices: Slices): Promise<void> {
    while (this.#keyOf.length < this.table.size) {
      this.#readTo(Math.min(this.#keyOf.length + 1000, this.table.size))
      if (slices.isOver) await slices.rest()
    }
  }

  /** The key of the text of this number: what stands before its first separator, or all of it. */
  of(code: number): string {
    this.#readTo(code + 1)
    return this.#keyOf[code] as string
  }

  #readTo(stop: number): void {
    for (let next = this.#keyOf.length; next < stop; next++) {
      const label = this.table.bytesOf(next)
      const end = label.indexOf(this.separator)
      const key = label.toString('utf8', 0, end < 0 ? label.length : end)
      const same = this.#known.get(key)
      if (same === undefined) this.#known.set(key, key)
      this.#keyOf.push(same ?? key)
    }
  }
}
