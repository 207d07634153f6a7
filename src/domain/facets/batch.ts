import type { Sql } from '../../db/prisma.js'
import type { SessionFilter, SessionScope } from '../session/filter.js'
import type { SourceColumn } from '../session/source.js'
import { type Dimension, dimensionOf } from './dimensions.js'
import type { FacetRequest } from './request.js'
import {
  type ColumnRows,
  columnRows,
  columnRowsOfSides,
  hasReadyValues,
  type LabelRows,
  labelRows,
  labelRowsOfSides,
  matchingSides,
  needsSessions,
  sharedColumnRows,
  sharedLabelRows,
  sharedSessions,
  valueDimensions,
  valueRows,
} from './rows.js'
import { tallyColumns, tallyLabels, tallyValues } from './tally.js'

export const facetModes = ['ALL_FILTERS', 'OWN_FILTER_EXCLUDED'] as const
export type FacetMode = (typeof facetModes)[number]

/** What is counted together: the requests whose dimensions have the same filter, each with its number. */
export interface Batch {
  filter: SessionFilter
  requests: [number, FacetRequest][]
}

/** The requests by the filter that the mode leaves each dimension. */
export function toBatches(
  filter: SessionFilter,
  mode: FacetMode,
  requests: readonly FacetRequest[],
): Batch[] {
  const batches = new Map<string, Batch>()
  for (const [number, request] of requests.entries()) {
    const ignored = mode === 'OWN_FILTER_EXCLUDED' ? ownFilter(request.dimension, filter) : []
    const key = JSON.stringify(ignored)
    const batch = batches.get(key) ?? { filter: { ...filter, ...Object.fromEntries(ignored) }, requests: [] }
    batches.set(key, batch)
    batch.requests.push([number, request])
  }
  return [...batches.values()]
}

/** The members by which the filter narrows the dimension itself, as they are when they do not. */
function ownFilter(dimension: Dimension, filter: SessionFilter): [string, unknown][] {
  return Object.entries(dimensionOf(dimension).unfiltered).filter(
    ([name, value]) => (filter[name as keyof SessionFilter] ?? null) !== value,
  )
}

/** A relation of a statement that counts values, and the requests that it answers. */
export interface Tally {
  /** Its name. Rows of `columns` are `dimension`, `value` and `count`; of `labels` `label` and `count`, which add up by label. */
  relation: Sql
  of: 'columns' | 'labels'
  requests: Batch['requests']
}

/** Adds the relations that count a batch, at most one for each kind of dimension, by `add`, which gives their names. */
export function tallyBatch(
  scope: SessionScope,
  { filter, requests }: Batch,
  add: (rows: Sql) => Sql,
): Tally[] {
  const hasReady = hasReadyValues(filter)
  const isReady = ({ dimension }: FacetRequest) => hasReady && valueDimensions.includes(dimension)
  const labels = requests.filter(([, { dimension }]) => dimension === 'labels')
  const ready = requests.filter(([, request]) => isReady(request))
  const single = requests.filter(([, request]) => request.dimension !== 'labels' && !isReady(request))
  const columns = columnsOf(dimensionsOf(single))
  const rows = rowsOf(scope, filter, columns, single.length > 0 && labels.length > 0, add)
  const tallies: Tally[] = []
  if (ready.length > 0) {
    const relation = add(tallyValues(valueRows(scope, filter), dimensionsOf(ready)))
    tallies.push({ relation, of: 'columns', requests: ready })
  }
  if (single.length > 0) {
    const relation = add(tallyColumns(rows.columns(), dimensionsOf(single)))
    tallies.push({ relation, of: 'columns', requests: single })
  }
  if (labels.length > 0) {
    const relation = add(tallyLabels(rows.labels(labelKeys(labels))))
    tallies.push({ relation, of: 'labels', requests: labels })
  }
  return tallies
}

/** Where columns and labels are counted from. What matches is looked up once where both need it. */
function rowsOf(
  scope: SessionScope,
  filter: SessionFilter,
  columns: readonly SourceColumn[],
  both: boolean,
  add: (rows: Sql) => Sql,
): { columns: () => ColumnRows; labels: (keys: readonly string[] | null) => LabelRows[] } {
  if (!hasReadyValues(filter) && !needsSessions(filter)) {
    const { folded, pending } = matchingSides(scope, filter)
    const sides = { folded: add(folded), pending: add(pending) }
    return {
      columns: () => columnRowsOfSides(sides),
      labels: (keys) => labelRowsOfSides(sides, keys),
    }
  }
  if (needsSessions(filter) && both) {
    const shared = add(sharedSessions(scope, filter, columns))
    return {
      columns: () => sharedColumnRows(shared, columns),
      labels: (keys) => [sharedLabelRows(shared, keys)],
    }
  }
  return {
    columns: () => columnRows(scope, filter, columns),
    labels: (keys) => [labelRows(scope, filter, keys)],
  }
}

/** The label keys that requests name; null when one wants all. */
export function labelKeys(requests: Batch['requests']): string[] | null {
  const keys = new Set<string>()
  for (const [, request] of requests) {
    if (request.keys === null) return null
    for (const key of request.keys) keys.add(key)
  }
  return [...keys].sort()
}

const dimensionsOf = (requests: Batch['requests']) => [
  ...new Set(requests.map(([, { dimension }]) => dimension)),
]

function columnsOf(dimensions: readonly Dimension[]): SourceColumn[] {
  return dimensions.flatMap((name) => dimensionOf(name).column ?? [])
}
