import type { SessionOrigin } from '../documents.generated.js'
import { CliError } from '../failure.js'
import {
  type Connection,
  connect,
  type GatewayFlags,
  printFailures,
  requirePlace,
  untilInterrupted,
} from '../gateway/connect.js'
import type { FormatName } from './formats.js'
import { createImportProgress } from './import-progress.js'
import { describeLeftOut, emptyReport, type ImportReport } from './import-report.js'
import { createImporter, type Importing } from './import-sessions.js'
import { planImport } from './plan.js'
import { type FlagDefaults, readFiles } from './read-files.js'
import { recognizeFile } from './recognize.js'
import { findSources, type SourceFlags, type Sources } from './sources.js'
import type { ImportTarget } from './upload.js'
import { createWatch } from './watch.js'

export interface ImportFlags extends GatewayFlags, SourceFlags {
  format: FormatName | 'auto'
  agent?: string
  model?: string
  origin?: 'user' | 'eval' | 'worker'
  label: Record<string, string[]>
  visibility: 'private' | 'workspace'
  watch?: boolean
  dryRun?: boolean
  json?: boolean
}

/** Reads the files, brings their sessions to the gateway and prints the counts; with `--watch` goes on until interrupted. */
export async function runImport(path: string | undefined, flags: ImportFlags): Promise<void> {
  requirePlace('import', flags)
  const sources = await findSources(path, flags)
  try {
    // One file that nobody can read is said before anybody is asked.
    const [only, ...others] = sources.files
    if (only !== undefined && others.length === 0) recognizeFile(only, flags.format)
    if (flags.dryRun) return await planImport(sources, flags)
    await untilInterrupted((signal) => importSources(sources, flags, signal))
  } finally {
    await sources.close()
  }
}

async function importSources(sources: Sources, flags: ImportFlags, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now()
  const connection = await connect('import', flags, signal, { guessesKey: true })
  const { organization, workspace } = connection.place
  if (connection.role === 'READ') throw new CliError(`The key may only read in ${organization}/${workspace}.`)
  const report = emptyReport()
  let watching = false
  const say: Importing['onSession'] = ({ name, title }, outcome, count) => {
    if (watching && outcome !== 'skipped')
      process.stdout.write(`${describe(name, title)}: ${outcome}, ${count} new messages\n`)
  }
  const progress = createImportProgress()
  const target = targetOf(connection, flags)
  const { client, organizationId } = connection
  const importer = createImporter({
    client,
    target,
    organizationId,
    report,
    progress,
    signal,
    onSession: say,
  })
  const watch = flags.watch ? createWatch(sources, importer, report) : null
  const reading = { wanted: flags.format, defaults: defaultsOf(flags), report, ...watch?.holding }
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
}

function describe(name: string, title: string | null): string {
  return title === null ? name : `${name} (${title})`
}

/** What flags say of every session. */
export function defaultsOf(flags: ImportFlags): FlagDefaults {
  return {
    agent: flags.agent ?? null,
    model: flags.model ?? null,
    origin: (flags.origin?.toUpperCase() as SessionOrigin | undefined) ?? null,
    labels: flags.label,
  }
}

export function targetOf({ place, scopes }: Connection, { visibility }: ImportFlags): ImportTarget {
  return {
    ...place,
    visibility: visibility === 'workspace' ? 'WORKSPACE' : 'PRIVATE',
    times: scopes.includes('sessions:import'),
  }
}

function printReport(report: ImportReport, { json }: ImportFlags, seconds: number): void {
  const { created, updated, skipped, failed, messages } = report
  printFailures(report.failures)
  printNotes(report)
  if (report.stopped !== null)
    process.stderr.write(
      `The import ended early: ${report.stopped}; the same command goes on with the rest.\n`,
    )
  const counts = `created ${created}, updated ${updated}, skipped ${skipped}, failed ${failed}`
  const sentence = `${counts} (${messages} new messages, ${seconds.toFixed(1)} s)`
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${sentence}\n`)
}

/** Says on stderr what was left out, and what people should know. */
export function printNotes(report: Pick<ImportReport, 'leftOut' | 'notes'>): void {
  for (const { name, note } of report.notes) process.stderr.write(`${name}: ${note}\n`)
  for (const line of describeLeftOut(report)) process.stderr.write(`${line}\n`)
}

function failFor({ created, updated, skipped, failed, stopped }: ImportReport): void {
  if (stopped !== null)
    throw new CliError(`The import ended early: ${stopped}; the same command goes on with the rest.`)
  if (failed > 0) throw new CliError(`${failed} of ${created + updated + skipped + failed} sessions failed.`)
}
