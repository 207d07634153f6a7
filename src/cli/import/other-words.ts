import type { StoredRowFragment } from '../documents.generated.js'
import { isLarge } from './find-sessions.js'
import { toStoredRows } from './growing-row.js'
import { messageIdAt } from './identity.js'
import { eachInterruptibly } from './interruptibly.js'
import { digestStored, type StoredRows } from './locate.js'
import type { ScannedSession } from './scan.js'
import { digestRow, TranscriptDigest } from './transcript-digest.js'

/** What the rows of a session say. */
interface Words {
  /** Digests of the rows, in their order. */
  rows: string[]
  /** Digests of what people and models said, in its order: calls and results are told by writers in ways of their own. */
  said: string[]
  /** Whether somebody asked something: what an agent prints of a run often lacks it. */
  hasAsked: boolean
  /** Whether all rows have ids that are made of what they hold. */
  isPlaced: boolean
}

/**
 * Which of two tellings of a run is the whole one. Of what an agent printed and its own record, all that the former says stands in the
 * latter, in its order; of the same file read by an earlier version, each row. Null where that cannot be seen.
 */
export async function findInOtherWords(
  stored: StoredRows,
  scanned: ScannedSession,
): Promise<'stored' | 'file' | null> {
  if (scanned.session.identity.by === 'content') return null
  const ownIds = new Set(scanned.ownIds.values())
  if (ownIds.size > 0 && (await stored.tail()).some(({ uuid }) => ownIds.has(uuid))) return null
  const there = await wordsOf(stored.all(), stored.id)
  const rows = eachInterruptibly(toStoredRows(scanned, stored.id), isLarge(scanned.session.file))
  const file = await wordsOf(rows, stored.id)
  const isPrinted = (one: Words, other: Words) =>
    one.isPlaced && (!other.isPlaced || (other.hasAsked && !one.hasAsked))
  const isLess = there.isPlaced && isWithin(there.rows, file.rows)
  if (isLess || (isPrinted(there, file) && isWithin(there.said, file.said))) return 'file'
  return isPrinted(file, there) && isWithin(file.said, there.said) ? 'stored' : null
}

async function wordsOf(rows: AsyncIterable<StoredRowFragment>, sessionId: string): Promise<Words> {
  const words: Words = { rows: [], said: [], hasAsked: false, isPlaced: true }
  const beginning = new TranscriptDigest()
  for await (const row of rows) {
    const { role, content, uuid, seq } = row
    const digest = digestStored(row)
    beginning.add(digest)
    words.rows.push(digest)
    words.isPlaced &&= uuid === messageIdAt(sessionId, seq, beginning.at(seq))
    words.hasAsked ||= role === 'USER'
    if ((role === 'USER' || role === 'ASSISTANT') && content !== '')
      words.said.push(digestRow({ role, content, toolCallId: null, toolCalls: null }))
  }
  return words
}

/** Whether words stand among others, in their order. */
function isWithin(one: readonly string[], other: readonly string[]): boolean {
  let found = 0
  for (const word of other) if (word === one[found]) found += 1
  return one.length > 0 && found === one.length
}
