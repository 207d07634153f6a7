import { type Db, sql } from '../../db/prisma.js'
import type { Session } from '../session/columns.js'
import type { SessionScope } from '../session/filter.js'
import { getSessionWith } from '../session/find.js'

/** Where a transcript ends. */
export interface TranscriptEnd {
  /** Of the session's row: another one after every write to it, whoever makes it. */
  version: string
  /** The greatest seq; null while the transcript is empty. */
  lastSeq: number | null
  /** Number of the newest segment; null without one. */
  segment: number | null
  /** Which of the messages asked about are there. */
  knownIds: string[]
}

/** As `getSession`, with the end of its transcript, in one statement. */
export function findEnd(
  db: Db,
  scope: SessionScope,
  id: string,
  messages: readonly { id?: string | null }[],
): Promise<Session & TranscriptEnd> {
  const ids = messages.flatMap((message) => message.id || [])
  const columns = sql`s.xmin::text as version,
    (select max(m.seq) from messages m where m.organization_id = s.organization_id and m.session_id = s.id) as "lastSeq",
    (select max(g.number) from segments g where g.organization_id = s.organization_id and g.session_id = s.id) as segment,
    array(select m.id from messages m where m.organization_id = s.organization_id and m.session_id = s.id
      and m.id = any(${ids}::uuid[])) as "knownIds"`
  return getSessionWith(db, scope, id, columns)
}
