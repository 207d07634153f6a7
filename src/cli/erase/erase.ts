import { type ModelStore, type Store, sql } from '../../db/prisma.js'
import { eraseUser, findUserId } from '../../domain/retention/erase.js'
import type { WorkspaceAccess } from '../../domain/viewer.js'
import { documentPieces } from '../export/documents.js'
import { type ExportReport, exportSessions } from '../export/export-sessions.js'
import { findMatching } from '../export/find-sessions.js'
import type { exportFormats } from '../export/formats.js'
import { openLines } from '../export/targets.js'
import { CliError, exitCodes } from '../failure.js'
import { printFailures, untilInterrupted } from '../gateway/connect.js'
import { enterAsOperator, operatorOf } from '../operator.js'
import { createProgress } from '../progress.js'
import { printRemoval, removeAll } from '../retention/remove-all.js'
import { withStore } from '../store.js'
import { clientOf } from './client.js'

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
  const { out, dryRun = false, user } = flags
  if (!dryRun && out === undefined) throw new CliError('erase takes --out, or --dry-run.', exitCodes.usage)
  const workspaceRef = { organization: flags.org, workspace: flags.workspace }
  await withStore(flags, ({ store }) =>
    untilInterrupted(async (signal) => {
      const access = await enterAsOperator(store, workspaceRef)
      const userId = await findUserId(store, access, user)
      const changedBefore = await now(store)
      if (!dryRun) await exportAll(store, access, userId, flags, signal)
      const operator = operatorOf(access.organizationId, access.workspaceId)
      const batch = async () => {
        const { removed, count, sample } = await eraseUser(store, operator, access, {
          user: userId,
          dryRun,
          changedBefore,
        })
        return { removed, remaining: count, sample }
      }
      if (dryRun) return printRemoval(await batch(), flags)
      const { removed } = await removeAll(batch)
      // What came or changed since the export is not in it, and stays.
      const left = await eraseUser(store, operator, access, { user: userId, dryRun: true })
      printRemoval({ removed, remaining: left.count, sample: left.sample }, flags)
      if (left.count > 0) throw new CliError(`${left.count} sessions changed meanwhile and stay; repeat it.`)
    }),
  )
}

async function exportAll(
  store: ModelStore,
  access: WorkspaceAccess,
  userId: string,
  { org, workspace, out = '', format, overwrite = false }: EraseFlags,
  signal: AbortSignal,
): Promise<void> {
  const workspaceRef = { organization: org, workspace }
  const client = clientOf(store, access, userId)
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
  process.stderr.write(`exported ${report.exported} sessions (${report.messages} messages) to ${out}\n`)
}

async function now(store: Store): Promise<Date> {
  const [row] = await store.$queryRaw<{ at: Date }[]>(sql`select now() as at`)
  if (row === undefined) throw new Error('The store tells no time')
  return row.at
}
