import { printLeftOut } from '../left-out.js'
import { plain, printNote } from '../terminal-text.js'
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
  /** What people should know of single sessions. */
  notes: { name: string; note: string }[]
  /** Why it ended before every session was tried; null when none was left out. */
  stopped: string | null
}

/** A report before anything was imported; what could not be read on the way to it has failed already. */
export function emptyReport({ unreadable, links }: Pick<Sources, 'unreadable' | 'links'>): ImportReport {
  const [first, ...others] = links
  const what = others.length === 0 ? 'a link, which' : `one of ${links.length} links, which`
  return {
    ...{ created: 0, updated: 0, skipped: 0, failed: unreadable.length, messages: 0 },
    ...{ failures: [...unreadable], leftOut: {}, stopped: null },
    notes: first === undefined ? [] : [{ name: first, note: `it is ${what} an import does not follow` }],
  }
}

/** Notes that a session, or a file, was not imported, and why. */
export function addFailure(report: ImportReport, name: string, reason: string): void {
  report.failed += 1
  report.failures.push({ name, reason })
}

/** Says on stderr what was left out, and what people should know. */
export function printNotes(report: Pick<ImportReport, 'leftOut' | 'notes'>): void {
  for (const { name, note } of report.notes) printNote(`${plain(name)}: ${plain(note)}\n`)
  printLeftOut(report)
}
