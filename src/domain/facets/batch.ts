import type { Sql } from '../../db/prisma.js'
import type { SessionFilter, SessionScope } from '../session/filter.js'
import type { SourceColumn } from '../session/source.js'
import { type Dimension, dimensionOf } from './dimensions.js'
import type { FacetRequest } from './request.js'
import {
  columnRows,
  hasReadyValues,
  labelRows,
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

/**
 * Adds the relations that count a batch, at most one for each kind of dimension, by `add`, which gives their names. Gives
 * the one that has a dimension's counts.
 */
export function tallyBatch(
  scope: SessionScope,
  { filter, requests }: Batch,
  add: (rows: Sql) => Sql,
): Map<Dimension, Sql> {
  const dimensions = [...new Set(requests.map(([, { dimension }]) => dimension))]
  const ready = hasReadyValues(filter) ? dimensions.filter((name) => valueDimensions.includes(name)) : []
  const single = dimensions.filter((name) => name !== 'labels' && !ready.includes(name))
  const labels = dimensions.filter((name) => name === 'labels')
  const columns = columnsOf(single)
  const keys = labelKeys(requests)
  const isShared = needsSessions(filter) && single.length > 0 && labels.length > 0
  const shared = isShared ? add(sharedSessions(scope, filter, columns)) : null
  const tallies = new Map<Dimension, Sql>()
  const put = (names: readonly Dimension[], rows: () => Sql) => {
    if (names.length === 0) return
    const tally = add(rows())
    for (const name of names) tallies.set(name, tally)
  }
  put(ready, () => tallyValues(valueRows(scope, filter), ready))
  put(single, () =>
    tallyColumns(shared ? sharedColumnRows(shared, columns) : columnRows(scope, filter, columns), single),
  )
  put(labels, () => tallyLabels(shared ? sharedLabelRows(shared, keys) : labelRows(scope, filter, keys)))
  return tallies
}

function columnsOf(dimensions: readonly Dimension[]): SourceColumn[] {
  return dimensions.flatMap((name) => dimensionOf(name).column ?? [])
}

/** The label keys that the requests name; null when one wants all. */
function labelKeys(requests: Batch['requests']): string[] | null {
  const keys: string[] = []
  for (const [, request] of requests) {
    if (request.dimension !== 'labels') continue
    if (request.keys === null) return null
    keys.push(...request.keys)
  }
  return keys
}
