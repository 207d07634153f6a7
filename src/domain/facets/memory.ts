import { LRUCache } from 'lru-cache'
import { type Sql, sql } from '../../db/prisma.js'
import { columnsRead, type SessionScope } from '../session/filter.js'
import type { Batch } from './batch.js'
import { isOfIds } from './dimensions.js'
import type { CountedId } from './ids.js'
import type { FacetPage, PageRow } from './paging.js'
import type { FacetRequest } from './request.js'

/** How many values all that is remembered holds together; a place takes up as many as it has room for. */
const MAX_VALUES = 100_000
const VALUE_BYTES = 100

/** What a request came to: its pages, or where values are ids all of them, as names change while counts stand. */
type Answer = { pages: readonly FacetPage[] } | { ids: readonly CountedId[] }

/** Answers with the version of the roll-ups that they were counted from. */
export type Remembered = Answer & { version: string }

/** Answers as they last were: each is one again only while the roll-ups are what they were. */
export type FacetMemory = LRUCache<string, Remembered>

export function createFacetMemory(): FacetMemory {
  return new LRUCache({
    maxSize: MAX_VALUES,
    // Callers choose how long a filter is, and so its place.
    sizeCalculation: (answer, place) => Math.ceil(place.length / VALUE_BYTES) + sizeOf(answer),
  })
}

const sizeOf = (answer: Answer) =>
  'ids' in answer ? answer.ids.length : answer.pages.reduce((sum, { values }) => sum + values.length, 0)

/** Whether counts under the filter stand while the roll-ups do: deltas follow every column that it reads. */
export function isRecallable({ filter }: Batch): boolean {
  return !columnsRead(filter).has('session')
}

/** Where the memory has the answer to a request. Requests for ids of one dimension share it, whatever their page. */
export function placeOf(scope: SessionScope, { filter }: Batch, request: FacetRequest): string {
  return JSON.stringify([scope, filter, isOfIds(request.dimension) ? request.dimension : request])
}

/** What a request's rows are remembered as; null where the ids are too many. */
export function answerOf(
  request: FacetRequest,
  pages: readonly FacetPage[],
  [row]: readonly PageRow[],
): Answer | null {
  if (!isOfIds(request.dimension)) return { pages }
  return row?.ids ? { ids: row.ids } : null
}

/**
 * A statement's subquery of one row: what the roll-ups of the scope hold, as `version`. Null while deltas are pending:
 * then they do not say all. The same version is the same counts, since whoever folds or mends gives a new one.
 */
export function foldedVersion({ organizationId, workspaceIds }: SessionScope): Sql {
  const here = sql`organization_id = ${organizationId}::uuid and workspace_id = any(${[...workspaceIds]}::uuid[])`
  return sql`
    select case when not exists (select from facet_deltas where ${here}) then (
      select string_agg(version::text, ' ' order by workspace_id) from facet_versions where ${here}
    ) end as version`
}
