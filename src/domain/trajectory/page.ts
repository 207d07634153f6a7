import { type Db, type Sql, sql } from '../../db/sql.js'
import { isCount } from '../../rules/limits.js'
import { invalidInput } from '../errors.js'
import { decodeCursor, encodeCursor } from '../page.js'
import type { Session } from '../session/fields.js'
import { isCut } from '../transcript/page-bytes.js'
import { atifDocument, emptyStep, toAtifSteps } from './atif.js'
import { readPrompts, readResults } from './beside-rows.js'
import { missingInChat, toWholeRow } from './extended.js'
import { findMetrics } from './metrics.js'
import { CHAT_PARTS, type KeptPart, type MessagePart, partsOf } from './parts.js'
import { exported, type Position, readRows, type TrajectoryRow } from './rows.js'

export type TrajectoryFormat = 'ATIF' | 'CHAT' | 'ROWS'

export interface TrajectoryRequest {
  format: TrajectoryFormat
  includeCompacted: boolean
  /** Whether it tells all that is kept of a row, as far as the format has room; ROWS do anyhow. */
  extended?: boolean
  first: number
  after: string | null
}

/** A page of an exported transcript; the pages of one export, joined, are the whole. */
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

/** Exports a page of a session's transcript (contract 7); constant memory and time a page. */
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
    condition,
    extended,
  })
  const prompted = await readPrompts(db, session, promptSegment, found.slice(0, first), extended)
  const { rows, results } =
    format === 'ATIF'
      ? await readResults(db, session, { includeCompacted, extended }, prompted.rows)
      : { ...prompted, results: null }
  const { prompts } = prompted
  const items =
    results !== null
      ? toAtifSteps({ rows, prompts, ...results }, before)
      : format === 'CHAT'
        ? toChatMessages(rows, prompts)
        : rows.map((row) => toWholeRow(row, prompts.get(row.seq)))
  if (format === 'ATIF' && before + items.length === 0) items.push(emptyStep(session))

  const last = rows.at(-1)
  const hasNextPage = found.length > rows.length || isCut(found)
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

/** Every row but tool results, which belong to steps of agents, unless no agent step comes before them. */
function makesStep(session: Session, includeCompacted: boolean): Sql {
  return sql`(m.role <> 'tool' or m.is_summary or m.seq < coalesce((
    select a.seq from messages a
    where ${exported(session, includeCompacted, 'a')} and a.role = 'assistant' and not a.is_summary
    order by a.seq limit 1), 2147483647))`
}

function readProgress(after: string | null): Progress {
  if (after === null) return { position: null, count: 0, promptSegment: null }
  const [place, seq, count, promptSegment, ...rest] = decodeCursor(after) ?? []
  const numbers = [place, seq, count]
  const readable =
    numbers.every(isCount) && (promptSegment === null || isCount(promptSegment)) && rest.length === 0
  if (!readable) throw invalidInput({ path: ['after'], message: 'Not a cursor of this trajectory' })
  return {
    position: { place: Number(place), seq: Number(seq) },
    count: Number(count),
    promptSegment: promptSegment as number | null,
  }
}

type Json = Record<string, unknown>

/**
 * Rows as Chat Completions messages, with the system prompts where they change (contract 7); of rows that were read with
 * their metadata also the pictures.
 */
function toChatMessages(rows: readonly TrajectoryRow[], prompts: ReadonlyMap<number, string | null>): Json[] {
  return rows.flatMap((row) => {
    const prompt = prompts.get(row.seq)
    return prompt === undefined || prompt === null
      ? [toMessage(row)]
      : [{ role: 'system', content: prompt }, toMessage(row)]
  })
}

function toMessage(row: TrajectoryRow): Json {
  const { role, toolCallId, toolCalls } = row
  const content = partsOf(row, CHAT_PARTS)?.map(toPart) ?? row.content
  if (role === 'tool') return { role, tool_call_id: toolCallId ?? '', content }
  if (role !== 'assistant' || !toolCalls?.length) return { role, content }
  return {
    role,
    content: content === '' ? null : content,
    tool_calls: toolCalls.map(({ id, name, arguments: text }) => ({
      id,
      type: 'function',
      function: { name, arguments: text },
    })),
  }
}

function toPart(part: MessagePart | KeptPart): Json {
  if ('text' in part) return { type: 'text', text: part.text }
  return 'url' in part ? { type: 'image_url', image_url: { url: part.url } } : { ...part.kept }
}
