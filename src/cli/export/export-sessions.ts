import { isUuid } from '../../rules/uuid.js'
import type { ExportedSessionFragment } from '../documents.generated.js'
import { isHopeless, Refusal } from '../gateway/refusal.js'
import type { Progress } from '../progress.js'
import type { FoundSession, FoundSessions } from './find-sessions.js'
import type { Target } from './targets.js'

/** How an export ended. */
export interface ExportReport {
  exported: number
  /** Sessions whose file is there already and was left alone. */
  existing: number
  failed: number
  /** Messages of the exported sessions, as counted when they were listed. */
  messages: number
  /** Sessions of which rows stayed behind, as a summary had replaced them. */
  compacted: number
  /** What the format has no room for, by kind, with the number of sessions that have it. */
  leftOut: Record<string, number>
  failures: { name: string; reason: string }[]
  /** Why it ended before every session was tried; null when none was left out. */
  stopped: string | null
}

interface Work {
  found: FoundSessions
  target: Target
  piecesOf: (
    session: ExportedSessionFragment,
    onLeftOut: (kinds: readonly string[]) => void,
  ) => AsyncIterable<string>
  includeCompacted: boolean
  progress: Progress
  signal: AbortSignal
}

const concurrency = 4

/** Writes sessions to a target, a few at a time; one that fails does not stop the others. */
export async function exportSessions(work: Work): Promise<ExportReport> {
  const { found, target, progress, signal } = work
  const report: ExportReport = {
    exported: 0,
    existing: 0,
    failed: 0,
    messages: 0,
    compacted: 0,
    leftOut: {},
    failures: [],
    stopped: null,
  }
  const waiting = found.sessions[Symbol.asyncIterator]()
  let last: Promise<void> = Promise.resolve()
  const broken: unknown[] = []
  const stop = (error: unknown) => {
    if (signal.aborted) report.stopped = 'it was interrupted'
    else if (error instanceof Refusal) report.stopped = error.message
    else broken.push(error)
  }
  const next = async () => {
    const { value, done } = await waiting.next()
    return done ? null : value
  }
  const workOn = async () => {
    while (report.stopped === null && broken.length === 0) {
      const session = await next().catch(stop)
      if (!session) return
      const turn = last
      let end = () => {}
      last = new Promise((resolve) => {
        end = resolve
      })
      await exportOne(work, report, session, turn).catch(stop).finally(end)
      progress.advance(report)
    }
  }
  progress.start(found.total)
  try {
    await Promise.all(Array.from({ length: concurrency }, workOn))
  } finally {
    progress.stop()
    await target.close(broken.length === 0 && report.stopped === null)
  }
  if (broken.length > 0) throw broken[0]
  if (report.stopped !== null && !target.keeps)
    Object.assign(report, { exported: 0, messages: 0, compacted: 0 })
  return report
}

async function exportOne(
  { target, piecesOf, includeCompacted, signal }: Work,
  report: ExportReport,
  session: FoundSession,
  turn: Promise<void>,
): Promise<void> {
  if ('reason' in session) return fail(report, session.name, session.reason)
  // It names a file here, whoever answers there.
  if (!isUuid(session.uuid)) return fail(report, `session ${session.uuid}`, 'its uuid is none')
  if (await target.holds(session.uuid)) {
    report.existing += 1
    return
  }
  try {
    const leftOut = new Set<string>()
    const onLeftOut = (kinds: readonly string[]) => {
      for (const kind of kinds) leftOut.add(kind)
    }
    await target.write(session.uuid, piecesOf(session, onLeftOut), turn)
    report.exported += 1
    for (const kind of leftOut) report.leftOut[kind] = (report.leftOut[kind] ?? 0) + 1
    const { totalMessageCount, currentMessageCount } = session.usage
    report.messages += includeCompacted ? totalMessageCount : currentMessageCount
    if (!includeCompacted && currentMessageCount < totalMessageCount) report.compacted += 1
  } catch (error) {
    if (signal.aborted || !(error instanceof Refusal) || isHopeless(error)) throw error
    fail(report, `session ${session.uuid}`, error.message)
  }
}

function fail(report: ExportReport, name: string, reason: string): void {
  report.failed += 1
  report.failures.push({ name, reason })
}
