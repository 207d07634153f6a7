import { CliError } from '../failure.js'
import { connect, printFailures, requireWorkspace, untilInterrupted } from '../gateway/connect.js'
import { jsonOf, plain, print } from '../terminal-text.js'
import { createCopies } from './copies.js'
import { isFolder } from './file/walk-folder.js'
import { isLarge } from './find-sessions.js'
import { defaultsOf, type ImportFlags, requireWriter, targetOf } from './import-flags.js'
import { createImportProgress } from './import-progress.js'
import { emptyReport, type ImportReport, printNotes } from './import-report.js'
import { createImporter, type Importer, type Importing } from './import-sessions.js'
import { interruptibly } from './interruptibly.js'
import { planImport } from './plan.js'
import { readFiles } from './read-files.js'
import { recognizeFile } from './recognize.js'
import { findSources, type Sources } from './sources.js'
import { createWatch } from './watch.js'

/** Reads the files, brings their sessions to the gateway and prints the counts; with `--watch` goes on until interrupted. */
export async function runImport(path: string | undefined, flags: ImportFlags): Promise<void> {
  requireWorkspace('import', flags)
  await untilInterrupted(async (signal) => {
    const sources = await findSources(path, flags, signal)
    try {
      // One file that nobody can read is said before anybody is asked; a watched one may yet become one.
      const [only, ...others] = sources.files
      if (only !== undefined && others.length === 0 && !flags.watch)
        await interruptibly(() => recognizeFile(only, flags.format))
      await (flags.dryRun ? planImport : importSources)(sources, flags, signal)
    } finally {
      await sources.close()
    }
  })
}

async function importSources(sources: Sources, flags: ImportFlags, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now()
  const connection = await connect('import', flags, signal, { guessesKey: true })
  requireWriter(connection)
  const report = emptyReport(sources)
  let watching = false
  const say: Importing['onSession'] = ({ name, title }, outcome, count) => {
    if (watching && outcome !== 'skipped')
      print(`${plain(describe(name, title))}: ${outcome}, ${count} new messages\n`)
  }
  const progress = createImportProgress()
  const target = targetOf(connection, flags)
  const { client, organizationId } = connection
  const importer: Importer = createImporter({
    client,
    target,
    organizationId,
    report,
    progress,
    signal,
    onSession: say,
    comesLater: ({ file }) => watch?.bringLater(file) ?? false,
    hasLargeFiles: sources.files.some(isLarge),
  })
  const watch = flags.watch ? createWatch(sources, importer, report) : null
  const reading = {
    wanted: flags.format,
    defaults: defaultsOf(flags),
    report,
    copies: createCopies(),
    namesFiles: sources.files.length > 1 || sources.watched.some(isFolder),
    ...watch?.holding,
  }
  progress.start(sources.files.reduce((sum, { bytes }) => sum + bytes, 0))
  try {
    const files = sources.files.map((file) => ({ ...file, onRead: progress.read }))
    await importer.import(readFiles(files, reading))
  } finally {
    progress.stop()
  }
  printReport(report, flags, (performance.now() - startedAt) / 1000)
  if (watch === null || report.stopped !== null) return failFor(report)
  watching = true
  await watch.follow(reading, signal)
  if (report.stopped !== null && !signal.aborted) failFor(report)
}

function describe(name: string, title: string | null): string {
  return title === null ? name : `${name} (${title})`
}

function printReport(report: ImportReport, { json }: ImportFlags, seconds: number): void {
  const { created, updated, skipped, failed, messages } = report
  printFailures(report.failures)
  printNotes(report)
  const counts = `created ${created}, updated ${updated}, skipped ${skipped}, failed ${failed}`
  const sentence = `${counts} (${messages} new messages, ${seconds.toFixed(1)} s)`
  print(json ? jsonOf(report) : `${sentence}\n`)
}

function failFor({ created, updated, skipped, failed, stopped }: ImportReport): void {
  if (stopped !== null)
    throw new CliError(`The import ended early: ${stopped}; the same command goes on with the rest.`)
  if (failed > 0) throw new CliError(`${failed} of ${created + updated + skipped + failed} sessions failed.`)
}
