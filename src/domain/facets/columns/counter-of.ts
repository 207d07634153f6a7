import { hyphenate } from '../../../rules/uuid.js'
import { type Dimension, dimensionOf } from '../dimensions.js'
import type { FacetRequest } from '../request.js'
import type { TimelineRequest } from '../timeline.js'
import { CodeColumn } from './code-column.js'
import { CodeCounter, type Counter, type Grouped, ListCounter, RangeCounter } from './counters.js'
import { ListColumn } from './list-column.js'
import type { NumberColumn } from './number-column.js'
import { STATES } from './state-counts.js'
import { TimelineCounter } from './timeline-counter.js'
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
  const column = [codes, numbers, lists].flatMap((some) => (field in some ? some[field as never] : []))[0]
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
