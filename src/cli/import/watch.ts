import { statSync } from 'node:fs'
import { basename, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { watch } from 'chokidar'
import { CliError } from '../failure.js'
import { printFailures } from '../gateway/connect.js'
import { printNote } from '../terminal-text.js'
import { findSourceFile, type SourceFile } from './file/source-file.js'
import { isBehindLink, isFolder, walkFolder } from './file/walk-folder.js'
import type { ImportReport } from './import-report.js'
import type { Importer } from './import-sessions.js'
import { type Reading, readFiles } from './read-files.js'
import type { Sources } from './sources.js'

/** An answer that nothing ends is over when its file has been silent for so long. */
const SILENCE_MS = 5000
const LOOK_EVERY_MS = 200
/** After so long a gateway that did not answer, however often it was asked, is tried again. */
const AWAY_MS = 1000
/** What fails may pass, as a file that is being written does; it is looked at again, less and less often. */
const MOST_SILENCE_MS = 300_000

/** Follows files as they grow, and folders as files come. */
export interface Watch {
  /** For every reading while somebody watches: answers that are being written wait for their end. */
  holding: Pick<Reading, 'holdsBack'>
  /** Looks at a file again soon, as the gateway is away; gives true. */
  bringLater(file: SourceFile): true
  /** Imports what changes until the signal comes. */
  follow(reading: Reading, signal: AbortSignal): Promise<void>
}

/** Imports what is written to the sources, once it has been silent for a while, and reports what fails only once. */
export function createWatch(sources: Sources, importer: Importer, report: ImportReport): Watch {
  /** When each file is to be read again, by path. */
  const due = new Map<string, number>()
  /** What was said of files that fail, and how long they are left alone. */
  const failing = new Map<string, { said: string; waitMs: number }>()
  const seen = new Map<string, string>(sources.files.map((file) => [file.path, stateOf(file)]))
  const holdsBack = (file: SourceFile) => {
    const isWritten = Date.now() - file.changedAt < SILENCE_MS
    if (isWritten) due.set(file.path, Math.ceil(file.changedAt) + SILENCE_MS)
    return isWritten
  }

  async function readDue(reading: Reading, signal: AbortSignal): Promise<void> {
    for (const [path, at] of [...due]) {
      if (at > Date.now() || signal.aborted) continue
      due.delete(path)
      try {
        const file = findSourceFile(path)
        seen.set(path, stateOf(file))
        await importer.import(readFiles([file], reading))
      } catch (error) {
        // A file that is gone is no failure.
        if (!(error instanceof CliError)) throw error
      }
      for (const said of [report.empty, report.notes]) said.length = 0
      lookAgain(path, report.failures.splice(0))
    }
  }

  /** Says what failed, once, and looks at it again later. */
  function lookAgain(path: string, failures: ImportReport['failures']): void {
    const before = failing.get(path)
    failing.delete(path)
    if (failures.length === 0) return
    const said = JSON.stringify(failures)
    if (said !== before?.said) printFailures(failures)
    const waitMs = said === before?.said ? Math.min(2 * before.waitMs, MOST_SILENCE_MS) : SILENCE_MS
    failing.set(path, { said, waitMs })
    due.set(path, Math.max(due.get(path) ?? 0, Date.now() + waitMs))
  }

  function isChanged(path: string): boolean {
    const now = statSync(path, { throwIfNoEntry: false })
    return now !== undefined && seen.get(path) !== stateOf({ bytes: now.size, changedAt: now.mtimeMs })
  }

  return {
    holding: { holdsBack },
    bringLater({ path }) {
      due.set(path, Date.now() + AWAY_MS)
      return true
    },
    async follow(reading, signal) {
      // Those of the first import were said with its report.
      report.failures.length = 0
      const isSessionFile = (path: string) => sources.fileName.test(basename(path))
      const isWanted = (path: string) => isSessionFile(path) || sources.watched.includes(path)
      const isLinked = (path: string) =>
        sources.watched.some((root) => path.startsWith(`${root}${sep}`) && isBehindLink(root, path))
      const changed = (path: string) => {
        if (isWanted(ownerOf(path)) && !isLinked(path)) due.set(ownerOf(path), Date.now())
      }
      const databases = sources.watched.filter((path) => path.endsWith('.db'))
      const watcher = watch([...sources.watched, ...databases.map((path) => `${path}-wal`)], {
        ignoreInitial: true,
        ignored: (path, stats) => (stats?.isFile() ?? false) && !isWanted(ownerOf(path)),
      })
      watcher.on('add', changed).on('change', changed)
      await new Promise<void>((resolve) => watcher.once('ready', () => resolve()))
      // What changed while the first import ran, before anything was watched.
      for (const path of sources.watched.flatMap((root) => filesBelow(root, sources.fileName)))
        if (!seen.has(path) || isChanged(path)) due.set(path, Date.now())
      printNote(`Watching ${sources.watched.join(', ')}; Ctrl-C ends it.\n`)
      try {
        while (!signal.aborted && report.stopped === null) {
          await readDue(reading, signal)
          await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
        }
      } finally {
        await watcher.close()
      }
    },
  }
}

/** The file that a change concerns: a database grows in the log beside it first. */
function ownerOf(path: string): string {
  return path.replace(/\.db-wal$/, '.db')
}

function filesBelow(root: string, fileName: RegExp): string[] {
  return isFolder(root) ? [...walkFolder(root, fileName)] : [root]
}

function stateOf({ bytes, changedAt }: Pick<SourceFile, 'bytes' | 'changedAt'>): string {
  return `${bytes} ${changedAt}`
}
