import { readClientKey } from '../../config/environment.js'
import { CliError } from '../failure.js'
import { connect, printFailures } from '../gateway/connect.js'
import { Refusal } from '../gateway/refusal.js'
import { jsonOf, print } from '../terminal-text.js'
import { createCopies } from './copies.js'
import { isFolder } from './file/walk-folder.js'
import { isLarge } from './find-sessions.js'
import { defaultsOf, type ImportFlags, requireWriter, targetOf } from './import-flags.js'
import { addFailure, emptyReport, type ImportReport, printNotes } from './import-report.js'
import { createImporter } from './import-sessions.js'
import { interruptibly } from './interruptibly.js'
import { type Reading, readFiles } from './read-files.js'
import { scanSession } from './scan.js'
import type { Sources } from './sources.js'

/** Reads the files as an import does and says what it would do; with a key also asks the gateway, which is not changed. */
export async function planImport(sources: Sources, flags: ImportFlags, signal: AbortSignal): Promise<void> {
  const report = emptyReport(sources)
  const found = new Set<string>()
  const onFormat = (name: string) => found.add(name)
  const reading = {
    wanted: flags.format,
    defaults: defaultsOf(flags),
    report,
    copies: createCopies(),
    namesFiles: sources.files.length > 1 || sources.watched.some(isFolder),
    onFormat,
  }
  const hasKey = flags.key !== undefined || readClientKey() !== null
  if (hasKey) await askGateway(sources, flags, reading, signal)
  else await interruptibly(() => readOnly(sources, reading))
  const format = [...found].sort().join(', ') || flags.format
  printPlan(report, format, hasKey, flags)
}

/** Does all that an import does but write. */
async function askGateway(
  { files }: Sources,
  flags: ImportFlags,
  reading: Reading,
  signal: AbortSignal,
): Promise<void> {
  const connection = await connect('import', flags, signal)
  requireWriter(connection)
  const { client, organizationId } = connection
  const target = targetOf(connection, flags)
  const progress = { advance: () => {}, wrote: () => {} }
  const { report } = reading
  const importer = createImporter({
    client,
    target,
    organizationId,
    report,
    progress,
    signal,
    dryRun: true,
    hasLargeFiles: files.some(isLarge),
  })
  await importer.import(readFiles(files, reading))
}

function readOnly({ files }: Sources, reading: Reading): void {
  const { report } = reading
  for (const session of readFiles(files, reading))
    try {
      const { digest, leftOut } = scanSession(session, {
        times: true,
        now: Date.now(),
        isCounted: () => false,
      })
      report.created += 1
      report.messages += digest.length
      for (const what of leftOut.keys()) report.leftOut[what] = (report.leftOut[what] ?? 0) + 1
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      addFailure(report, session.name, error.message)
    } finally {
      session.release()
    }
}

function printPlan(report: ImportReport, format: string, isAsked: boolean, { json }: ImportFlags): void {
  const { created, updated, skipped, failed, messages, stopped } = report
  const sessions = created + updated + skipped
  printFailures(report.failures)
  printNotes(report)
  const sentence = isAsked
    ? `Would create ${created}, update ${updated}, skip ${skipped} sessions (${messages} new messages, ${format})`
    : `Would import ${sessions} sessions with ${messages} messages (${format})`
  print(json ? jsonOf({ format, sessions, ...report }) : `${sentence}\n`)
  if (stopped !== null) throw new CliError(`The plan ended early: ${stopped}.`)
  if (failed > 0) throw new CliError(`${failed} sessions would not come in.`)
}
