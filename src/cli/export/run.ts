import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { CliError, exitCodes } from '../failure.js'
import type { GatewayClient } from '../gateway/client.js'
import { connect, type GatewayFlags, printFailures, untilInterrupted } from '../gateway/connect.js'
import { printLeftOut } from '../left-out.js'
import { createProgress } from '../progress.js'
import { jsonOf, print, printNote } from '../terminal-text.js'
import { type DocumentOptions, documentPieces } from './documents.js'
import { type ExportReport, exportSessions } from './export-sessions.js'
import { type FoundSessions, findMatching, findNamed } from './find-sessions.js'
import { openFolder, openLines, type Target } from './targets.js'

export interface ExportFlags extends DocumentOptions, GatewayFlags {
  out?: string
  jsonl?: string
  archived?: 'active' | 'archived' | 'any'
  includeWorkload?: boolean
  label: Record<string, string[]>
  overwrite: boolean
  json?: boolean
}

/** Writes the sessions to files or lines and prints the counts. */
export async function runExport(ids: readonly string[], flags: ExportFlags): Promise<void> {
  if (ids.length > 0 && isNarrowed(flags))
    throw new CliError('--archived, --include-workload and --label go without ids.', exitCodes.usage)
  if (flags.json && flags.jsonl === '-')
    throw new CliError('--json and --jsonl - would share stdout; take one of them.', exitCodes.usage)
  const startedAt = performance.now()
  const report = await untilInterrupted(async (signal) => {
    const { client, workspaceRef } = await connect('export', flags, signal, { guessesKey: true })
    const found = await find(client, workspaceRef, ids, flags)
    const target = await open(workspaceRef, flags, signal)
    const piecesOf = documentPieces.bind(null, client, workspaceRef)
    return exportSessions({
      found,
      target,
      signal,
      progress: createProgress(),
      includeCompacted: flags.includeCompacted,
      piecesOf: (session, onLeftOut) => piecesOf(session, flags, onLeftOut),
    })
  })
  printReport(report, flags, (performance.now() - startedAt) / 1000)
}

function isNarrowed({ archived, includeWorkload, label }: ExportFlags): boolean {
  return archived !== undefined || includeWorkload !== undefined || Object.keys(label).length > 0
}

async function find(
  client: GatewayClient,
  workspaceRef: WorkspaceRef,
  ids: readonly string[],
  { archived = 'any', includeWorkload = true, label }: ExportFlags,
): Promise<FoundSessions> {
  if (ids.length > 0) return findNamed(client, workspaceRef, ids)
  const labels = Object.entries(label).map(([key, values]) => ({ key, values }))
  const state = archived.toUpperCase() as Uppercase<typeof archived>
  return findMatching(client, workspaceRef, {
    archived: state,
    includeWorkload,
    labels: labels.length === 0 ? null : labels,
  })
}

function open(
  { organization, workspace }: WorkspaceRef,
  { out, jsonl, overwrite }: ExportFlags,
  signal: AbortSignal,
): Promise<Target> {
  if (jsonl !== undefined) return openLines(jsonl, { overwrite, signal })
  return openFolder(out ?? `${organization}-${workspace}`, { overwrite, signal })
}

function printReport(report: ExportReport, { json, jsonl }: ExportFlags, seconds: number): void {
  const { exported, existing, failed, messages, stopped } = report
  printFailures(report.failures)
  printLeftOut(report)
  if (report.compacted > 0)
    printNote(
      `left out: rows that a summary replaced, of ${report.compacted} ${report.compacted === 1 ? 'session' : 'sessions'}; --include-compacted writes them.\n`,
    )
  const counts = `exported ${exported}, existing ${existing}, failed ${failed}`
  const sentence = `${counts} (${messages} messages, ${seconds.toFixed(1)} s)`
  const say = jsonl === '-' ? printNote : print
  say(json ? jsonOf(report) : `${sentence}\n`)
  const left = jsonl === undefined || jsonl === '-' ? 'what is written is whole' : `${jsonl} is not written`
  if (stopped !== null) throw new CliError(`The export ended early: ${stopped}; ${left}.`)
  if (failed > 0) throw new CliError(`${failed} of ${exported + existing + failed} sessions failed.`)
  if (existing > 0)
    throw new CliError(
      `${existing} files were there already and stay as they are; --overwrite replaces them.`,
    )
}
