import { hyphenate } from '../../../rules/uuid.js'
import type { Slices } from '../../slices.js'
import { type Dimension, dimensionOf } from '../dimensions.js'
import type { FacetRequest } from '../request.js'
import { QUARTER_MS, type TimelineCell, type TimelineRequest } from '../timeline.js'
import { CodeColumn } from './code-column.js'
import { CodeCounter, type Counter, type Grouped, GroupSums, ListCounter, RangeCounter } from './counters.js'
import type { Codes } from './counts.js'
import { ListColumn } from './list-column.js'
import { longer } from './longer.js'
import { ROWS_A_PASS } from './moment-column.js'
import type { NumberColumn } from './number-column.js'
import { STATES } from './state-counts.js'
import type { WorkspaceColumns } from './workspace-columns.js'

type GroupCounter = Counter & Grouped

/** One counter for each dimension; what the state tells is counted once. */
export function countersOf(
  columns: WorkspaceColumns,
  requests: readonly FacetRequest[],
): Map<Dimension, GroupCounter> {
  const counters = new Map<string, GroupCounter>()
  const byDimension = new Map<Dimension, GroupCounter>()
  for (const { dimension } of requests) {
    const counted = countedOf(dimension)
    const withSums = requests.some((one) => one.sums && countedOf(one.dimension) === counted)
    const counter = counters.get(counted) ?? counterOf(columns, dimension, withSums ? columns : null)
    counters.set(counted, counter)
    byDimension.set(dimension, counter)
  }
  return byDimension
}

/** What has the values of a dimension: the state of rows, or a field. */
function countedOf(dimension: Dimension): string {
  const { ofState, field } = dimensionOf(dimension)
  return ofState === undefined ? field : 'state'
}

function counterOf(
  columns: WorkspaceColumns,
  dimension: Dimension,
  sums: WorkspaceColumns | null,
): GroupCounter {
  const { ofState, ranges = [0] } = dimensionOf(dimension)
  if (ofState !== undefined) return new CodeCounter(columns.state, STATES, sums)
  const column = columnOfDimension(dimension, columns)
  if (column instanceof ListColumn) return new ListCounter(column, sums)
  if (column instanceof CodeColumn) return new CodeCounter(column.codes, column.table.size, sums)
  return new RangeCounter(column.values, ranges, sums)
}

/** The column of a dimension's field. */
export function columnOfDimension(
  dimension: Dimension,
  { codes, numbers, lists }: WorkspaceColumns,
): CodeColumn | NumberColumn | ListColumn {
  const { field } = dimensionOf(dimension)
  const held: Partial<Record<string, CodeColumn | NumberColumn | ListColumn>>[] = [codes, numbers, lists]
  const column = held.find((some) => field in some)?.[field]
  if (column === undefined) throw new Error(`Columns do not hold what ${dimension} counts`)
  return column
}

/** Counts what a timeline shows. */
export function timelineCounter(columns: WorkspaceColumns, { split }: TimelineRequest): TimelineCounter {
  if (split === null) return new TimelineCounter(columns, null)
  const { ofState, named, emptyIsNone } = dimensionOf(split.by)
  if (ofState !== undefined)
    return new TimelineCounter(columns, { codes: columns.state, size: STATES, text: ofState })
  const column = columnOfDimension(split.by, columns)
  if (!(column instanceof CodeColumn)) throw new Error(`${split.by} splits no timeline`)
  const { codes, table } = column
  const textOf = (code: number) => (named === undefined ? table.textOf(code) : hyphenate(table.hexOf(code)))
  const text = (code: number) => (code === 0 ? null : textOf(code) || (emptyIsNone ? null : ''))
  return new TimelineCounter(columns, { codes, size: table.size, text })
}

/** What a row is split by: a group for each, and the text that it stands for. */
interface SplitGroups {
  codes: Codes
  size: number
  text: (code: number) => string | null
}

/** Counts rows by the quarter of an hour in which they were created, and by what they are split by. */
class TimelineCounter implements Counter {
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
