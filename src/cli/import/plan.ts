import { readClientKey } from '../../config.js'
import { CliError } from '../failure.js'
import { connect, printFailures, untilInterrupted } from '../gateway/connect.js'
import { findContinuation } from './continuation.js'
import type { FoundSession } from './find-sessions.js'
import { defaultsOf, type ImportFlags, targetOf } from './import-flags.js'
import { addFailure, emptyReport, printNotes } from './import-report.js'
import { createContentIndex } from './locate.js'
import { readFiles } from './read-files.js'
import { Refusal } from './refusal.js'
import { type ScannedSession, scanSession } from './scan.js'
import type { Sources } from './sources.js'
import { findTarget } from './upload.js'

/** Asks the gateway, without writing, whether it would take a session. */
type Ask = (scanned: ScannedSession) => Promise<void>

/** Reads the files as an import does and says what it would do; with a key also asks the gateway, which is not changed. */
export async function planImport(sources: Sources, flags: ImportFlags): Promise<void> {
  const hasKey = flags.key !== undefined || readClientKey() !== null
  if (!hasKey) return printPlan(sources, flags, null, true)
  await untilInterrupted(async (signal) => {
    const connection = await connect('import', flags, signal)
    const target = targetOf(connection, flags)
    const contents = createContentIndex(connection.client, target, connection.organizationId)
    const ask: Ask = async (scanned) => {
      const { stored } = await findTarget(connection.client, target, contents, scanned)
      if (stored !== null) await findContinuation(connection.client, target, stored, scanned)
    }
    await printPlan(sources, flags, ask, target.times)
  })
}

async function printPlan(
  sources: Sources,
  flags: ImportFlags,
  ask: Ask | null,
  times: boolean,
): Promise<void> {
  const report = emptyReport()
  const found = new Set<string>()
  const onFormat = (name: string) => found.add(name)
  const reading = { wanted: flags.format, defaults: defaultsOf(flags), report, onFormat }
  let sessions = 0
  for (const session of readFiles(sources.files, reading)) {
    const scanned = await examine(session, ask, times).catch((error) => {
      if (!(error instanceof Refusal)) throw error
      addFailure(report, session.name, error.message)
      return null
    })
    if (scanned === null) continue
    sessions += 1
    report.messages += scanned.digest.length
    for (const what of scanned.leftOut.keys()) report.leftOut[what] = (report.leftOut[what] ?? 0) + 1
  }
  const { failures, messages, leftOut } = report
  const format = [...found].sort().join(', ') || flags.format
  const plan = { format, sessions, messages, unreadable: failures.length, failures, leftOut }
  printFailures(failures)
  printNotes(report)
  const sentence = `Would import ${sessions} sessions with ${messages} messages (${format})`
  process.stdout.write(flags.json ? `${JSON.stringify(plan, null, 2)}\n` : `${sentence}\n`)
  if (failures.length > 0) throw new CliError(`${failures.length} sessions would not come in.`)
}

async function examine(session: FoundSession, ask: Ask | null, times: boolean): Promise<ScannedSession> {
  const scanned = scanSession(session, { times, now: Date.now(), isCounted: () => false })
  await ask?.(scanned)
  return scanned
}
