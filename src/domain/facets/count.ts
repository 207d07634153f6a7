import { type Db, join, prepare, raw, type Sql, sql } from '../../db/prisma.js'
import { columnsRead, type SessionFilter, type SessionScope } from '../session/filter.js'
import { requireFilter } from '../session/filter-rules.js'
import { type AddRelation, type FacetMode, tallyBatch, toBatches } from './batch.js'
import { type FacetMemory, foldedVersion, recallLabels } from './memory.js'
import { type FacetPage, type PageRow, pageOf, readPage } from './paging.js'
import type { FacetRequest } from './request.js'

/**
 * Counts the matching sessions per value of each dimension asked for, all in one statement and so from one snapshot.
 * Gives each request's pages, in the order of the requests: one of its dimension, or none if no value occurs; of labels
 * one a key, by code points. With a memory, labels that the statement finds unchanged are not counted again.
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
  const recalls = batches.map((batch) => memory && recallLabels(memory, scope, batch))
  const relations = [
    sql`folded as materialized (${memory ? foldedVersion(scope) : sql`select null as version`})`,
  ]
  const add: AddRelation = (rows) => {
    const name = raw(`counted_${relations.length}`)
    // Each is planned by itself: as arms of one union they would share the workers of a parallel plan.
    relations.push(sql`${name} as materialized (${rows})`)
    return name
  }
  const pages = batches.flatMap((batch, index) => {
    const tallies = tallyBatch(scope, batch, add, recalls[index]?.isChanged)
    return batch.requests.map(([number, request]) =>
      pageOf(request, number, tallies.get(request.dimension) as Sql, scope.organizationId),
    )
  })
  const statement = sql`
    with ${join(relations)}
    select folded.version, page.* from folded left join ((${join(pages, ') union all (')})) page on true`
  // Without an order or a limit, one plan is as good for any label as for another; for a text it is not.
  const isPlannedOnce = batches.every((batch) => !columnsRead(batch.filter).has('session'))
  const rows = await db.$queryRaw<CountedRow[]>(isPlannedOnce ? prepare(statement) : statement)
  const found = requests.map((request, number) =>
    rows.filter(isPageOf(number)).map((row) => readPage(request, row)),
  )
  for (const recall of recalls) recall?.complete(found, rows[0]?.version ?? null)
  return found
}

type CountedRow = (PageRow | { request: null }) & { version: string | null }

const isPageOf =
  (number: number) =>
  (row: CountedRow): row is PageRow & CountedRow =>
    row.request === number
