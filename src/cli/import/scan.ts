import { findFieldIssues } from '../../domain/acting/field-issues.js'
import { findLabelIssues } from '../../rules/label.js'
import { Refusal } from '../gateway/refusal.js'
import type { FoundSession } from './find-sessions.js'
import type { KnownRows } from './locate.js'
import { type PreparedRow, type Preparing, prepareRows, readTime, toStorable } from './prepare.js'
import { digestRow, TranscriptDigest } from './transcript-digest.js'

/** A session of a file with what a first reading of all its rows tells. */
export interface ScannedSession extends KnownRows {
  session: FoundSession
  /** Output tokens of every row; -1 for none. They tell whether an answer went on. */
  outputTokens: readonly number[]
  /** Index of the answer that has the usage of the whole run; null for none. */
  runAt: number | null
  /** The rows, read anew. */
  rows(): Iterable<PreparedRow>
  /** When the first row was said, where the file tells. */
  firstAt: string | null
  /** Kinds of what is left out, with how many there are of each. */
  leftOut: ReadonlyMap<string, number>
}

/**
 * Reads all of a session once: every limit of the gateway is checked before anything is written.
 * @throws {Refusal} for the first that is broken, naming the message by its place in the file
 */
export function scanSession(found: FoundSession, how: Preparing): ScannedSession {
  const digest = new TranscriptDigest()
  const ownIds = new Map<number, string>()
  const outputTokens: number[] = []
  const leftOut = new Map<string, number>()
  let firstAt: string | null = null
  let runAt: number | null = null
  const count = (what: string, by = 1) => leftOut.set(what, (leftOut.get(what) ?? 0) + by)
  const changed: string[] = []
  const { title, agent, model, labels, systemPrompt, startContext } = found
  const head = toStorable({ title, agent, model, labels, systemPrompt, startContext }, changed)
  const session = { ...found, ...head }
  for (const what of changed) count(what)
  requireHead(session)
  for (const { what, count: many } of session.leftOut ?? []) count(what, many)
  const begunAt = readTime(session.createdAt, how, [])
  const rows = () => prepareRows(session, session.messages(), { ...how, firstAt: firstAt ?? begunAt })
  for (const row of rows()) {
    if (row.refusal !== null) throw new Refusal(row.refusal)
    const { id, role, content = '', toolCallId = null, toolCalls = null, usage, createdAt } = row.message
    if (row.ofRun) runAt = digest.length
    if (id != null) ownIds.set(digest.length, id)
    digest.add(digestRow({ role, content, toolCallId, toolCalls }))
    outputTokens.push(usage == null ? -1 : (usage.outputTokens ?? 0))
    firstAt ??= createdAt ?? null
    for (const what of row.leftOut) count(what)
  }
  return { session, digest, first: digest.rowAt(0), ownIds, outputTokens, runAt, rows, firstAt, leftOut }
}

function requireHead({ title, agent, model, labels, messageCount }: FoundSession): void {
  const [issue] = [
    ...findFieldIssues({ title, agent, model, messageCount }),
    ...findLabelIssues(labels, ['labels']),
  ]
  if (issue !== undefined) throw new Refusal(`${issue.path.join('.')}: ${issue.message}`)
}
