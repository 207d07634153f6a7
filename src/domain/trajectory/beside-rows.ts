import type { Db } from '../../db/sql.js'
import type { Session } from '../session/fields.js'
import { MAX_PAGE_BYTES } from '../transcript/page-bytes.js'
import { type AnchoredResult, anchorResults, type Observation } from './observations.js'
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
  const anchored = await anchorResults(db, session, includeCompacted, agents)
  const kept = withinPage(rows, anchored)
  const wanted = anchoredAt(kept, anchored)
  const seqs = wanted.map(({ seq }) => seq)
  if (!extended) {
    const contents = await findContents(db, session, seqs)
    return { rows: kept, results: { observations: observe(wanted, contents), results: null } }
  }
  const whole = await findRows(db, session, seqs)
  const prompted = await findPromptsOfResults(db, session, kept, wanted, whole)
  return {
    rows: prompted.rows,
    results: {
      observations: observe(anchoredAt(prompted.rows, wanted), whole),
      results: { rows: whole, prompts: prompted.prompts },
    },
  }
}

function anchoredAt(rows: readonly TrajectoryRow[], anchored: readonly AnchoredResult[]): AnchoredResult[] {
  const steps = new Set(rows.map(({ seq }) => seq))
  return anchored.filter(({ target }) => steps.has(target))
}

function observe(
  anchored: readonly AnchoredResult[],
  contents: ReadonlyMap<number, { content: string }>,
): Observation[] {
  return anchored.flatMap((result) => {
    const content = contents.get(result.seq)?.content
    return content === undefined ? [] : [{ ...result, content }]
  })
}

/**
 * The system prompts of results under another one than their step, by the results' seqs. The rows end before a step whose
 * results have more of them than fit into a page; of the first step they are read whatever their size.
 */
async function findPromptsOfResults(
  db: Db,
  session: Session,
  rows: readonly TrajectoryRow[],
  anchored: readonly AnchoredResult[],
  results: ReadonlyMap<number, TrajectoryRow>,
) {
  const segmentOf = new Map(rows.map(({ seq, segment }) => [seq, segment]))
  const apart = anchored.flatMap(({ seq, target }) => {
    const [own, of] = [results.get(seq)?.segment ?? null, segmentOf.get(target) ?? null]
    return own === null || own === of ? [] : [{ seq, target, own, of }]
  })
  const wanted = [...new Set(apart.flatMap(({ own, of }) => (of === null ? [own] : [of, own])))]
  const promptOf = new Map(await findPrompts(db, session, wanted))
  const isMissing = ({ own, of }: (typeof apart)[number]) =>
    !promptOf.has(own) || (of !== null && !promptOf.has(of))
  for (const one of apart.filter(({ target }) => target === rows[0]?.seq)) {
    for (const segment of [one.own, one.of])
      if (segment !== null && !promptOf.has(segment))
        for (const [number, prompt] of await findPrompts(db, session, [segment])) promptOf.set(number, prompt)
  }
  const firstMissing = new Set(apart.filter(isMissing).map(({ target }) => target))
  const end = rows.findIndex(({ seq }, index) => index > 0 && firstMissing.has(seq))
  const prompts = new Map<number, string | null>()
  for (const { seq, own, of } of apart) {
    const prompt = promptOf.get(own) ?? null
    if (prompt !== (of === null ? null : (promptOf.get(of) ?? null))) prompts.set(seq, prompt)
  }
  return { rows: end === -1 ? rows : rows.slice(0, end), prompts }
}

/** The first row, and those after it while their results fit. */
function withinPage(
  rows: readonly TrajectoryRow[],
  anchored: readonly { target: number; bytes: number }[],
): readonly TrajectoryRow[] {
  const bytesOf = new Map<number, number>()
  for (const { target, bytes } of anchored) bytesOf.set(target, (bytesOf.get(target) ?? 0) + bytes)
  let bytes = 0
  const end = rows.findIndex(({ seq }, index) => {
    bytes += bytesOf.get(seq) ?? 0
    return index > 0 && bytes > MAX_PAGE_BYTES
  })
  return end === -1 ? rows : rows.slice(0, end)
}
