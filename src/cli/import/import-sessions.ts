import type { Progress } from '../progress.js'
import type { GatewayClient } from './client.js'
import type { SourceSessions } from './formats.js'
import { Refusal } from './refusal.js'
import type { UnreadableSession } from './source.js'
import { type ImportTarget, type UploadOutcome, uploadSession } from './upload.js'

/** How an import ended: a count for each outcome, and why sessions failed. */
export interface ImportReport extends Record<UploadOutcome, number> {
  failed: number
  /** Messages that were new to the gateway. */
  messages: number
  failures: UnreadableSession[]
  /** Why it ended before every session was tried; null when none was left out. */
  stopped: string | null
}

const concurrency = 4
/** Refusals that would meet every other session as well. */
const hopeless = new Set(['UNAUTHENTICATED', 'UPGRADE_REQUIRED'])

/** Brings sessions to the gateway, a few at a time; a failing one does not stop the others. */
export async function importSessions(
  client: GatewayClient,
  target: ImportTarget,
  { sessions, unreadable }: Pick<SourceSessions, 'sessions' | 'unreadable'>,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<ImportReport> {
  const report: ImportReport = {
    ...{ created: 0, updated: 0, skipped: 0, failed: unreadable.length, messages: 0 },
    failures: [...unreadable],
    stopped: null,
  }
  const waiting = sessions.values()
  progress.start(sessions.length)
  const work = async () => {
    for (const session of waiting) {
      if (report.stopped !== null) return
      try {
        const { outcome, appended } = await uploadSession(client, target, session)
        report[outcome] += 1
        report.messages += appended
      } catch (error) {
        if (signal.aborted) report.stopped = 'it was interrupted'
        else if (!(error instanceof Refusal)) throw error
        else fail(report, session.name, error)
      }
      progress.advance(report)
    }
  }
  try {
    await Promise.all(Array.from({ length: concurrency }, work))
  } finally {
    progress.stop()
  }
  return report
}

function fail(report: ImportReport, name: string, refusal: Refusal): void {
  report.failed += 1
  report.failures.push({ name, reason: refusal.message })
  if (hopeless.has(refusal.code ?? '')) report.stopped = refusal.message
}
