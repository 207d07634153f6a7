import type { Db, Sql } from '../../db/sql.js'
import { compareCodePoints } from '../../rules/text.js'
import type { SessionFilter, SessionScope } from '../session/filter.js'
import { requireFilter } from '../session/filter-rules.js'
import { type FacetMode, toBatches } from './batch.js'
import { countInColumns, workspaceOf } from './columns/count.js'
import type { HeldColumns } from './columns/held-columns.js'
import { countInDatabase } from './count-by-sql.js'
import { type FacetPage, MAX_LISTED_KEYS } from './lists.js'
import type { CountAnswer, CountQuestion, PlannedQuestion } from './question.js'
import type { FacetRequest } from './request.js'
import { layOut } from './timeline.js'

/** Where sessions are counted. */
export interface Counting {
  db: Db
  /** Null where the database counts everything. */
  columns: HeldColumns | null
}

/** Runs what counts, where the current operation reads. */
export type Count = <Result>(act: (counting: Counting) => Promise<Result>) => Promise<Result>

/**
 * Answers questions about the sessions of a scope, all from one snapshot: from columns where they are held, else by one
 * statement. Rows of a relation, with their `position`, may be read along. `INVALID_INPUT` for a filter that breaks a rule.
 */
export async function answerCounts(
  { db, columns }: Counting,
  scope: SessionScope,
  questions: readonly CountQuestion[],
  rows: Sql | null = null,
): Promise<{ answers: CountAnswer[]; rows: Record<string, unknown>[] }> {
  const planned = questions.map((question): PlannedQuestion => {
    requireFilter(question.filter)
    return { ...question, batches: toBatches(question.filter, question.mode, question.requests) }
  })
  const held = columns === null ? null : await countInColumns(db, columns, scope, planned, rows)
  const found = held ?? (await countInDatabase(db, scope, planned, rows).finally(readFor(columns, scope)))
  const answers: CountAnswer[] = []
  for (const [number, { pages, total, cells }] of found.answers.entries()) {
    const { requests, timeline } = questions[number] as CountQuestion
    answers.push({
      total,
      timeline: timeline === null ? null : await layOut(cells, timeline),
      pages: requests.map((_, at) =>
        inOrder(pages.filter(([request]) => request === at).flatMap(([, parts]) => parts)),
      ),
    })
  }
  return { answers, rows: found.rows }
}

/** Has columns read for the next question, once the database is done with this one: both at once would hold it up. */
function readFor(columns: HeldColumns | null, scope: SessionScope): () => void {
  const workspaceKey = workspaceOf(scope)
  return () => {
    if (workspaceKey !== null && columns?.holds(workspaceKey) === false) columns.startReading(workspaceKey)
  }
}

/** The pages of a request whose parts were counted apart. */
function inOrder(pages: FacetPage[]): FacetPage[] {
  if (pages.length < 2) return pages
  return pages.sort((a, b) => compareCodePoints(a.key ?? '', b.key ?? '')).slice(0, MAX_LISTED_KEYS)
}

/** Counts the matching sessions per value of each dimension asked for: `answerCounts` of one question. */
export async function countFacets(
  counting: Counting,
  scope: SessionScope,
  filter: SessionFilter,
  mode: FacetMode,
  requests: readonly FacetRequest[],
): Promise<FacetPage[][]> {
  const question = { filter, mode, requests, total: false, timeline: null }
  const { answers } = await answerCounts(counting, scope, [question])
  return answers[0]?.pages ?? []
}
