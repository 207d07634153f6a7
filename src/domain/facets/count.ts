import { type Db, type Sql, sql } from '../../db/prisma.js'
import type { SessionFilter, SessionScope } from '../session/filter.js'
import { requireFilter } from '../session/filter-rules.js'
import type { SourceColumn } from '../session/source.js'
import { type Dimension, dimensionOf } from './dimensions.js'
import { type FacetPage, pageCounts } from './paging.js'
import type { FacetRequest } from './request.js'
import { columnRows, hasReadyValues, labelRows, valueDimensions, valueRows } from './rows.js'
import { tallyColumns, tallyLabels, tallyValues } from './tally.js'

export const facetModes = ['ALL_FILTERS', 'OWN_FILTER_EXCLUDED'] as const
export type FacetMode = (typeof facetModes)[number]

/** What is counted together: the requests whose dimensions have the same filter. */
interface Batch {
  filter: SessionFilter
  requests: FacetRequest[]
}

/**
 * Counts the matching sessions per value of each dimension asked for, all in one statement and so from one snapshot.
 * Gives each request's pages, in the order of the requests: one of its dimension, or none if no value occurs; of labels
 * one a key, by code points. `INVALID_INPUT` for a filter that breaks a rule.
 */
export async function countFacets(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  mode: FacetMode,
  requests: readonly FacetRequest[],
): Promise<FacetPage[][]> {
  requireFilter(filter)
  if (requests.length === 0) return []
  const batches = new Map<string, Batch & { number: number }>()
  const placed = requests.map((request) => {
    const ignored = mode === 'OWN_FILTER_EXCLUDED' ? ownFilter(request.dimension, filter) : []
    const key = JSON.stringify(ignored)
    const batch = batches.get(key) ?? {
      filter: { ...filter, ...Object.fromEntries(ignored) },
      requests: [],
      number: batches.size,
    }
    batches.set(key, batch)
    batch.requests.push(request)
    return { ...request, batch: batch.number }
  })
  const tallies = [...batches.values()].flatMap((batch) => tally(scope, batch, batch.number))
  return pageCounts(db, tallies, scope.organizationId, placed)
}

/** The members by which the filter narrows the dimension itself, as they are when they do not. */
function ownFilter(dimension: Dimension, filter: SessionFilter): [string, unknown][] {
  return Object.entries(dimensionOf(dimension).unfiltered).filter(
    ([name, value]) => (filter[name as keyof SessionFilter] ?? null) !== value,
  )
}

/** The counts of a batch: at most one scan for each kind of dimension. */
function tally(scope: SessionScope, { filter, requests }: Batch, number: number): Sql[] {
  const dimensions = [...new Set(requests.map(({ dimension }) => dimension))]
  const ready = hasReadyValues(filter) ? dimensions.filter((name) => valueDimensions.includes(name)) : []
  const columns = dimensions.filter((name) => name !== 'labels' && !ready.includes(name))
  const tallies = [
    ...(ready.length > 0 ? [tallyValues(valueRows(scope, filter), ready)] : []),
    ...(columns.length > 0 ? [tallyColumns(columnRows(scope, filter, columnsOf(columns)), columns)] : []),
    ...(dimensions.includes('labels') ? [tallyLabels(labelRows(scope, filter, labelKeys(requests)))] : []),
  ]
  return tallies.map((one) => sql`select ${number}::int as batch, t.* from (${one}) t where t.count > 0`)
}

function columnsOf(dimensions: readonly Dimension[]): SourceColumn[] {
  return dimensions.flatMap((name) => dimensionOf(name).column ?? [])
}

/** The label keys that the requests name; null when one wants all. */
function labelKeys(requests: readonly FacetRequest[]): string[] | null {
  const keys: string[] = []
  for (const request of requests) {
    if (request.dimension !== 'labels') continue
    if (request.keys === null) return null
    keys.push(...request.keys)
  }
  return keys
}
