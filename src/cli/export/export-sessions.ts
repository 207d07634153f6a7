import type { ExportedSessionFragment } from '../documents.generated.js'
import { Refusal } from '../import/refusal.js'
import type { Progress } from '../import/progress.js'
import type { FoundSessions } from './find-sessions.js'
import type { Target } from './targets.js'

/** How an export ended. */
export interface ExportReport {
  exported: number
  /** Sessions whose file is there already and was left alone. */
  existing: number
  failed: number
  /** Messages of the exported sessions, as counted when they were listed. */
  messages: number
  failures: { name: string; reason: string }[]
  /** Why it ended before every session was tried; null when none was left out. */
  stopped: string | null
}

interface Work {
  found: FoundSessions
  target: Target
  piecesOf: (session: ExportedSessionFragment) => AsyncIterable<string>
  includeCompacted: boolean
  progress: Progress
  signal: AbortSignal
}

const concurrency = 4
/** Refusals that would meet every other session as well. */
const hopeless = new Set(['UNAUTHENTICATED', 'UPGRADE_REQUIRED'])

/** Writes sessions to a target, a few at a time; one that fails does not stop the others. */
export async function exportSessions(work: Work): Promise<ExportReport> {
  const { found, target, progress } = work
  const report: ExportReport = {
    ...{ exported: 0, existing: 0, failed: 0, messages: 0 },
    failures: [],
    stopped: null,
  }
  const sessions = found.sessions[Symbol.asyncIterator]()
  let last = Promise.resolve()
  let listing = Promise.resolve()
  const next = async () => {
    const before = listing
    let listed = () => {}
    listing = new Promise((resolve) => {
      listed = resolve
    })
    await before
    try {
      const { value, done } = await sessions.next()
      if (done) return null
      let end = () => {}
      const turn = last
      last = new Promise((resolve) => {
        end = resolve
      })
      return { session: value, turn, end }
    } finally {
      listed()
    }
  }
  return report
}
