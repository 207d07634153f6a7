import { type Db, prepare, sql } from '../../db/sql.js'

/** The ends of a transcript, for a list's row: 200 characters each, as written. */
export interface TranscriptExcerpts {
  /** Null without such a message, or when it holds nothing but tool calls. */
  firstUserText: string | null
  lastAssistantText: string | null
}

/** The excerpts of each session, in the order of the ids, in one statement. */
export async function excerptsBySession(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<TranscriptExcerpts[]> {
  const text = sql`case when m.content = '' and m.tool_call_count > 0 then null else left(m.content, 200) end`
  const ofSession = sql`m.organization_id = ${organizationId}::uuid and m.session_id = wanted.id`
  const statement = sql`
    select wanted.id, opening.text as "firstUserText", closing.text as "lastAssistantText"
    from unnest(${[...ids]}::uuid[]) as wanted(id)
    left join lateral (
      select ${text} as text from messages m where ${ofSession} and m.role = 'user' order by m.seq limit 1
    ) opening on true
    left join lateral (
      select ${text} as text from messages m where ${ofSession} and m.role = 'assistant' order by m.seq desc limit 1
    ) closing on true`
  const rows = await db.$queryRaw<(TranscriptExcerpts & { id: string })[]>(prepare(statement))
  const bySession = new Map(rows.map(({ id, ...excerpts }) => [id, excerpts]))
  return ids.map((id) => bySession.get(id) ?? { firstUserText: null, lastAssistantText: null })
}
