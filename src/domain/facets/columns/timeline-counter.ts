import type { Slices } from '../slices.js'
import { QUARTER_MS, type TimelineCell } from '../timeline.js'
import { type Counter, GroupSums } from './counters.js'
import type { Codes } from './counts.js'
import { longer } from './longer.js'
import { ROWS_A_PASS } from './moment-column.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** What a row is split by: a group for each, and the text that it stands for. */
export interface SplitGroups {
  codes: Codes
  size: number
  text: (code: number) => string | null
}

/** Counts rows by the quarter of an hour in which they were created, and by what they are split by. */
export class TimelineCounter implements Counter {
  /** The number of each quarter and code that occurs. */
  readonly #cells = new Map<number, number>()
  #counts = new Uint32Array(1024)
  readonly #sums: GroupSums
  readonly #groups = new Uint32Array(ROWS_A_PASS)

  constructor(
    private readonly columns: WorkspaceColumns,
    private readonly split: SplitGroups | null,
  ) {
    this.#sums = new GroupSums(columns, 1024)
  }

  take(rows: Uint32Array, count: number): void {
    const { values: createdAt } = this.columns.createdAt
    const codes = this.split?.codes ?? null
    const size = this.split?.size ?? 1
    for (let index = 0; index < count; index++) {
      const row = rows[index] as number
      const quarter = Math.floor((createdAt[row] as number) / QUARTER_MS)
      const key = quarter * size + (codes === null ? 0 : (codes[row] as number))
      let cell = this.#cells.get(key)
      if (cell === undefined) {
        cell = this.#cells.size
        this.#cells.set(key, cell)
        if (cell === this.#counts.length) this.#lengthen()
      }
      this.#groups[index] = cell
      ;(this.#counts[cell] as number)++
    }
    this.#sums.take(rows, this.#groups, count)
  }

  async cells(slices: Slices): Promise<TimelineCell[]> {
    const size = this.split?.size ?? 1
    const cells: TimelineCell[] = []
    for (const [key, cell] of this.#cells) {
      if (slices.isOverByStep) await slices.rest()
      const quarter = Math.floor(key / size)
      cells.push({
        at: quarter * QUARTER_MS,
        value: this.split === null ? null : this.split.text(key - quarter * size),
        sessions: this.#counts[cell] as number,
        sums: this.#sums.of(cell),
      })
    }
    return cells
  }

  #lengthen(): void {
    const length = this.#counts.length * 2
    this.#counts = longer(this.#counts, length)
    this.#sums.lengthen(length)
  }
}
