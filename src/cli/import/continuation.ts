import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import type { StoredRowFragment } from '../documents.generated.js'
import type { GatewayClient } from '../gateway/client.js'
import { Refusal } from '../gateway/refusal.js'
import { digestStored, isFormerRow, readStoredDigest, rowIdAt, type StoredSession } from './locate.js'
import type { PreparedRow } from './prepare.js'
import type { ScannedSession } from './scan.js'

/** How a file goes on from what is stored. */
export interface Continuation {
  /** Index of the first row to append. */
  from: number
  /** Seq from which stored rows are taken back first, as an answer was stored before its end; null for none. */
  takeBackFrom: number | null
}

/**
 * What of a file's session is new to the gateway.
 * @throws {Refusal} when what is stored is not how the file begins, which would mix two sessions
 */
export async function findContinuation(
  client: GatewayClient,
  workspaceRef: WorkspaceRef,
  stored: StoredSession,
  scanned: ScannedSession,
): Promise<Continuation> {
  const { rowCount, tail } = stored
  const length = scanned.digest.length
  const nothingBack = (from: number) => ({ from, takeBackFrom: null })
  if (rowCount === 0) return nothingBack(0)
  const last = tail.at(-1)
  const start = tail[0]?.seq ?? 0
  const whole = last?.seq === rowCount - 1
  const former = last !== undefined && isFormerRow(stored.id, last)
  if (whole && !former && rowCount <= length) {
    const differing = tail.find((row) => !isSame(row, stored.id, scanned, tail))
    if (differing === undefined) return nothingBack(rowCount)
    if (goesOn(differing, tail, scanned) && (differing.seq > start || start === 0))
      return { from: differing.seq, takeBackFrom: differing.seq }
  } else if (whole) {
    const digest = await readStoredDigest(client, workspaceRef, stored.id)
    const common = Math.min(rowCount, length)
    if (digest.at(common - 1) === scanned.digest.at(common - 1)) return nothingBack(common)
    // An older copy of the file, that ends within an answer.
    if (rowCount > length && digest.at(common - 2) === scanned.digest.at(common - 2))
      return nothingBack(common)
  }
  // Rows that all have ids of their own are known one by one: the gateway skips those that are there.
  if (scanned.ownIds.size === length && scanned.session.identity.by === 'id') return nothingBack(0)
  throw wouldMix()
}

/** The same, where the beginning came of another file of the same dry run, and is not stored. */
export function continueForeseen(
  before: ScannedSession,
  scanned: ScannedSession,
  sessionId: string,
): { from: number } {
  const common = Math.min(before.digest.length, scanned.digest.length)
  const isOlder = before.digest.length > scanned.digest.length
  const isSameRow = (seq: number) => rowIdAt(before, sessionId, seq) === rowIdAt(scanned, sessionId, seq)
  const agree = (count: number) =>
    before.digest.at(count - 1) === scanned.digest.at(count - 1) &&
    (isOlder || count === 0 || isSameRow(count - 1))
  if (agree(common)) return { from: common }
  if (agree(common - 1) && (isOlder || goesOn(rowOf(before, common - 1), [], scanned)))
    return { from: isOlder ? common : common - 1 }
  if (scanned.ownIds.size === scanned.digest.length && scanned.session.identity.by === 'id')
    return { from: 0 }
  throw wouldMix()
}

/** A row of a file as it is once it is stored. */
function rowOf(scanned: ScannedSession, seq: number): StoredRowFragment {
  const { role = 'USER', content = '', toolCallId, toolCalls } = rowAt(scanned.rows(), seq)?.message ?? {}
  const calls = toolCalls?.map(({ id, name, arguments: text }) => ({ callId: id, name, arguments: text }))
  return {
    ...{ uuid: '', seq, role, content: content ?? '', toolCallId: toolCallId ?? null },
    ...{ toolCalls: calls ?? null, usage: null },
  }
}

function wouldMix(): Refusal {
  return new Refusal('what is stored under its id is not how the file begins; its messages would be mixed')
}

function isSame(
  row: StoredRowFragment,
  sessionId: string,
  scanned: ScannedSession,
  tail: readonly StoredRowFragment[],
): boolean {
  const { seq } = row
  const isOurs = row.uuid === rowIdAt(scanned, sessionId, seq) || isFormerRow(sessionId, row)
  if (!isOurs || digestStored(row) !== scanned.digest.rowAt(seq)) return false
  const lastAnswer = tail.findLast(({ role }) => role === 'ASSISTANT')
  return row !== lastAnswer || (scanned.outputTokens[seq] ?? -1) <= (row.usage?.outputTokens ?? -1)
}

/** Whether the file's row is the stored answer with more in it, and has what is stored behind it. */
function goesOn(
  stored: StoredRowFragment,
  tail: readonly StoredRowFragment[],
  scanned: ScannedSession,
): boolean {
  if (stored.role !== 'ASSISTANT') return false
  const row = rowAt(scanned.rows(), stored.seq)
  if (row?.message.role !== 'ASSISTANT' || !(row.message.content ?? '').startsWith(stored.content))
    return false
  const calls = row.message.toolCalls ?? []
  const known = stored.toolCalls ?? []
  if (known.some(({ callId }, index) => calls[index]?.id !== callId)) return false
  const { digest } = scanned
  const behind = new Set<string>()
  for (let index = stored.seq + 1; index < digest.length; index++) behind.add(digest.rowAt(index))
  return tail.filter(({ seq }) => seq > stored.seq).every((later) => behind.has(digestStored(later)))
}

function rowAt(rows: Iterable<PreparedRow>, wanted: number): PreparedRow | null {
  let index = 0
  for (const row of rows) if (index++ === wanted) return row
  return null
}
