import { print } from 'graphql'
import { withActs } from '../beside/perform.js'
import { documentPieces } from '../export/documents.js'
import { type ExportReport, exportSessions } from '../export/export-sessions.js'
import { findMatching } from '../export/find-sessions.js'
import type { exportFormats } from '../export/formats.js'
import { openLines } from '../export/targets.js'
import { CliError, exitCodes } from '../failure.js'
import type { GatewayClient } from '../gateway/client.js'
import { printFailures, untilInterrupted } from '../gateway/connect.js'
import { Refusal } from '../gateway/refusal.js'
import { createProgress } from '../progress.js'
import { printRemoval, removeAll } from '../retention/remove-all.js'
import { printNote } from '../terminal-text.js'
import { eraseActs } from './acts.js'

interface EraseFlags {
  org: string
  workspace: string
  user: string
  out?: string
  format: (typeof exportFormats)[number]
  overwrite?: boolean
  dryRun?: boolean
  data?: string
  json?: boolean
}

/** Exports the sessions of a user, and erases those that did not change since. */
export async function erase(flags: EraseFlags): Promise<void> {
  const { org, workspace, out, dryRun = false, user } = flags
  if (!dryRun && out === undefined) throw new CliError('erase takes --out, or --dry-run.', exitCodes.usage)
  const within = { org, workspace }
  await withActs(flags, eraseActs, (perform) =>
    untilInterrupted(async (signal) => {
      const { userId, at } = await perform('erase begin', { ...within, user })
      const see = () => perform('erase remove', { ...within, userId, dryRun: true, changedBefore: null })
      if (dryRun) return printRemoval(await see(), flags)
      const client = clientOf((asked) => perform('erase read', { ...within, userId, ...asked }))
      await exportAll(client, flags, signal)
      const { removed } = await removeAll(() => {
        signal.throwIfAborted()
        return perform('erase remove', { ...within, userId, dryRun, changedBefore: at })
      })
      // What came or changed since the export is not in it, and stays.
      const { remaining, sample } = await see()
      printRemoval({ removed, remaining, sample }, flags)
      if (remaining > 0) throw new CliError(`${remaining} sessions changed meanwhile and stay; repeat it.`)
    }),
  )
}

async function exportAll(
  client: GatewayClient,
  { org, workspace, out = '', format, overwrite = false }: EraseFlags,
  signal: AbortSignal,
): Promise<void> {
  const workspaceRef = { organization: org, workspace }
  const filter = { archived: 'ANY', includeWorkload: true, mine: true } as const
  const report: ExportReport = await exportSessions({
    found: await findMatching(client, workspaceRef, filter),
    target: await openLines(out, { overwrite, signal }),
    piecesOf: (session, onLeftOut) =>
      documentPieces(client, workspaceRef, session, { format, includeCompacted: true }, onLeftOut),
    includeCompacted: true,
    progress: createProgress(),
    signal,
  })
  printFailures(report.failures)
  if (report.stopped !== null || report.failed > 0)
    throw new CliError('Nothing is erased: the export did not take all sessions.')
  printNote(`exported ${report.exported} sessions (${report.messages} messages) to ${out}\n`)
}

type Reading = Parameters<(typeof eraseActs)['erase read']>[1]
type Answer = Awaited<ReturnType<(typeof eraseActs)['erase read']>>

/** A client that reads by an act. */
function clientOf(read: (asked: Pick<Reading, 'query' | 'variables'>) => Promise<Answer>): GatewayClient {
  return {
    execute: async (document, variables) => {
      const answer = await read({ query: print(document), variables: variables as object })
      if ('refusal' in answer) throw new Refusal(answer.refusal, { code: answer.code })
      // What an answer holds is what its document asked for.
      return { data: answer.data as never, repeated: false }
    },
  }
}
