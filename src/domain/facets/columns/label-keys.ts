import type { TextTable } from './text-table.js'

const COLON = 0x3a

/** The keys of the labels of a table, which only grows; labels of one key have one text for it. */
export class LabelKeys {
  readonly #keyOf: string[] = ['']
  readonly #known = new Map<string, string>()

  constructor(private readonly table: TextTable) {}

  /** The key of the label of this number: what stands before its first colon, or all of it. */
  of(code: number): string {
    for (let next = this.#keyOf.length; next < this.table.size; next++) {
      const label = this.table.bytesOf(next)
      const end = label.indexOf(COLON)
      const key = label.toString('utf8', 0, end < 0 ? label.length : end)
      const same = this.#known.get(key)
      if (same === undefined) this.#known.set(key, key)
      this.#keyOf.push(same ?? key)
    }
    return this.#keyOf[code] as string
  }
}
