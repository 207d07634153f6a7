import { type Db, sql } from '../../db/prisma.js'
import type { SessionFilter, SessionScope } from '../session/filter.js'
import { requireFilter } from '../session/filter-rules.js'
import { type Batch, type FacetMode, tallyBatch, toBatches } from './batch.js'
import { answerOf, type FacetMemory, foldedVersion, isRecallable, placeOf } from './memory.js'
import { type FacetPage, pagesOf, readPages } from './paging.js'
import { recallFacets } from './recall.js'
import type { FacetRequest } from './request.js'
import { needsSessions } from './rows.js'
import { addRelation, type FacetStatement, runFacetStatement } from './statement.js'

/**
 * Counts the matching sessions per value of each dimension asked for, all in one statement and so from one snapshot.
 * Gives each request's pages, in the order of the requests: one of its dimension, or none if no value occurs; of labels
 * one a key, by code points. With a memory, what a statement finds unchanged is not counted again.
 * `INVALID_INPUT` for a filter that breaks a rule.
 */
export async function countFacets(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  mode: FacetMode,
  requests: readonly FacetRequest[],
  memory?: FacetMemory,
): Promise<FacetPage[][]> {
  requireFilter(filter)
  if (requests.length === 0) return []
  const batches = toBatches(filter, mode, requests)
  if (memory === undefined || !batches.every(isRecallable)) return countBatches(db, scope, batches)
  return (await recallFacets(db, scope, batches, memory)) ?? (await countBatches(db, scope, batches, memory))
}

/** Counts what the batches ask for, and remembers it where there is a memory. */
async function countBatches(
  db: Db,
  scope: SessionScope,
  batches: readonly Batch[],
  memory?: FacetMemory,
): Promise<FacetPage[][]> {
  const statement: FacetStatement = {
    version: memory ? foldedVersion(scope) : sql`select null as version`,
    relations: [],
    pages: [],
  }
  for (const batch of batches) {
    const tallies = tallyBatch(scope, batch, (rows) => addRelation(statement, rows))
    statement.pages.push(...pagesOf(batch.requests, tallies, scope.organizationId, memory !== undefined))
  }
  // The best plan for sessions themselves depends on the values: a label may be on eight of them, or on every eighth.
  const isPlannedOnce = !batches.some(({ filter }) => needsSessions(filter))
  const rows = await runFacetStatement(db, statement, { isPlannedOnce })
  const found: FacetPage[][] = []
  for (const batch of batches)
    for (const [number, request] of batch.requests) {
      const own = rows.of(number)
      const pages = readPages(request, own)
      found[number] = pages
      const answer = answerOf(request, pages, own)
      if (memory && rows.version !== null && answer)
        memory.set(placeOf(scope, batch, request), { ...answer, version: rows.version })
    }
  return found
}
