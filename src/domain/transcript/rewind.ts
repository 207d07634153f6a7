import { type Db, type Store, sql } from '../../db/prisma.js'
import { invalidInput } from '../errors.js'
import { updateSessionRow } from '../session/change.js'
import type { Session } from '../session/columns.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { previewOf } from './append.js'
import { findMessage, type TranscriptMessage } from './read.js'
import { subtracting, totalledColumns, totalsOfRows, type UsageTotals } from './totals.js'
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

    const [deleted] = await db.$queryRaw<[UsageTotals & { count: number }]>(sql`
      with m as (delete from messages m
        where m.organization_id = ${session.organizationId}::uuid and m.session_id = ${session.id}::uuid
          and (m.place, m.seq) >= (${target.place}::int, ${target.seq}::int)
        returning ${totalledColumns})
      select count(*)::int as count, ${totalsOfRows} from m`)
    const updated = await updateSessionRow(db, session, [
      ...subtracting(deleted),
      ...(await recomputed(db, session)),
    ])
    return {
      session: updated,
      deletedCount: deleted.count,
      restoredContent: target.content,
      targetSeq: target.seq,
    }
  })
}

function isTarget({ role, compactedAt, isSummary }: TranscriptMessage): boolean {
  return role === 'user' && compactedAt === null && !isSummary
}

/** What the rows left say about the session; summaries do not count. */
async function recomputed(db: Db, session: Session) {
  const [left] = await db.$queryRaw<{ lastMessageAt: Date | null; opening: string | null }[]>(sql`
    select max(m.created_at) as "lastMessageAt",
      (array_agg(m.content order by m.seq) filter (where m.role = 'user'))[1] as opening
    from messages m where m.organization_id = ${session.organizationId}::uuid
      and m.session_id = ${session.id}::uuid and not m.is_summary`)
  const opening = left?.opening ?? null
  return [
    sql`last_message_at = ${left?.lastMessageAt ?? null}::timestamptz`,
    sql`preview_text = ${opening === null ? null : previewOf(opening)}`,
  ]
}
