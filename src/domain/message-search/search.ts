import { type Db, type Sql, sql } from '../../db/sql.js'
import { foldText } from '../../rules/case-folding.js'
import { findTextIssues } from '../../rules/text.js'
import { invalidInput } from '../errors.js'
import { decodeCursor, encodeCursor, type PageOf } from '../page.js'
import { matching, type SessionFilter, type SessionScope } from '../session/filter.js'
import { requireFilter } from '../session/filter-rules.js'
import { messagesAt, type TranscriptMessage } from '../transcript/read.js'
import { BLOCK, SEARCHED_LENGTH } from './blocks.js'
import { toQuery, wordsOf } from './words.js'

/** As many matches are ranked; where there are more, those that were found first. */
export const MAX_MATCHES = 2000
const MAX_QUERY = 200
const MAX_WORDS = 16
const MAX_PAGE = 100

/** A message that matches, and the words that it was found by. */
export interface MessageMatch {
  message: TranscriptMessage
  words: readonly string[]
}

export interface MessageMatches extends PageOf<MessageMatch> {
  cursors: readonly string[]
  /** Whether all matches were ranked. */
  isWhole: boolean
}

interface Hit {
  sessionId: string
  seq: number
  /** 1 where the query stands as it was written, 0 elsewhere. */
  phrase: number
  /** Milliseconds. */
  at: number
}

/**
 * Messages of the matching sessions that have every word of the query in their beginning; the last word may be the
 * beginning of one. First those with the query as it stands, then the newest. `INVALID_INPUT` for a query without a word.
 */
export async function searchMessages(
  db: Db,
  scope: SessionScope,
  filter: SessionFilter,
  query: string,
  { first, after }: { first: number; after: string | null },
): Promise<MessageMatches> {
  requireFilter(filter)
  const words = requireQuery(query)
  if (first > MAX_PAGE) throw invalidInput({ path: ['first'], message: `Takes 0 to ${MAX_PAGE}` })
  const position = after === null ? null : readCursor(after)
  const hits = once(await db.$queryRaw<Hit[]>(hitsOf(scope, filter, query, words)))
  const ranked = hits.slice(0, MAX_MATCHES).sort(compareHits)
  const start = position === null ? 0 : ranked.findIndex((hit) => compareHits(hit, position) > 0)
  const wanted = start === -1 ? [] : ranked.slice(start, start + first)
  const found = await messagesAt(db, scope.organizationId, wanted)
  const rows = found.flatMap((message, index) => {
    const hit = wanted[index]
    return message === null || hit === undefined ? [] : [{ hit, match: { message, words } }]
  })
  return {
    rows: rows.map(({ match }) => match),
    cursors: rows.map(({ hit }) => encodeCursor([hit.phrase, hit.at, hit.sessionId, hit.seq])),
    hasNextPage: start !== -1 && start + found.length < ranked.length,
    hasPreviousPage: start === -1 || start > 0,
    isWhole: hits.length <= MAX_MATCHES,
  }
}

function requireQuery(query: string): string[] {
  const [issue] = findTextIssues(query, ['query'], MAX_QUERY)
  if (issue !== undefined) throw invalidInput(issue)
  const words = wordsOf(query)
  if (words.length === 0) throw invalidInput({ path: ['query'], message: 'Takes a word to search for' })
  if (words.length > MAX_WORDS)
    throw invalidInput({ path: ['query'], message: `Takes up to ${MAX_WORDS} words` })
  return words
}

/** The matches in blocks, and those among messages whose blocks are still to be made; each once, one more than are ranked. */
function hitsOf(scope: SessionScope, filter: SessionFilter, query: string, words: readonly string[]): Sql {
  const { organizationId } = scope
  const own = sql`${organizationId}::uuid`
  const wanted = sql`${toQuery(organizationId, words)}::tsquery`
  const beginning = sql`left(m.content, ${SEARCHED_LENGTH}::int)`
  // What a text lacks as letters it lacks as a word; that is told much sooner.
  const longest = words.toSorted((a, b) => b.length - a.length)[0] ?? ''
  const matches = sql`strpos(fold_text(${beginning}), ${longest}) > 0
    and message_words(m.organization_id, ${beginning}) @@ ${wanted}`
  // Laterals that stay: each block leads to its few messages by their key, however many a planner expects.
  const found = sql`m.session_id, m.seq, m.created_at, ${beginning} as beginning from messages m`
  return sql`
    select h.session_id as "sessionId", h.seq, (extract(epoch from h.created_at) * 1000)::float8 as at,
      (strpos(fold_text(h.beginning), ${foldText(query.trim())}) > 0)::int as phrase
    from (
      select m.* from message_blocks b
      cross join lateral (
        select ${found} where m.organization_id = ${own} and m.session_id = b.session_id
          and m.seq between b.number * ${BLOCK}::int and b.number * ${BLOCK}::int + ${BLOCK - 1}::int and ${matches}
        offset 0) m
      where b.organization_id = ${own} and b.words @@ ${wanted} and block_has(b.words, ${wanted})
        and not exists (
          select from message_blocks_due d where d.organization_id = ${own} and d.session_id = m.session_id
            and m.seq between d.from_seq and d.to_seq)
      union all
      select m.* from message_blocks_due d
      cross join lateral (
        select ${found} where m.organization_id = ${own} and m.session_id = d.session_id
          and m.seq between d.from_seq and d.to_seq and ${matches}
        offset 0) m
      where d.organization_id = ${own}
    ) h
    join sessions s on s.organization_id = ${own} and s.id = h.session_id
    where ${matching(scope, filter)}
    limit ${MAX_MATCHES + 1}::int`
}

/** Each message once: one that was taken back and came again may be due twice. */
function once(hits: readonly Hit[]): Hit[] {
  return [...new Map(hits.map((hit) => [`${hit.sessionId}/${hit.seq}`, hit])).values()]
}

function compareHits(a: Hit, b: Hit): number {
  return (
    b.phrase - a.phrase ||
    b.at - a.at ||
    (a.sessionId < b.sessionId ? -1 : a.sessionId > b.sessionId ? 1 : a.seq - b.seq)
  )
}

function readCursor(cursor: string): Hit {
  const [phrase, at, sessionId, seq, ...rest] = decodeCursor(cursor) ?? []
  if (
    typeof phrase !== 'number' ||
    typeof at !== 'number' ||
    typeof sessionId !== 'string' ||
    typeof seq !== 'number' ||
    rest.length > 0
  )
    throw invalidInput({ path: ['after'], message: 'Not a cursor of this list' })
  return { phrase, at, sessionId, seq }
}
