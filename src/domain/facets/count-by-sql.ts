import { type Db, raw, type Sql, sql } from '../../db/sql.js'
import type { SessionScope } from '../session/filter.js'
import { type Batch, namedKeys } from './batch.js'
import { type Dimension, dimensionOf, isList } from './dimensions.js'
import { runOneStatement } from './one-statement.js'
import { type JsonPage, pagesOf, readPages } from './paging.js'
import type { PlannedAnswer, PlannedAnswers, PlannedQuestion } from './question.js'
import type { FacetRequest } from './request.js'
import { matchingSessions, tallyColumns, tallyList } from './tally.js'
import { cellsBySql, readCells } from './timeline.js'

/** A statement in the making. Whatever it reads, it reads in one snapshot. */
interface Statement {
  relations: { name: string; rows: Sql }[]
  values: Sql[]
}

/** Counts in the database, all questions in one statement. */
export async function countInDatabase(
  db: Db,
  scope: SessionScope,
  questions: readonly PlannedQuestion[],
  rows: Sql | null,
): Promise<PlannedAnswers> {
  const statement: Statement = { relations: [], values: [] }
  const parts = questions.map((question) => planQuestion(statement, scope, question))
  const found = await runOneStatement(db, { ...statement, rows })
  return { answers: parts.map((read) => read(found.values)), rows: found.rows }
}

type Read = (values: readonly unknown[]) => PlannedAnswer

function planQuestion(statement: Statement, scope: SessionScope, question: PlannedQuestion): Read {
  const { filter, total, batches } = question
  const context = { organizationId: scope.organizationId, filter, userId: scope.userId }
  const whole = batches.find((batch) => batch.filter === filter || sameFilter(batch.filter, filter))
  let totalAt: number | null = null
  const pages: { number: number; request: FacetRequest; at: number }[] = []
  for (const batch of batches) {
    const { from, tallies } = tallyBatch(statement, scope, batch)
    if (total && batch === whole) totalAt = addAnswer(statement, sql`select count(*)::int from ${from}`)
    for (const [number, request] of batch.requests) {
      const tally = tallies.get(request.dimension)
      if (tally === undefined) continue
      pages.push({ number, request, at: addAnswer(statement, pagesOf(request, tally, context)) })
    }
  }
  if (total && totalAt === null)
    totalAt = addAnswer(
      statement,
      sql`select count(*)::int from (${matchingSessions(scope, filter, { dimensions: [], sums: false })}) s`,
    )
  const { timeline } = question
  const cellsAt = timeline === null ? null : addAnswer(statement, cellsBySql(scope, filter, timeline))
  return (values) => ({
    cells: cellsAt === null ? [] : readCells(values[cellsAt]),
    pages: pages.map(({ number, request, at }) => [number, readPages(request, values[at] as JsonPage[])]),
    total: totalAt === null ? null : (values[totalAt] as number),
  })
}

const sameFilter = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b)

/** Adds the relations that count a batch: what matches, which is looked up once, and a tally of each kind. */
function tallyBatch(statement: Statement, scope: SessionScope, { filter, requests }: Batch) {
  const asked = requests.map(([, request]) => request)
  const dimensionsAsked = asked.map(({ dimension }) => dimension)
  const tallied = { dimensions: dimensionsAsked, sums: asked.some(({ sums }) => sums) }
  const from = addRelation(statement, matchingSessions(scope, filter, tallied))
  const tallies = new Map<Dimension, Sql>()
  const single = asked.filter(({ dimension }) => !isList(dimension))
  const hasSums = (some: FacetRequest[]) => some.some(({ sums }) => sums)
  if (single.length > 0) {
    const dimensions = [...new Set(single.map(({ dimension }) => dimension))]
    const relation = addRelation(statement, tallyColumns(from, dimensions, hasSums(single)))
    for (const dimension of dimensions) tallies.set(dimension, relation)
  }
  for (const { dimension } of asked) {
    if (!isList(dimension) || tallies.has(dimension)) continue
    const own = asked.filter((request) => request.dimension === dimension)
    const keys = dimensionOf(dimension).keyed ? namedKeys(own) : null
    tallies.set(dimension, addRelation(statement, tallyList(from, dimension, keys, hasSums(own))))
  }
  return { from, tallies }
}

/** Adds a relation, which is read once however many answers need it; gives its name. */
function addRelation({ relations }: Statement, rows: Sql): Sql {
  const name = `counted_${relations.length}`
  relations.push({ name, rows })
  return raw(name)
}

/** Adds an answer; gives its place among the answers. */
function addAnswer({ values }: Statement, value: Sql): number {
  return values.push(value) - 1
}
