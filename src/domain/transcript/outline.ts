import { type Db, type MessageRole, sql } from '../../db/sql.js'
import { excerpt } from '../../rules/text.js'
import { type PageOf, type PageRequest, readPageRequest, toPage } from '../page.js'
import type { Session } from '../session/fields.js'
import { beyond, orderBy } from './read.js'

const DEFAULT_PAGE = 1000
const MAX_PAGE = 10_000
const OPENING_LENGTH = 120

/** A row of a transcript without its contents: enough to show where everything is. */
export interface OutlineRow {
  id: string
  seq: number
  place: number
  role: MessageRole
  isSummary: boolean
  isCompacted: boolean
  /** The first 120 characters in one line; empty without text. */
  opening: string
  /** Length of the content in bytes. */
  contentBytes: number
  /** The segment that it was made in; null before any context was sent. */
  segment: number | null
  agent: string | null
  model: string | null
  toolCallId: string | null
  /** Ids and names of the calls that it makes, in order; empty when it makes none. */
  callIds: string[]
  callNames: string[]
  /** Of a tool row: whether the call failed; null when unknown. */
  isError: boolean | null
  /** Tokens of all four buckets; null when it came without usage. */
  tokens: number | null
  costUsd: number | null
  createdAt: Date
}

/**
 * An outline of a session's transcript in transcript order, compacted rows included: up to 10,000 rows a page, 1,000
 * unless asked. Contents are not read, so that a long transcript shows at once.
 */
export async function readOutline(
  db: Db,
  { organizationId, id }: Pick<Session, 'organizationId' | 'id'>,
  request: PageRequest,
): Promise<PageOf<OutlineRow>> {
  const window = readPageRequest(request, DEFAULT_PAGE, MAX_PAGE)
  const rows = await db.$queryRaw<OutlineRow[]>(sql`
    select m.id, m.seq, m.place, m.role, m.is_summary as "isSummary", m.compacted_at is not null as "isCompacted",
      left(m.content, ${4 * OPENING_LENGTH}::int) as opening, octet_length(m.content) as "contentBytes",
      g.number as segment, g.agent, g.model,
      m.tool_call_id as "toolCallId", m.is_error as "isError", coalesce(jsonb_path_query_array(m.tool_calls, '$[*].id'), '[]') as "callIds",
      coalesce(jsonb_path_query_array(m.tool_calls, '$[*].name'), '[]') as "callNames",
      (m.input_tokens::bigint + m.output_tokens + m.cache_read_input_tokens + m.cache_creation_input_tokens)::float8
        as tokens,
      m.cost_usd::float8 as "costUsd", m.created_at as "createdAt"
    from messages m
    left join segments g on g.organization_id = m.organization_id and g.session_id = m.session_id
      and g.number = m.segment
    where m.organization_id = ${organizationId}::uuid and m.session_id = ${id}::uuid
      ${beyond(window.after, 'after', false)} ${beyond(window.before, 'before', false)}
    order by ${orderBy(false, window.backward)}
    limit ${window.limit + 1}`)
  return toPage(
    rows.map((row) => ({ ...row, opening: excerpt(row.opening, OPENING_LENGTH) })),
    window,
  )
}
