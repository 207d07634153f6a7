import { LRUCache } from 'lru-cache'
import { type Sql, sql } from '../../db/prisma.js'
import { columnsRead, type SessionScope } from '../session/filter.js'
import { currentNames } from '../tenancy/name-changes.js'
import { type Batch, labelKeys } from './batch.js'
import { cutPages, type FacetList, type FacetPage } from './lists.js'
import type { FacetRequest } from './request.js'

/** How many values all that is remembered holds together; a place takes up as many as it has room for. */
const MAX_VALUES = 100_000
const VALUE_BYTES = 100

/** All values of a dimension, or where they are too many to list, the pages of one request. */
export type Answer = { lists: readonly FacetList[] } | { pages: readonly FacetPage[] }

/** An answer with the version that it is counted from. */
export type Remembered = Answer & { version: string }

/**
 * Answers as they last were: each is one again only while the version is what it was. `large` stands for a tally of too
 * many values to list.
 */
export type FacetMemory = LRUCache<string, Remembered | 'large'>

export function createFacetMemory(): FacetMemory {
  return new LRUCache({
    maxSize: MAX_VALUES,
    // Callers choose how long a filter is, and so its place.
    sizeCalculation: (entry, place) => Math.ceil(place.length / VALUE_BYTES) + sizeOf(entry),
  })
}

function sizeOf(entry: Remembered | 'large'): number {
  if (entry === 'large') return 0
  const held: readonly FacetList[] = 'lists' in entry ? entry.lists : entry.pages
  return held.reduce((sum, { values }) => sum + values.length, 0)
}

/** Whether counts under the filter stand while the roll-ups do: deltas follow every column that it reads. */
export function isRecallable({ filter }: Batch): boolean {
  return !columnsRead(filter).has('session')
}

/** Where the memory has what is counted of a batch. */
interface Places {
  /** The lists of a request's dimension. */
  lists: (request: FacetRequest) => string
  /** The pages of a request, where the lists are too long. */
  pages: (request: FacetRequest) => string
}

export interface PlacedBatch extends Batch {
  places: Places
}

export function placeBatch(scope: SessionScope, batch: Batch): PlacedBatch {
  const { filter, requests } = batch
  const asked = JSON.stringify([scope, filter])
  const keys = JSON.stringify(labelKeys(requests.filter(([, { dimension }]) => dimension === 'labels')))
  const places: Places = {
    lists: ({ dimension }) => `${asked} ${dimension} ${dimension === 'labels' ? keys : ''}`,
    pages: (request) => `${asked} ${JSON.stringify(request)}`,
  }
  return { ...batch, places }
}

/** A remembered answer to one request, and its version. */
export interface Known {
  version: string
  pages: () => FacetPage[]
}

/** What is remembered of a request, whether it still holds or not. */
export function findKnown(memory: FacetMemory, { places }: PlacedBatch, request: FacetRequest): Known | null {
  const lists = memory.get(places.lists(request))
  const entry = lists === 'large' ? memory.get(places.pages(request)) : lists
  if (entry === undefined || entry === 'large') return null
  const { version } = entry
  return { version, pages: () => ('lists' in entry ? cutPages(entry.lists, request) : [...entry.pages]) }
}

/**
 * A statement's subquery of one row: what the roll-ups of the scope hold and how users and projects are named, as
 * `version`. Null while deltas are pending: then the roll-ups do not say all. The same version is the same counts and
 * names, since whoever folds, mends or renames gives a new one.
 */
export function currentVersion({ organizationId, workspaceIds }: SessionScope): Sql {
  const here = sql`organization_id = ${organizationId}::uuid and workspace_id = any(${[...workspaceIds]}::uuid[])`
  return sql`
    select case when not exists (select from facet_deltas where ${here}) then (
      select string_agg(version::text, ' ' order by workspace_id) from facet_versions where ${here}
    ) || ' named ' || ${currentNames} end as version`
}
