import { type Db, type Sql, sql } from '../../db/prisma.js'
import { invalidInput } from '../errors.js'
import { decodeCursor, encodeCursor } from '../page.js'
import type { Session } from '../session/columns.js'
import { isCut } from '../transcript/page-bytes.js'
import { atifDocument, emptyStep, toAtifSteps } from './atif.js'
import { toChatMessages } from './chat.js'
import { missingInChat, toWholeRow } from './extended.js'
import { findMetrics } from './metrics.js'
import { findObservations } from './observations.js'
import { exported, findPrompt, findRows, type Position, readRows, type TrajectoryRow } from './rows.js'

export const trajectoryFormats = ['ATIF', 'CHAT', 'ROWS'] as const
export type TrajectoryFormat = (typeof trajectoryFormats)[number]

export interface TrajectoryRequest {
  format: TrajectoryFormat
  includeCompacted: boolean
  /** Whether it tells all that is kept of a row, as far as the format has room; ROWS do anyhow. */
  extended?: boolean
  first: number
  after: string | null
}

/** A stretch of an exported transcript; the stretches of one export, joined, are the whole. */
export interface TrajectoryPage {
  /** Steps of an ATIF trajectory, Chat Completions messages, or rows with all that is kept of them. */
  items: Record<string, unknown>[]
  /** What stands around the steps of an ATIF document; null for other formats, and before the last page. */
  document: Record<string, unknown> | null
  /** Kinds of what these rows have and the format has no room for; empty unless it is `extended`. */
  leftOut: string[]
  endCursor: string | null
  hasNextPage: boolean
}

const MAX_TRAJECTORY_PAGE = 1000

/** What an export has to remember from page to page. */
interface Progress {
  position: Position | null
  /** Steps or messages given so far. */
  count: number
  /** The segment whose system prompt was given last. */
  promptSegment: number | null
}

/** Exports a stretch of a session's transcript (contract 7); constant memory and time a page. */
export async function exportTrajectory(
  db: Db,
  session: Session,
  { format, includeCompacted, first, after, ...request }: TrajectoryRequest,
): Promise<TrajectoryPage> {
  if (first < 1 || first > MAX_TRAJECTORY_PAGE)
    throw invalidInput({ path: ['first'], message: `Takes 1 to ${MAX_TRAJECTORY_PAGE}` })
  const { position, count: before, promptSegment } = readProgress(after)
  const extended = format === 'ROWS' || (request.extended ?? false)
  const condition = format === 'ATIF' ? makesStep(session, includeCompacted) : sql`true`
  const found = await readRows(db, session, includeCompacted, {
    after: position,
    limit: first + 1,
    ...{ condition, extended },
  })
  const rows = found.slice(0, first)
  const prompts = placePrompts(rows, await findPrompt(db, session, promptSegment), extended)
  const items =
    format === 'ATIF'
      ? await steps(db, session, { includeCompacted, extended }, rows, prompts, before)
      : format === 'CHAT'
        ? toChatMessages(rows, prompts)
        : rows.map((row) => toWholeRow(row, prompts.get(row.seq)))
  if (format === 'ATIF' && before + items.length === 0) items.push(emptyStep(session))

  const last = rows.at(-1)
  const hasNextPage = found.length > first || isCut(found)
  const count = before + items.length
  const lastPrompted = rows.findLast(({ seq }) => prompts.has(seq))
  const cursor = last && encodeCursor([last.place, last.seq, count, lastPrompted?.segment ?? promptSegment])
  const metrics = format === 'ATIF' && !hasNextPage ? await findMetrics(db, session, includeCompacted) : null
  return {
    items,
    document: metrics && atifDocument(session, metrics, count),
    leftOut: format === 'CHAT' && extended ? missingInChat(rows, session, prompts.size > 0) : [],
    endCursor: cursor ?? after,
    hasNextPage,
  }
}

async function steps(
  db: Db,
  session: Session,
  { includeCompacted, extended }: { includeCompacted: boolean; extended: boolean },
  rows: readonly TrajectoryRow[],
  prompts: ReadonlyMap<number, string | null>,
  before: number,
) {
  const agents = rows.filter(({ role, isSummary }) => role === 'assistant' && !isSummary)
  const observations = await findObservations(db, session, includeCompacted, agents)
  const seqs = observations.map(({ seq }) => seq)
  const results = extended ? await findRows(db, session, seqs) : null
  return toAtifSteps({ rows, prompts, observations, results }, before)
}

/** Every row but tool results, which belong to steps of agents, unless no agent step comes before them. */
function makesStep(session: Session, includeCompacted: boolean): Sql {
  return sql`(m.role <> 'tool' or m.is_summary or m.seq < coalesce((
    select a.seq from messages a
    where ${exported(session, includeCompacted, 'a')} and a.role = 'assistant' and not a.is_summary
    order by a.seq limit 1), 2147483647))`
}

/**
 * The system prompts to give before rows, by the rows' seqs: wherever it changes to another that is not empty, and where
 * wanted also to none.
 */
function placePrompts(
  rows: readonly TrajectoryRow[],
  given: string | null,
  withNone: boolean,
): Map<number, string | null> {
  const prompts = new Map<number, string | null>()
  let current = given
  for (const { seq, systemPrompt } of rows) {
    if ((!withNone && !systemPrompt) || systemPrompt === current) continue
    current = systemPrompt
    prompts.set(seq, systemPrompt)
  }
  return prompts
}

function readProgress(after: string | null): Progress {
  if (after === null) return { position: null, count: 0, promptSegment: null }
  const [place, seq, count, promptSegment, ...rest] = decodeCursor(after) ?? []
  const numbers = [place, seq, count]
  const readable =
    numbers.every(isInt) && (promptSegment === null || isInt(promptSegment)) && rest.length === 0
  if (!readable) throw invalidInput({ path: ['after'], message: 'Not a cursor of this trajectory' })
  return {
    position: { place: Number(place), seq: Number(seq) },
    count: Number(count),
    promptSegment: promptSegment as number | null,
  }
}

function isInt(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31
}
