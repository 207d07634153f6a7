import { foldSearched, type TextTest } from '../../session/search.js'
import type { Slices } from '../../slices.js'
import { splitKeyed } from '../label.js'
import type { SearchTexts, TextPart } from './search-texts.js'
import type { TextTable } from './text-table.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** Beyond so many labels, agents or models the index of the database is quicker than to fold each of them. */
const MAX_TEXTS = 50_000

/** Whether the columns can tell what a search finds. */
export function canSearch({ texts, lists, codes }: WorkspaceColumns): boolean {
  return (
    texts !== null && [lists.labels, codes.agent, codes.model].every(({ table }) => table.size <= MAX_TEXTS)
  )
}

/** A mark for each row that passes all of the tests; the same rows that the database finds. */
export async function rowsWithTexts(
  columns: WorkspaceColumns,
  tests: readonly TextTest[],
  slices: Slices,
): Promise<Uint8Array> {
  // Texts may be given up meanwhile: what is asked now is still answered from them.
  const { texts } = columns
  let found: Uint8Array | null = null
  for (const test of tests) {
    const marks = await rowsWith(columns, texts, test, slices)
    if (found !== null)
      for (let row = 0; row < marks.length; row++) (marks[row] as number) &= found[row] as number
    found = marks
  }
  return found ?? new Uint8Array(columns.rows).fill(1)
}

async function rowsWith(
  columns: WorkspaceColumns,
  texts: SearchTexts | null,
  { folded, fields }: TextTest,
  slices: Slices,
): Promise<Uint8Array> {
  const marks = new Uint8Array(columns.rows)
  if (folded === '' && fields.length > 0) return marks.fill(1)
  const part = partOf(fields.includes('TITLE'), fields.includes('PREVIEW'))
  if (part !== null) await texts?.mark(Buffer.from(folded), part, marks, slices)
  for (const [field, { table, codes }] of [
    ['AGENT', columns.codes.agent],
    ['MODEL', columns.codes.model],
  ] as const) {
    if (!fields.includes(field)) continue
    const chosen = codesWith(table, folded, (text) => text)
    if (chosen === null) continue
    for (let row = 0; row < marks.length; row++)
      (marks[row] as number) |= chosen[codes[row] as number] as number
    if (slices.isOver) await slices.rest()
  }
  if (fields.includes('LABELS')) await markLabels(columns, folded, marks, slices)
  return marks
}

function partOf(before: boolean, behind: boolean): TextPart | null {
  if (before) return behind ? 'either' : 'before'
  return behind ? 'behind' : null
}

async function markLabels(
  { lists: { labels } }: WorkspaceColumns,
  folded: string,
  marks: Uint8Array,
  slices: Slices,
): Promise<void> {
  const { table, starts, pool } = labels
  const chosen = codesWith(table, folded, (text) => splitKeyed(text, ':')[1])
  if (chosen === null) return
  for (let row = 0; row < marks.length; row++) {
    if (slices.isOverByStep) await slices.rest()
    const start = starts[row] as number
    if (start === 0 || marks[row] === 1) continue
    const end = start + (pool[start] as number)
    for (let at = start + 1; at <= end; at++) (marks[row] as number) |= chosen[pool[at] as number] as number
  }
}

/** A mark for each code whose text has the folded one; null when there is none. */
function codesWith(table: TextTable, folded: string, searched: (text: string) => string): Uint8Array | null {
  const marks = new Uint8Array(table.size)
  let some = false
  for (let code = 1; code < table.size; code++) {
    if (!foldSearched(searched(table.textOf(code))).includes(folded)) continue
    marks[code] = 1
    some = true
  }
  return some ? marks : null
}
