import { readClientKey } from '../../config.js'
import type { SessionOrigin } from '../documents.generated.js'
import { CliError, endSentence, exitCodes } from '../failure.js'
import { createGatewayClient, type GatewayClient, toGraphqlUrl } from './client.js'
import { type FormatName, readSessions, type SourceSessions } from './formats.js'
import { type ImportReport, importSessions } from './import-sessions.js'
import { createProgress } from './progress.js'
import { readSourceFile } from './read-file.js'
import { Refusal } from './refusal.js'
import { checkTarget, type ImportTarget } from './upload.js'

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

/** Reads the file, brings its sessions to the gateway and prints the counts. */
export async function runImport(path: string, flags: ImportFlags): Promise<void> {
  const { source, ...file } = await readSourceFile(path)
  const found = readSessions({ source, ...file }, flags.format, {
    source,
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

async function upload(found: SourceSessions, flags: ImportFlags, signal: AbortSignal): Promise<ImportReport> {
  const url = toGraphqlUrl(flags.url)
  if (url === null)
    throw new CliError(`--url takes an http or https address, not "${flags.url}".`, exitCodes.usage)
  const key = flags.key ?? readClientKey()
  if (key === null) throw new CliError('import takes --key, or SESSION_GATEWAY_KEY.', exitCodes.usage)
  const target: ImportTarget = {
    organization: flags.org,
    workspace: flags.workspace,
    visibility: flags.visibility === 'workspace' ? 'WORKSPACE' : 'PRIVATE',
  }
  const client = createGatewayClient({ url, key, signal })
  await requireTarget(client, target, url)
  return importSessions(client, target, found, { progress: createProgress(), signal })
}

async function requireTarget(client: GatewayClient, target: ImportTarget, url: string): Promise<void> {
  const place = `${target.organization}/${target.workspace}`
  let role: string
  try {
    role = await checkTarget(client, target)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'UNAUTHENTICATED') throw new CliError(`The gateway refuses the key: ${error.message}.`)
    if (error.code === 'NOT_FOUND') throw new CliError(`The key has no role in a workspace ${place}.`)
    if (error.code === null) throw new CliError(`No gateway answers at ${url}: ${error.message}.`)
    throw new CliError(endSentence(error.message))
  }
  if (role === 'READ') throw new CliError(`The key may only read in ${place}.`)
}

/** Ctrl-C ends the work after the counts so far are known; a second one ends the process. */
async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const interrupt = () => controller.abort(new CliError('Interrupted.'))
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

function printPlan({ format, sessions, unreadable }: SourceSessions, { json }: ImportFlags): void {
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

function printFailures(failures: ImportReport['failures']): void {
  for (const { name, reason } of failures) process.stderr.write(`${name}: ${endSentence(reason)}\n`)
}
