import { type Db, join, prepare, raw, type Sql, sql } from '../../db/prisma.js'
import type { SessionFilter, SessionScope } from '../session/filter.js'
import { requireFilter } from '../session/filter-rules.js'
import type { SourceColumn } from '../session/source.js'
import { type Dimension, dimensionOf } from './dimensions.js'
import { type FacetPage, type PageRow, pageOf, readPage } from './paging.js'
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

/** What is counted together: the requests whose dimensions have the same filter. */
interface Batch {
  filter: SessionFilter
  requests: FacetRequest[]
}

/** Adds a relation to the statement that is being built; gives its name. */
type AddRelation = (rows: Sql) => Sql

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
  const relations: Sql[] = []
  const add: AddRelation = (rows) => {
    const name = raw(`counted_${relations.length}`)
    // Each is planned by itself: as arms of one union they would share the workers of a parallel plan.
    relations.push(sql`${name} as materialized (${rows})`)
    return name
  }
  const pages: Sql[] = []
  for (const batch of batchRequests(filter, mode, requests)) {
    const tallies = tallyBatch(scope, batch, add)
    for (const request of batch.requests) {
      const tally = tallies.get(request.dimension) as Sql
      pages.push(pageOf(request, requests.indexOf(request), tally, scope.organizationId))
    }
  }
  const rows = await db.$queryRaw<PageRow[]>(
    prepare(sql`with ${join(relations)} (${join(pages, ') union all (')})`),
  )
  return requests.map((request, number) =>
    rows.filter((row) => row.request === number).map((row) => readPage(request, row)),
  )
}

function batchRequests(filter: SessionFilter, mode: FacetMode, requests: readonly FacetRequest[]): Batch[] {
  const batches = new Map<string, Batch>()
  for (const request of requests) {
    const ignored = mode === 'OWN_FILTER_EXCLUDED' ? ownFilter(request.dimension, filter) : []
    const key = JSON.stringify(ignored)
    const batch = batches.get(key) ?? { filter: { ...filter, ...Object.fromEntries(ignored) }, requests: [] }
    batches.set(key, batch)
    batch.requests.push(request)
  }
  return [...batches.values()]
}

/** The members by which the filter narrows the dimension itself, as they are when they do not. */
function ownFilter(dimension: Dimension, filter: SessionFilter): [string, unknown][] {
  return Object.entries(dimensionOf(dimension).unfiltered).filter(
    ([name, value]) => (filter[name as keyof SessionFilter] ?? null) !== value,
  )
}

/** The relation that has a dimension's counts; there is at most one scan for each kind of dimension. */
function tallyBatch(scope: SessionScope, { filter, requests }: Batch, add: AddRelation): Map<Dimension, Sql> {
  const dimensions = [...new Set(requests.map(({ dimension }) => dimension))]
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
function labelKeys(requests: readonly FacetRequest[]): string[] | null {
  const keys: string[] = []
  for (const request of requests) {
    if (request.dimension !== 'labels') continue
    if (request.keys === null) return null
    keys.push(...request.keys)
  }
  return keys
}
