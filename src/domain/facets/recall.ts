import type { Db } from '../../db/prisma.js'
import type { SessionScope } from '../session/filter.js'
import type { Batch } from './batch.js'
import { tallyOfIds } from './ids.js'
import { type FacetMemory, foldedVersion, placeOf, type Remembered } from './memory.js'
import { type FacetPage, pagesOf, readPages } from './paging.js'
import type { FacetRequest } from './request.js'
import { addRelation, type FacetStatement, runFacetStatement } from './statement.js'

type Known = [number: number, request: FacetRequest, entry: Remembered]

/**
 * The pages of requests that are all remembered, of one version, if it is still the version; else null. One statement
 * makes sure of it and reads the names of owners and projects.
 */
export async function recallFacets(
  db: Db,
  scope: SessionScope,
  batches: readonly Batch[],
  memory: FacetMemory,
): Promise<FacetPage[][] | null> {
  const known = findKnown(scope, batches, memory)
  if (known === null) return null
  const statement: FacetStatement = { version: foldedVersion(scope), relations: [], pages: [] }
  const pages: FacetPage[][] = []
  const named: [number, FacetRequest][] = []
  for (const [number, request, entry] of known) {
    if ('pages' in entry) pages[number] = [...entry.pages]
    else {
      const tally = addRelation(statement, tallyOfIds(request.dimension, entry.ids))
      const tallies = new Map([[request.dimension, tally]])
      statement.pages.push(...pagesOf([[number, request]], tallies, scope.organizationId))
      named.push([number, request])
    }
  }
  const rows = await runFacetStatement(db, statement, { isPlannedOnce: true })
  if (rows.version !== known[0]?.[2].version) return null
  for (const [number, request] of named) pages[number] = readPages(request, rows.of(number))
  return pages
}

function findKnown(scope: SessionScope, batches: readonly Batch[], memory: FacetMemory): Known[] | null {
  const known: Known[] = []
  for (const batch of batches)
    for (const [number, request] of batch.requests) {
      const entry = memory.get(placeOf(scope, batch, request))
      if (entry === undefined || entry.version !== (known[0]?.[2] ?? entry).version) return null
      known.push([number, request, entry])
    }
  return known
}
