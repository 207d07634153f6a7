import type { Db } from '../../db/prisma.js'
import type { Session } from '../session/fields.js'
import { MAX_PAGE_BYTES } from '../transcript/page-bytes.js'
import { type Observation, placeResults } from './observations.js'
import { findContents, findPrompts, findRows, type TrajectoryRow } from './rows.js'

/**
 * The system prompts to give before rows, by the rows' seqs: wherever it changes to another that is not empty, and where
 * wanted also to none. The rows end before their prompts amount to more than a page.
 */
export async function readPrompts(
  db: Db,
  session: Session,
  given: number | null,
  rows: readonly TrajectoryRow[],
  withNone: boolean,
) {
  const segments = [given, ...rows.map(({ segment }) => segment)].filter((segment) => segment !== null)
  const promptOf = await findPrompts(db, session, [...new Set(segments)])
  const prompts = new Map<number, string | null>()
  const kept: TrajectoryRow[] = []
  let current = (given !== null && promptOf.get(given)) || null
  for (const row of rows) {
    const prompt = row.segment === null ? null : promptOf.get(row.segment)
    if (prompt === undefined) break
    kept.push(row)
    if ((!withNone && !prompt) || prompt === current) continue
    current = prompt
    prompts.set(row.seq, prompt)
  }
  return { rows: kept, prompts }
}

/** What tools gave back to the steps of these rows, which end before it amounts to more than a page. */
export async function readResults(
  db: Db,
  session: Session,
  { includeCompacted, extended }: { includeCompacted: boolean; extended: boolean },
  rows: readonly TrajectoryRow[],
) {
  const agents = rows.filter(({ role, isSummary }) => role === 'assistant' && !isSummary)
  const placed = await placeResults(db, session, includeCompacted, agents)
  const kept = withinPage(rows, placed)
  const steps = new Set(kept.map(({ seq }) => seq))
  const wanted = placed.filter(({ target }) => steps.has(target))
  const seqs = wanted.map(({ seq }) => seq)
  const whole = extended ? await findRows(db, session, seqs) : null
  const contents = whole ?? (await findContents(db, session, seqs))
  const observations = wanted.flatMap((result): Observation[] => {
    const content = contents.get(result.seq)?.content
    return content === undefined ? [] : [{ ...result, content }]
  })
  return { rows: kept, results: { observations, results: whole } }
}

/** The first row, and those after it while their results fit. */
function withinPage(
  rows: readonly TrajectoryRow[],
  placed: readonly { target: number; bytes: number }[],
): readonly TrajectoryRow[] {
  const bytesOf = new Map<number, number>()
  for (const { target, bytes } of placed) bytesOf.set(target, (bytesOf.get(target) ?? 0) + bytes)
  let bytes = 0
  const end = rows.findIndex(({ seq }, index) => {
    bytes += bytesOf.get(seq) ?? 0
    return index > 0 && bytes > MAX_PAGE_BYTES
  })
  return end === -1 ? rows : rows.slice(0, end)
}
