import type { SessionOrigin } from '../documents.generated.js'
import { CliError } from '../failure.js'
import { connect, printFailures, untilInterrupted } from '../gateway/connect.js'
import { createProgress } from '../progress.js'
import type { FormatName } from './formats.js'
import { type ImportReport, importSessions } from './import-sessions.js'
import { readAll } from './read-all.js'
import type { ImportTarget } from './upload.js'

export interface ImportFlags {
  url: string
  key?: string
  org: string
  workspace: string
  format: FormatName | 'auto'
  agent?: string
  model?: string
  origin?: 'user' | 'eval' | 'worker'
  label: Record<string, string[]>
  visibility: 'private' | 'workspace'
  dryRun?: boolean
  json?: boolean
}

type FoundSessions = Awaited<ReturnType<typeof readAll>>

/** Reads the file, brings its sessions to the gateway and prints the counts. */
export async function runImport(path: string, flags: ImportFlags): Promise<void> {
  const found = await readAll(path, flags.format, {
    agent: flags.agent ?? null,
    model: flags.model ?? null,
    origin: (flags.origin?.toUpperCase() as SessionOrigin | undefined) ?? null,
    labels: flags.label,
  })
  if (flags.dryRun) return printPlan(found, flags)

  const startedAt = performance.now()
  const report = await untilInterrupted((signal) => upload(found, flags, signal))
  printReport(report, flags, (performance.now() - startedAt) / 1000)
}

async function upload(found: FoundSessions, flags: ImportFlags, signal: AbortSignal): Promise<ImportReport> {
  const target: ImportTarget = {
    organization: flags.org,
    workspace: flags.workspace,
    visibility: flags.visibility === 'workspace' ? 'WORKSPACE' : 'PRIVATE',
  }
  const { client, role } = await connect('import', flags, target, signal)
  if (role === 'READ') throw new CliError(`The key may only read in ${flags.org}/${flags.workspace}.`)
  return importSessions(client, target, found, { progress: createProgress(), signal })
}

function printPlan({ format, sessions, unreadable }: FoundSessions, { json }: ImportFlags): void {
  const messages = sessions.reduce((sum, session) => sum + session.messages.length, 0)
  const plan = {
    format,
    sessions: sessions.length,
    messages,
    unreadable: unreadable.length,
    failures: unreadable,
  }
  printFailures(unreadable)
  const sentence = `Would import ${sessions.length} sessions with ${messages} messages (${format})`
  process.stdout.write(json ? `${JSON.stringify(plan, null, 2)}\n` : `${sentence}\n`)
  if (unreadable.length > 0) throw new CliError(`${unreadable.length} sessions of the file cannot be read.`)
}

function printReport(report: ImportReport, { json }: ImportFlags, seconds: number): void {
  const { created, updated, skipped, failed, messages } = report
  printFailures(report.failures)
  if (report.stopped !== null)
    process.stderr.write(
      `The import ended early: ${report.stopped}; the same command goes on with the rest.\n`,
    )
  const counts = `created ${created}, updated ${updated}, skipped ${skipped}, failed ${failed}`
  const sentence = `${counts} (${messages} new messages, ${seconds.toFixed(1)} s)`
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${sentence}\n`)
  if (report.stopped !== null)
    throw new CliError(`The import ended early: ${report.stopped}; the same command goes on with the rest.`)
  if (failed > 0) throw new CliError(`${failed} of ${created + updated + skipped + failed} sessions failed.`)
}
