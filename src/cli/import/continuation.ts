import type { StoredRowFragment } from '../documents.generated.js'
import { Refusal } from '../gateway/refusal.js'
import { goesOn, isBeginningOf, rowOf, tokensOf } from './growing-row.js'
import { messageIdAt } from './identity.js'
import { digestAll, digestStored, isFormerRow, rowIdAt, type StoredRows } from './locate.js'
import { findInOtherWords } from './other-words.js'
import type { ScannedSession } from './scan.js'
import { TranscriptDigest } from './transcript-digest.js'

/** How a file goes on from what is stored. */
export interface Continuation {
  /** Index of the first row to append. */
  from: number
  /** Seq from which stored rows are taken back first, as an answer was stored before its end, or rows before them; null for none. */
  takeBackFrom: number | null
  /** Of rows that are told by ids of their own: those from there on that are stored already, and stay. */
  stored?: ReadonlySet<string>
  /** Seqs of the file's rows, those that are new included, where they are not their indexes. */
  seqs?: readonly number[]
  /** Index of the first row that differs from the one that is stored under its id, which stays. */
  differsAt?: number
  /** Whether the file is an older copy: what is stored has all of it, and more. */
  isOlder?: boolean
  /** Whether it lacks the first stored row: a later piece of the session, whose beginning titles nothing. */
  isPiece?: boolean
}

/**
 * What of a file's session is new to the gateway.
 * @throws {Refusal} when what is stored is not how the file begins, which would mix two sessions
 */
export async function findContinuation(stored: StoredRows, scanned: ScannedSession): Promise<Continuation> {
  const { rowCount } = stored
  const length = scanned.digest.length
  if (rowCount === 0) return { from: 0, takeBackFrom: null }
  const tail = await stored.tail()
  const last = tail.at(-1)
  const start = tail[0]?.seq ?? 0
  const isWhole = last?.seq === rowCount - 1
  const isFormer = last !== undefined && isFormerRow(stored.id, last)
  if (isWhole && !isFormer && rowCount <= length) {
    const differing = tail.find((row) => !isSame(row, stored.id, scanned, tail))
    if (differing === undefined) return afterRun(tail, scanned) ?? { from: rowCount, takeBackFrom: null }
    const { seq } = differing
    if ((await goesOn(differing, tail, scanned)) && (seq > start || start === 0))
      return { from: seq, takeBackFrom: seq }
    if (seq === length - 1 && isBeginningOf(await rowOf(scanned, seq), differing))
      return { from: length, takeBackFrom: null, isOlder: true }
    const same =
      differing.uuid === rowIdAt(scanned, stored.id, seq) ? null : await findUnderOtherIds(stored, scanned)
    if (same !== null) return same
  } else if (isWhole) {
    const older = await findInOlder(stored, scanned)
    if (older !== null) return older
  }
  const whole = await findInOtherWords(stored, scanned)
  if (whole === 'stored') return { from: length, takeBackFrom: null, isOlder: true }
  if (whole === 'file') return { from: 0, takeBackFrom: 0, stored: new Set() }
  // Rows that all have ids of their own are known one by one.
  if (scanned.ownIds.size === length && scanned.session.identity.by !== 'content')
    return findOneByOne(stored, scanned)
  throw wouldMix(scanned)
}

/** A run that has gone on: the usage that its last answer was stored with is a later one's now. Null for any other. */
function afterRun(tail: readonly StoredRowFragment[], { runAt }: ScannedSession): Continuation | null {
  const answer = tail.findLast(({ role }) => role === 'ASSISTANT')
  if (runAt === null || answer === undefined || answer.seq >= runAt) return null
  return { from: answer.seq, takeBackFrom: answer.seq }
}

/** The same where as many rows are stored as the file has, or more, or under ids of earlier versions; null where they differ. */
async function findInOlder(stored: StoredRows, scanned: ScannedSession): Promise<Continuation | null> {
  const digest = await digestAll(stored.all())
  const { length } = scanned.digest
  const common = Math.min(stored.rowCount, length)
  const isOlder = stored.rowCount > length
  if (digest.at(common - 1) === scanned.digest.at(common - 1))
    return { from: common, takeBackFrom: null, isOlder }
  if (!isOlder || digest.at(common - 2) !== scanned.digest.at(common - 2)) return null
  // An older copy of the file that ends within an answer.
  for await (const row of stored.all())
    if (row.seq === common - 1)
      return isBeginningOf(await rowOf(scanned, row.seq), row)
        ? { from: common, takeBackFrom: null, isOlder }
        : null
  return null
}

