import type { Ranges } from '../../session/field.js'
import type { Sums } from '../sums.js'
import { LARGE } from './cost-column.js'
import type { Codes, Counts } from './counts.js'
import type { ListColumn } from './list-column.js'
import { longer } from './longer.js'
import { ROWS_A_PASS } from './moment-column.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** Takes in rows that passed, a stretch at a time. */
export interface Counter {
  take(rows: Uint32Array, count: number): void
}

/** Sessions by a number, such as that of their agent. */
export interface Grouped {
  counts: Uint32Array
  sums: GroupSums | null
}

/** What sessions come to, by group. Exact while `WorkspaceColumns.isFit`. */
export class GroupSums {
  #tokens: Float64Array
  #millionths: Float64Array
  #rest: Float64Array
  #unknown: Uint32Array
  #newest: Float64Array

  constructor(
    private readonly columns: WorkspaceColumns,
    size: number,
  ) {
    this.#tokens = new Float64Array(size)
    this.#millionths = new Float64Array(size)
    this.#rest = new Float64Array(size)
    this.#unknown = new Uint32Array(size)
    this.#newest = new Float64Array(size).fill(Number.NEGATIVE_INFINITY)
  }

  /** Adds each row to its group. */
  take(rows: Uint32Array, groups: Uint32Array, count: number): void {
    const { cost, lastActivityAt, numbers } = this.columns
    const costs = cost.values
    const tokens = numbers.totalTokens.values
    const moments = lastActivityAt.values
    for (let index = 0; index < count; index++) {
      const row = rows[index] as number
      const group = groups[index] as number
      ;(this.#tokens[group] as number) += tokens[row] as number
      const value = costs[row] as number
      if (Number.isNaN(value)) (this.#unknown[group] as number)++
      else if (Math.abs(value) < LARGE) this.#addCost(group, value)
      else this.#addLarge(group, cost.largeOf(row))
      const active = moments[row] as number
      if (active > (this.#newest[group] as number)) this.#newest[group] = active
    }
  }

  #addCost(group: number, value: number): void {
    const millionths = Math.floor(value / 1e6)
    ;(this.#millionths[group] as number) += millionths
    ;(this.#rest[group] as number) += value - millionths * 1e6
  }

  #addLarge(group: number, value: bigint): void {
    ;(this.#millionths[group] as number) += Number(value / 1_000_000n)
    ;(this.#rest[group] as number) += Number(value % 1_000_000n)
  }

  /** Makes room for more groups. */
  lengthen(size: number): void {
    const filled = this.#newest.length
    this.#tokens = longer(this.#tokens, size)
    this.#millionths = longer(this.#millionths, size)
    this.#rest = longer(this.#rest, size)
    this.#unknown = longer(this.#unknown, size)
    this.#newest = longer(this.#newest, size).fill(Number.NEGATIVE_INFINITY, filled)
  }

  of(group: number): Sums {
    const newest = this.#newest[group] as number
    return {
      tokens: BigInt(this.#tokens[group] as number),
      cost: BigInt(this.#millionths[group] as number) * 1_000_000n + BigInt(this.#rest[group] as number),
      unknownCosts: this.#unknown[group] as number,
      lastActivityAt: newest === Number.NEGATIVE_INFINITY ? null : newest,
    }
  }
}

/** Counts rows by their code in a column; with sums where asked. */
export class CodeCounter implements Counter, Grouped {
  readonly counts: Uint32Array
  readonly sums: GroupSums | null
  readonly #groups = new Uint32Array(ROWS_A_PASS)

  constructor(
    private readonly codes: Codes,
    size: number,
    sums: WorkspaceColumns | null,
  ) {
    this.counts = new Uint32Array(size)
    this.sums = sums === null ? null : new GroupSums(sums, size)
  }

  take(rows: Uint32Array, count: number): void {
    const { codes, counts, sums } = this
    if (sums === null) {
      for (let index = 0; index < count; index++) (counts[codes[rows[index] as number] as number] as number)++
      return
    }
    const groups = this.#groups
    for (let index = 0; index < count; index++) {
      const group = codes[rows[index] as number] as number
      groups[index] = group
      ;(counts[group] as number)++
    }
    sums.take(rows, groups, count)
  }
}

/** Counts rows by the range in which a number of theirs lies; those without one nowhere. */
export class RangeCounter implements Counter, Grouped {
  readonly counts: Uint32Array
  readonly sums: GroupSums | null
  readonly #rows = new Uint32Array(ROWS_A_PASS)
  readonly #groups = new Uint32Array(ROWS_A_PASS)

  constructor(
    private readonly column: Counts,
    private readonly ranges: Ranges,
    sums: WorkspaceColumns | null,
  ) {
    this.counts = new Uint32Array(ranges.length)
    this.sums = sums === null ? null : new GroupSums(sums, ranges.length)
  }

  take(rows: Uint32Array, count: number): void {
    const { column, ranges, counts, sums } = this
    let kept = 0
    for (let index = 0; index < count; index++) {
      const row = rows[index] as number
      const value = column[row] as number
      let group = ranges.length - 1
      while (group >= 0 && !(value >= (ranges[group] as number))) group--
      if (group < 0) continue
      ;(counts[group] as number)++
      this.#rows[kept] = row
      this.#groups[kept++] = group
    }
    sums?.take(this.#rows, this.#groups, kept)
  }
}

/** Counts rows by each entry of their lists. */
export class ListCounter implements Counter, Grouped {
  readonly counts: Uint32Array
  readonly sums: GroupSums | null
  #rows = new Uint32Array(0)
  #groups = new Uint32Array(0)

  constructor(
    private readonly list: ListColumn,
    sums: WorkspaceColumns | null,
  ) {
    this.counts = new Uint32Array(list.table.size)
    this.sums = sums === null ? null : new GroupSums(sums, list.table.size)
  }

  take(rows: Uint32Array, count: number): void {
    const { counts, sums } = this
    const { starts, pool } = this.list
    let entries = 0
    for (let index = 0; index < count; index++) {
      const start = starts[rows[index] as number] as number
      if (start === 0) continue
      const length = pool[start] as number
      entries += length
      for (let at = start + 1; at <= start + length; at++) (counts[pool[at] as number] as number)++
    }
    if (sums === null) return
    if (entries > this.#rows.length) {
      this.#rows = new Uint32Array(entries)
      this.#groups = new Uint32Array(entries)
    }
    let entry = 0
    for (let index = 0; index < count; index++) {
      const row = rows[index] as number
      const start = starts[row] as number
      if (start === 0) continue
      const end = start + (pool[start] as number)
      for (let at = start + 1; at <= end; at++) {
        this.#rows[entry] = row
        this.#groups[entry++] = pool[at] as number
      }
    }
    sums.take(this.#rows, this.#groups, entry)
  }
}

/** Counts all rows. */
export class TotalCounter implements Counter {
  count = 0

  take(_rows: Uint32Array, count: number): void {
    this.count += count
  }
}
