import { type Db, prepare } from '../../db/prisma.js'
import type { SessionScope } from '../session/filter.js'
import type { FacetPage } from './lists.js'
import { currentVersion, type FacetMemory, findKnown, type Known, type PlacedBatch } from './memory.js'

/**
 * The pages of requests that are all remembered, of one version, if it is still the version; else null. One small
 * statement makes sure of it.
 */
export async function recallFacets(
  db: Db,
  scope: SessionScope,
  batches: readonly PlacedBatch[],
  memory: FacetMemory,
): Promise<FacetPage[][] | null> {
  const known = findAllKnown(batches, memory)
  if (known === null) return null
  const [row] = await db.$queryRaw<{ version: string | null }[]>(prepare(currentVersion(scope)))
  return row?.version === known[0]?.version ? known.map(({ pages }) => pages()) : null
}

/** What is known, by the numbers of the requests; null unless it is all of them in one version. */
function findAllKnown(batches: readonly PlacedBatch[], memory: FacetMemory): Known[] | null {
  const all: Known[] = []
  let version: string | undefined
  for (const batch of batches)
    for (const [number, request] of batch.requests) {
      const known = findKnown(memory, batch, request)
      version ??= known?.version
      if (known === null || known.version !== version) return null
      all[number] = known
    }
  return all
}