/**
 * The same where a conversation is stored as another writer told it, as what an agent prints of a run that its own record has too:
 * its rows are how the file begins, under other ids, which they keep. Null where they are not.
 */
async function findUnderOtherIds(stored: StoredRows, scanned: ScannedSession): Promise<Continuation | null> {
  const { rowCount } = stored
  const { length } = scanned.digest
  const digest = await digestAll(stored.all())
  if (digest.at(rowCount - 1) !== scanned.digest.at(rowCount - 1)) return null
  return { from: rowCount, takeBackFrom: null, isOlder: rowCount === length }
}

/**
 * The same by the ids of the rows: those that are not stored are new. Where some of them stand before rows that are stored, as
 * when a later piece came first, those rows are taken back and come again in their order, if the file has all of them.
 */
async function findOneByOne(stored: StoredRows, scanned: ScannedSession): Promise<Continuation> {
  const rows = new Map<string, { seq: number; digest: string }>()
  /** What is stored without an id of its own, as another writer told it. */
  const placed = new Set<string>()
  const beginning = new TranscriptDigest()
  for await (const row of stored.all()) {
    const digest = digestStored(row)
    beginning.add(digest)
    rows.set(row.uuid, { seq: row.seq, digest })
    if (row.uuid === messageIdAt(stored.id, row.seq, beginning.at(row.seq))) placed.add(digest)
  }
  const seen = new Set<string>()
  let differsAt: number | undefined
  let isNew = false
  let takeBackFrom: number | null = null
  for (const [index, id] of scanned.ownIds) {
    const row = rows.get(id)
    const digest = scanned.digest.rowAt(index)
    if (row === undefined && placed.has(digest)) throw wouldMix(scanned)
    isNew ||= row === undefined
    if (row === undefined) continue
    seen.add(id)
    if (row.digest !== digest) differsAt ??= index
    if (isNew) takeBackFrom = Math.min(takeBackFrom ?? row.seq, row.seq)
  }
  const [begun] = rows.values()
  // The same conversation as another writer told it: under other ids, or without any.
  const isToldOtherwise = begun !== undefined && (begun.digest === scanned.first || placed.has(begun.digest))
  if (seen.size === 0 && isToldOtherwise) throw wouldMix(scanned)
  const isHeld = [...rows].every(([id, { seq }]) => seq < (takeBackFrom ?? 0) || seen.has(id))
  const [first] = rows.keys()
  const isPiece = takeBackFrom === null && first !== undefined && !seen.has(first)
  if (takeBackFrom === null || differsAt !== undefined || !isHeld)
    return {
      ...{ from: 0, takeBackFrom: null, stored: seen, isPiece, seqs: seqsOf(scanned, rows, rows.size) },
      ...(differsAt === undefined ? {} : { differsAt }),
    }
  for (const [id, { seq }] of rows) if (seq >= takeBackFrom) rows.delete(id)
  for (const id of seen) if (!rows.has(id)) seen.delete(id)
  return { from: 0, takeBackFrom, stored: seen, seqs: seqsOf(scanned, rows, takeBackFrom) }
}

/** The seq of each row of a file: the stored one, or that which it gets behind those that stay. */
function seqsOf(
  { ownIds }: ScannedSession,
  stays: ReadonlyMap<string, { seq: number }>,
  next: number,
): number[] {
  let seq = next
  return [...ownIds.values()].map((id) => stays.get(id)?.seq ?? seq++)
}

function wouldMix({ session: { file } }: ScannedSession): Refusal {
  return new Refusal(
    `what is stored under its id is not how ${file.name} begins; its messages would be mixed, so that what came first stays`,
  )
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
  return row !== lastAnswer || (scanned.outputTokens[seq] ?? -1) <= tokensOf(row)
}
