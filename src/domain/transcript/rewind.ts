import { type Db, empty, join, type Sql, type Store, sql } from '../../db/sql.js'
import { moved } from '../acting/change.js'
import { summarySets } from '../annotation/summary.js'
import { type AuditedAct, entriesFor } from '../audit/note.js'
import { invalidInput } from '../errors.js'
import type { Session } from '../session/fields.js'
import { sessionColumns } from '../session/select-list.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { recounted, recountOf } from './counts.js'
import { findMessage, type TranscriptMessage } from './read.js'
import { lockTranscript } from './write.js'

export interface RewindOutcome {
  session: Session
  /** Rows deleted, the target included. */
  deletedCount: number
  /** Text of the target, to be edited and sent again. */
  restoredContent: string
  targetSeq: number
}

/**
 * Deletes a user message and everything behind it, for good; gives its text (contract 5.6, SES-RWD).
 * `CONFLICT` when frozen (SES-FRZ-012) or of another origin than user; `INVALID_INPUT` when it is no such message.
 */
export async function rewindTranscript(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  fromSeq: number,
): Promise<RewindOutcome> {
  return store.transact(async (db) => {
    const session = await lockTranscript(db, viewer, access, 'rewindTranscript', id)
    const target = await findMessage(db, session, fromSeq)
    if (target === null || !isTarget(target))
      throw invalidInput({
        path: ['fromSeq'],
        message: 'Takes the seq of a user message that is not compacted',
      })

    const { deletedCount, ...updated } = await deleteRowsFrom(
      db,
      { viewer, act: 'rewind_transcript' },
      session,
      target,
      remembering(fromSeq),
    )
    return { session: updated, deletedCount, restoredContent: target.content, targetSeq: target.seq }
  })
}

/** What a session remembers of a rewind: where it was, how many rows it took back, and when, as an ISO text. */
export interface Rewind {
  seq: number
  count: number
  at: string
}

const MOST_REWINDS = 100

/** Writes down a rewind of the rows in `deleted`; what is remembered of rows that it takes back goes with them. */
function remembering(seq: number): Sql {
  return sql`rewinds = (select jsonb_agg(e order by (e->>'seq')::int) from (
    (select e from jsonb_array_elements(s.rewinds) e where (e->>'seq')::int < ${seq}::int
      order by (e->>'seq')::int desc limit ${MOST_REWINDS - 1}::int)
    union all select jsonb_build_object('seq', ${seq}::int, 'count', (select count(*) from deleted),
      'at', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    ) kept)`
}

function isTarget({ role, compactedAt, isSummary }: TranscriptMessage): boolean {
  return role === 'user' && compactedAt === null && !isSummary
}

/**
 * Deletes rows from a target on, and counts anew what is left, in one statement; `note` is what the session is to remember of it.
 * Without an audited act the caller writes the audit.
 */
export async function deleteRowsFrom(
  db: Db,
  audited: AuditedAct | null,
  session: Session,
  { place, seq }: Pick<TranscriptMessage, 'place' | 'seq'>,
  note: Sql | null = null,
): Promise<Session & { deletedCount: number }> {
  const { organizationId, id } = session
  const ofTranscript = sql`m.organization_id = ${organizationId}::uuid and m.session_id = ${id}::uuid`
  const from = sql`(${place}::int, ${seq}::int)`
  const stays = sql`(a.message_id is null or exists (select 1 from messages m where ${ofTranscript} and m.id = a.message_id
    and (m.place, m.seq) < ${from}))`
  const [updated] = await db.$queryRaw<(Session & { deletedCount: number })[]>(sql`
    with deleted as (delete from messages m where ${ofTranscript} and (m.place, m.seq) >= ${from} returning m.seq),
      recount as (${recountOf(organizationId, [id], sql`(m.place, m.seq) < ${from}`)}),
      opening as (select exists (select 1 from messages m where ${ofTranscript} and (m.place, m.seq) < ${from}
        and m.role = 'user' and not m.is_summary) as stays),
      s as (update sessions s set ${join([...recounted, ...summarySets(session, stays), sql`preview_text = case when opening.stays then s.preview_text end`, ...(note === null ? [] : [note]), moved])}
    from recount, opening
    where s.organization_id = ${organizationId}::uuid and s.id = ${id}::uuid
    returning ${sessionColumns}, (select count(*)::int from deleted) as "deletedCount")
      ${audited === null ? empty : sql`, ${entriesFor(audited, sql`s`)}`}
    select * from s`)
  if (updated === undefined) throw new Error(`The locked session ${id} is gone`)
  return updated
}
