import { randomUUID } from 'node:crypto'
import { type Db, NoLongerHeld, type Store, sql } from '../../db/sql.js'
import { parseUuid } from '../../rules/uuid.js'
import { requireRole, requireScope } from '../acting/permissions.js'
import { invalidInput } from '../errors.js'
import type { Session } from '../session/fields.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { countedColumns, type Sums, sumsAsTexts } from './counts.js'
import type { MessageInput } from './message.js'
import { findMessageIssues, withStorableTexts } from './rules.js'
import { segmentNumbered } from './segment.js'
import { addRows, findLastSeq, lockTranscript } from './write.js'

export interface CompactOutcome {
  session: Session
  /** Seq of the summary. */
  summarySeq: number
  /** How many rows it replaced. */
  compactedCount: number
}

/**
 * Replaces every row up to a seq by a summary; the originals stay stored (contract 5.5).
 * Repeated with the same summary id it changes nothing. `INVALID_INPUT` when there is nothing to compact.
 */
export async function compactTranscript(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  { summary, upToSeq }: { summary: MessageInput; upToSeq: number },
): Promise<CompactOutcome> {
  requireRole(viewer, access, 'transcript:write')
  if (summary.createdAt) requireScope(viewer, 'session:import')
  const [issue, ...issues] = findMessageIssues(summary, ['summary'])
  if (issue !== undefined) throw invalidInput(issue, ...issues)
  return store.transact(async (db) => {
    const session = await lockTranscript(db, viewer, access, 'writeTranscript', id)
    const summaryId = parseUuid(summary.id ?? '') ?? randomUUID()
    const storedSeq = await findSeq(db, session, summaryId)
    if (storedSeq !== null) return { session, summarySeq: storedSeq, compactedCount: 0 }

    const lastSeq = (await findLastSeq(db, session)) ?? -1
    const covered = upToSeq > lastSeq ? null : await coverRows(db, session, upToSeq)
    if (covered === null)
      throw invalidInput({ path: ['upToSeq'], message: 'Nothing to compact up to this seq' })
    const { count, segment, ...compacted } = covered
    const written = await addRows(db, session, {
      audited: { viewer, act: 'compact_transcript' },
      rows: [{ ...withStorableTexts(summary), id: summaryId, place: upToSeq, isSummary: true }],
      segment: segmentNumbered(session, segment),
      compacted,
    })
    if (written === null) throw new NoLongerHeld(`The locked session ${session.id} changed`)
    return { session: written.session, summarySeq: written.lastSeq, compactedCount: count }
  })
}

/** Marks the rows up to a seq as compacted; gives what they amount to, and the segment of the last, or null without any. */
async function coverRows(
  db: Db,
  session: Session,
  upToSeq: number,
): Promise<(Sums & { count: number; segment: number | null }) | null> {
  const [covered] = await db.$queryRaw<[Sums & { count: number; segment: number | null }]>(sql`
    with m as (update messages m set compacted_at = now()
      where m.organization_id = ${session.organizationId}::uuid and m.session_id = ${session.id}::uuid
        and m.compacted_at is null and m.place <= ${upToSeq}::int
      returning place, segment, ${countedColumns})
    select count(*)::int as count, (max(array[m.place, m.seq, m.segment]))[3] as segment, ${sumsAsTexts} from m`)
  return covered === undefined || covered.count === 0 ? null : covered
}

async function findSeq(db: Db, session: Session, messageId: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ seq: number }[]>(sql`
    select m.seq from messages m where m.organization_id = ${session.organizationId}::uuid
      and m.session_id = ${session.id}::uuid and m.id = ${messageId}::uuid`)
  return row?.seq ?? null
}
