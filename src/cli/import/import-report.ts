import { printLeftOut } from '../left-out.js'
import { counted, plain, printNote } from '../terminal-text.js'
import type { UnreadableSession } from './source.js'
import type { Sources } from './sources.js'
import type { UploadOutcome } from './upload.js'

/** How an import ended: a count for each outcome, and why sessions failed. */
export interface ImportReport extends Record<UploadOutcome, number> {
  failed: number
  /** Messages that were new to the gateway. */
  messages: number
  failures: UnreadableSession[]
  /** What has no place in the gateway, by kind, with the number of sessions that had it. */
  leftOut: Record<string, number>
  /** What holds no messages, and makes no session. */
  empty: string[]
  /** What people should know of single sessions. */
  notes: { name: string; note: string }[]
  /** Why it ended before every session was tried; null when none was left out. */
  stopped: string | null
}

/** A report before anything was imported; what could not be read on the way to it has failed already. */
export function emptyReport({
  unreadable,
  passedOver,
}: Pick<Sources, 'unreadable' | 'passedOver'>): ImportReport {
  const { link, 'packed file': packed } = passedOver
  return {
    ...{ created: 0, updated: 0, skipped: 0, failed: unreadable.length, messages: 0 },
    ...{ failures: [...unreadable], leftOut: {}, stopped: null, empty: [] },
    notes: [
      ...noteOf(link, 'link', 'which an import does not follow'),
      ...noteOf(packed, 'packed file', 'which an import does not read; unpacked it does'),
    ],
  }
}

/** One note of all that was passed over for one reason. */
function noteOf([name, ...others]: readonly string[], kind: string, why: string): ImportReport['notes'] {
  if (name === undefined) return []
  const what = others.length === 0 ? `a ${kind}` : `one of ${others.length + 1} ${kind}s`
  return [{ name, note: `it is ${what}, ${why}` }]
}

/** Notes that a session, or a file, was not imported, and why. */
export function addFailure(report: ImportReport, name: string, reason: string): void {
  report.failed += 1
  report.failures.push({ name, reason })
}

/** Says on stderr what was left out, and what people should know. */
export function printNotes(report: Pick<ImportReport, 'leftOut' | 'notes' | 'empty'>): void {
  const [empty, ...others] = new Set(report.empty)
  const also = others.length === 0 ? '' : `, like ${counted(others.length, 'other')}`
  const emptyNote =
    empty === undefined ? [] : [{ name: empty, note: `it has no messages, and makes no session${also}` }]
  for (const { name, note } of [...report.notes, ...emptyNote]) printNote(`${plain(name)}: ${plain(note)}\n`)
  printLeftOut(report)
}
