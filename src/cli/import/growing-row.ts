import type { StoredRowFragment } from '../documents.generated.js'
import { isLarge } from './find-sessions.js'
import { interruptibly } from './interruptibly.js'
import { digestStored, rowIdAt, type StoredRows, TAIL_ROWS } from './locate.js'
import type { PreparedRow } from './prepare.js'
import type { ScannedSession } from './scan.js'

/** The rows of a file as they are once they are stored under a session's id. */
export function* toStoredRows(scanned: ScannedSession, sessionId: string): Generator<StoredRowFragment> {
  let seq = 0
  for (const row of scanned.rows()) {
    yield toStoredRow(row, seq, rowIdAt(scanned, sessionId, seq))
    seq += 1
  }
}

function toStoredRow({ message }: PreparedRow, seq: number, uuid: string): StoredRowFragment {
  const { role, content, toolCallId, toolCalls, usage } = message
  const calls = toolCalls?.map(({ id, name, arguments: text }) => ({ callId: id, name, arguments: text }))
  const nothing = { inputTokens: 0, outputTokens: 0, cacheReadInputTokens: 0, cacheCreationInputTokens: 0 }
  return {
    ...{ uuid, seq, role, content: content ?? '', toolCallId: toolCallId ?? null },
    ...{ toolCalls: calls ?? null, usage: usage == null ? null : { ...nothing, ...usage } },
  }
}

/** What will be stored once a file has come in, behind what is and stays of it. */
export function foreseeRows(
  before: StoredRows | null,
  { stored, takeBackFrom }: { stored?: ReadonlySet<string>; takeBackFrom: number | null },
  scanned: ScannedSession,
  id: string,
): StoredRows {
  const kept = takeBackFrom ?? before?.rowCount ?? 0
  async function* all() {
    if (stored !== undefined) for await (const row of before?.all() ?? []) if (row.seq < kept) yield row
    let seq = stored === undefined ? 0 : kept
    for (const row of toStoredRows(scanned, id)) if (!stored?.has(row.uuid)) yield { ...row, seq: seq++ }
  }
  const { length } = scanned.digest
  return {
    ...{ id, all },
    rowCount: stored === undefined ? length : kept + length - stored.size,
    async tail() {
      const last: StoredRowFragment[] = []
      for await (const row of all()) if (last.push(row) > TAIL_ROWS) last.shift()
      return last
    },
  }
}

/** The row of a file with this index. */
export function rowOf(scanned: ScannedSession, index: number): Promise<StoredRowFragment | null> {
  let at = 0
  return interruptibly(() => {
    for (const row of scanned.rows()) if (at++ === index) return toStoredRow(row, index, '')
    return null
  }, isLarge(scanned.session.file))
}

/** Output tokens of a row; -1 where none are told. */
export function tokensOf({ usage }: StoredRowFragment): number {
  return usage?.outputTokens ?? -1
}

/** Whether a row is an answer that was read before its end, and the other one the same with all that it then had, or more. */
export function isBeginningOf(early: StoredRowFragment | null, late: StoredRowFragment): boolean {
  if (early?.role !== 'ASSISTANT' || late.role !== 'ASSISTANT') return false
  const calls = late.toolCalls ?? []
  return (
    late.content.startsWith(early.content) &&
    tokensOf(early) <= tokensOf(late) &&
    (early.toolCalls ?? []).every((call, index) => {
      const { callId, name, arguments: given } = calls[index] ?? {}
      const isTold = call.arguments !== '' && call.arguments !== '{}'
      return call.callId === callId && call.name === name && (!isTold || call.arguments === given)
    })
  )
}

/** Whether the file's row is the stored answer with more in it, and has what is stored behind it. */
export async function goesOn(
  stored: StoredRowFragment,
  tail: readonly StoredRowFragment[],
  scanned: ScannedSession,
): Promise<boolean> {
  const row = await rowOf(scanned, stored.seq)
  // What is no more than the other may not take its place: two files that contradict each other would do so in turns.
  if (row === null || !isBeginningOf(stored, row) || isBeginningOf(row, stored)) return false
  const { digest } = scanned
  const behind = new Set<string>()
  for (let index = stored.seq + 1; index < digest.length; index++) behind.add(digest.rowAt(index))
  return tail.filter(({ seq }) => seq > stored.seq).every((later) => behind.has(digestStored(later)))
}
