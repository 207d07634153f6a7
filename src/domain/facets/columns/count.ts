import type { Db, Project, Sql, User } from '../../../db/sql.js'
import { type SessionFilter, type SessionScope, testsOf, textTestsOf } from '../../session/filter.js'
import type { TextTest } from '../../session/search.js'
import { Slices } from '../../slices.js'
import type { WorkspaceKey } from '../../viewer.js'
import { dimensionOf, isNamed, type NamedDimension } from '../dimensions.js'
import { type NamedRow, toRow } from '../lists.js'
import type { PlannedAnswer, PlannedAnswers, PlannedQuestion } from '../question.js'
import { toBuffer } from './change-log.js'
import { countersOf, timelineCounter } from './counter-of.js'
import { type Counter, type Grouped, TotalCounter } from './counters.js'
import type { HeldColumns } from './held-columns.js'
import { type Found, lookupsOf, needsOfAll, search } from './lookups.js'
import { runScans, type Scan } from './scan.js'
import { canSearch, rowsWithTexts } from './text-search.js'
import type { NamedRows } from './value-lists.js'
import { pagesOf } from './values.js'
import type { ColumnsView } from './waiting.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** The one workspace of a scope, whose columns can tell; null where there are several. */
export function workspaceOf({ organizationId, workspaceIds }: SessionScope): WorkspaceKey | null {
  const [workspaceId, ...others] = workspaceIds
  return workspaceId === undefined || others.length > 0 ? null : { organizationId, workspaceId }
}

/** Counts from columns in memory; null where they are not there, or cannot tell. */
export async function countInColumns(
  db: Db,
  held: HeldColumns,
  scope: SessionScope,
  questions: readonly PlannedQuestion[],
  rows: Sql | null,
): Promise<PlannedAnswers | null> {
  const workspaceKey = workspaceOf(scope)
  if (workspaceKey === null || !held.holds(workspaceKey)) return null
  const needs = needsOfAll(questions, scope)
  const sought = questions.map(({ filter }) => textTestsOf(filter))
  const inMemory = sought.some((tests) => tests.length > 0) && held.searches(workspaceKey)
  const searches = await Promise.all(
    questions.map((question, number) =>
      sought[number]?.length && !inMemory ? search(db, workspaceKey, scope, question) : null,
    ),
  )
  let found: PlannedAnswers | null = null
  const answered = await held.ask(workspaceKey, {
    lookups: (columns) => lookupsOf(columns, workspaceKey, scope, needs, searches),
    varies: searches.some((one) => one !== null),
    rows,
    work: async (view) => {
      if (searches.some((one) => one !== null && one.seen.log !== view.seen.log)) return
      if (inMemory && !canSearch(view.columns)) return
      const texts = inMemory ? sought : []
      found = { answers: await countAll(view, scope, questions, { searches, texts }), rows: view.rows }
    },
  })
  return answered ? found : null
}

async function countAll(
  view: ColumnsView,
  scope: SessionScope,
  questions: readonly PlannedQuestion[],
  { searches, texts }: { searches: readonly (Found | null)[]; texts: readonly TextTest[][] },
): Promise<PlannedAnswer[]> {
  const { columns, looked } = view
  const { userId } = scope
  const names = new Map<string, string>()
  for (const [id, name] of (looked.agentNames ?? []) as [string, string][]) names.set(id, name)
  const context = {
    userId,
    agentNames: (ids: readonly string[]) => ids.flatMap((id) => names.get(id) ?? []),
  }
  const slices = new Slices()
  const pinned = 'pins' in looked ? await marksOf(columns, looked.pins, slices) : new Uint8Array(0)
  const marks: (Uint8Array | null)[] = []
  for (const [number, found] of searches.entries()) {
    const tests = texts[number] ?? []
    marks.push(
      tests.length > 0
        ? await rowsWithTexts(columns, tests, slices)
        : await foundRows(view, number, found, slices),
    )
  }
  const scans: Scan[] = []
  const reads = questions.map((question, number) => {
    const found = marks[number] ?? null
    const byFilter = new Map<string, Counter[]>()
    const scan = (filter: SessionFilter, counters: readonly Counter[]) => {
      const key = JSON.stringify(filter)
      const before = byFilter.get(key)
      if (before !== undefined) before.push(...counters)
      else {
        const all = [...counters]
        byFilter.set(key, all)
        scans.push({ userId, condition: testsOf(filter, context), found, counters: all })
      }
    }
    const total = question.total ? new TotalCounter() : null
    const counted = question.batches.map(({ filter, requests }) => {
      const grouped = countersOf(
        columns,
        requests.map(([, request]) => request),
      )
      scan(filter, [...new Set(grouped.values())])
      return { requests, grouped }
    })
    const timeline = question.timeline === null ? null : timelineCounter(columns, question.timeline)
    const whole = [total, timeline].filter((counter) => counter !== null)
    if (whole.length > 0) scan(question.filter, whole)
    return async (named: Record<NamedDimension, NamedRows>): Promise<PlannedAnswer> => {
      const pages: PlannedAnswer['pages'] = []
      for (const { requests, grouped } of counted)
        for (const [at, request] of requests) {
          const { dimension, withChosen } = request
          const chosen = withChosen ? (dimensionOf(dimension).chosen?.(question.filter, userId) ?? []) : []
          const of = grouped.get(dimension) as Grouped
          const rows = isNamed(dimension) ? named[dimension] : noRows
          const found = { columns, grouped: of, named: rows, chosen }
          pages.push([at, await pagesOf(request, found, slices)])
        }
      return { total: total?.count ?? null, cells: (await timeline?.cells(slices)) ?? [], pages }
    }
  })
  await runScans(scans, { columns, pinned }, slices)
  const named = { users: readNamed(looked.users), projects: readNamed(looked.projects) }
  const answers: PlannedAnswer[] = []
  for (const read of reads) answers.push(await read(named))
  return answers
}

const noRows: NamedRows = new Map()

/** The rows that a search found, as they are in the view's snapshot. */
async function foundRows(
  { columns, looked }: ColumnsView,
  number: number,
  found: Found | null,
  slices: Slices,
): Promise<Uint8Array | null> {
  if (found === null) return null
  const marks = await marksOf(columns, found.ids, slices)
  await markRows(columns, marks, looked[`touched${number}`], 0, slices)
  await markRows(columns, marks, looked[`found${number}`], 1, slices)
  return marks
}

async function marksOf(columns: WorkspaceColumns, ids: unknown, slices: Slices): Promise<Uint8Array> {
  const marks = new Uint8Array(columns.rows)
  await markRows(columns, marks, ids, 1, slices)
  return marks
}

async function markRows(
  columns: WorkspaceColumns,
  marks: Uint8Array,
  ids: unknown,
  mark: number,
  slices: Slices,
): Promise<void> {
  if (!(ids instanceof Uint8Array)) return
  const bytes = toBuffer(ids)
  for (let at = 0; at < bytes.length; at += 16) {
    const row = columns.find(bytes, at)
    if (row >= 0) marks[row] = mark
    if (slices.isOverByStep) await slices.rest()
  }
}

function readNamed(json: unknown): NamedRows {
  const rows = new Map<string, User | Project>()
  for (const row of (json ?? []) as NamedRow[]) rows.set(row.id.replaceAll('-', ''), toRow(row))
  return rows
}
