import { randomUUID } from 'node:crypto'
import { type Db, type Store, sql } from '../../db/prisma.js'
import { invalidInput } from '../errors.js'
import type { Session } from '../session/columns.js'
import { requireRole } from '../session/permissions.js'
import { parseUuid } from '../uuid.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import type { MessageInput } from './message.js'
import { findMessageIssues } from './rules.js'
import { addRows, findLastSeq, lockTranscript } from './write.js'

export interface CompactOutcome {
  session: Session
  /** Seq of the summary. */
  summarySeq: number
  /** How many rows it replaced. */
  compactedCount: number
}

/**
 * Replaces every row up to a place by a summary; the originals stay stored (contract 5.5).
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
  const [issue, ...issues] = findMessageIssues(summary, ['summary'])
  if (issue !== undefined) throw invalidInput(issue, ...issues)
  return store.transact(async (db) => {
    const session = await lockTranscript(db, viewer, access, 'writeTranscript', id)
    const summaryId = parseUuid(summary.id ?? '') ?? randomUUID()
    const known = await findSeq(db, session, summaryId)
    if (known !== null) return { session, summarySeq: known, compactedCount: 0 }

    const lastSeq = (await findLastSeq(db, session)) ?? -1
    const covered = upToSeq > lastSeq ? [] : await coverRows(db, session, upToSeq)
    const last = covered.at(-1)
    if (last === undefined)
      throw invalidInput({ path: ['upToSeq'], message: 'Nothing to compact up to this seq' })
    const written = await addRows(db, session, {
      rows: [{ ...summary, id: summaryId, place: upToSeq, isSummary: true }],
      segment: sql`select ${last.segment}::int as segment`,
    })
    if (written === null) throw new Error(`The locked session ${session.id} changed`)
    return {
      session: written.session,
      summarySeq: written.lastSeq,
      compactedCount: covered.length,
    }
  })
}

/** Marks the rows up to a place as compacted; gives them in transcript order. */
async function coverRows(db: Db, session: Session, upToSeq: number) {
  const rows = await db.$queryRaw<{ place: number; seq: number; segment: number | null }[]>(sql`
    update messages m set compacted_at = now()
    where m.organization_id = ${session.organizationId}::uuid and m.session_id = ${session.id}::uuid
      and m.compacted_at is null and m.place <= ${upToSeq}::int
    returning m.place, m.seq, m.segment`)
  return rows.sort((a, b) => a.place - b.place || a.seq - b.seq)
}

async function findSeq(db: Db, session: Session, messageId: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ seq: number }[]>(sql`
    select m.seq from messages m where m.organization_id = ${session.organizationId}::uuid
      and m.session_id = ${session.id}::uuid and m.id = ${messageId}::uuid`)
  return row?.seq ?? null
}
