import { type Db, type Sql, sql } from '../../db/prisma.js'
import type { SessionFilter, SessionScope } from '../session/filter.js'
import { requireFilter } from '../session/filter-rules.js'
import { askForLists, askForPages } from './answers.js'
import { type FacetMode, tallyBatch, toBatches } from './batch.js'
import type { FacetPage } from './lists.js'
import { currentVersion, type FacetMemory, isRecallable, type PlacedBatch, placeBatch } from './memory.js'
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
  const batches = toBatches(filter, mode, requests).map((batch) => placeBatch(scope, batch))
  const recalls = memory !== undefined && batches.every(isRecallable)
  const recalled = recalls ? await recallFacets(db, scope, batches, memory) : null
  return recalled ?? countBatches(db, scope, batches, recalls ? currentVersion(scope) : noVersion, memory)
}

const noVersion = sql`select null as version`

/** Counts what the batches ask for; remembers it where there is a version, and of the rest only what is too much to list. */
async function countBatches(
  db: Db,
  scope: SessionScope,
  batches: readonly PlacedBatch[],
  version: Sql,
  memory: FacetMemory | undefined,
  large: ReadonlySet<string> = new Set(),
): Promise<FacetPage[][]> {
  const statement: FacetStatement = { version, relations: [], answers: [] }
  const parts = batches.flatMap((batch) =>
    tallyBatch(scope, batch, (rows) => addRelation(statement, rows)).map((tally) => {
      const { places } = batch
      const lists = tally.requests.map(([, request]) => places.lists(request))
      const isLarge = lists.some((place) => large.has(place) || memory?.get(place) === 'large')
      const ask = isLarge ? askForPages : askForLists
      return { tally, places, lists, read: ask(statement, tally, scope.organizationId) }
    }),
  )
  // The best plan for sessions themselves depends on the values: a label may be on eight of them, or on every eighth.
  const isPlannedOnce = !batches.some(({ filter }) => needsSessions(filter))
  const { version: counted, answers } = await runFacetStatement(db, statement, { isPlannedOnce })
  const found: FacetPage[][] = []
  const tooLong: string[] = []
  for (const { tally, places, lists, read } of parts) {
    const answer = read(answers)
    if (answer === null) tooLong.push(...lists)
    else
      for (const [number, request] of tally.requests) {
        const { pages, kept } = answer(request)
        found[number] = pages
        if (memory === undefined || counted === null || kept === null) continue
        const place = 'lists' in kept ? places.lists(request) : places.pages(request)
        memory.set(place, { ...kept, version: counted })
      }
  }
  if (tooLong.length === 0) return found
  for (const place of tooLong) memory?.set(place, 'large')
  return countBatches(db, scope, batches, version, memory, new Set([...large, ...tooLong]))
}
