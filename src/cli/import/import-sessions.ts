import type { RemoteGateway } from '../gateway/client.js'
import { isHopeless, Refusal } from '../gateway/refusal.js'
import { createContentIndex } from './content-index.js'
import { type FoundSession, isLarge } from './find-sessions.js'
import type { ImportProgress } from './import-progress.js'
import { addFailure, type ImportReport } from './import-report.js'
import { eachInterruptibly, interruptibly } from './interruptibly.js'
import type { StoredRows } from './locate.js'
import type { PreparedRow, Preparing } from './prepare.js'
import { type ScannedSession, scanSession } from './scan.js'
import { createSubagentGroups } from './subagent-groups.js'
import { type ImportTarget, type Uploaded, type UploadOutcome, uploadSession } from './upload.js'

const concurrency = 4

export interface Importing {
  client: RemoteGateway
  target: ImportTarget
  organizationId: string
  report: ImportReport
  progress: Pick<ImportProgress, 'advance' | 'wrote'>
  signal: AbortSignal
  /** Whether reading one of the files may take long. */
  hasLargeFiles: boolean
  /** Whether a session that the gateway does not take just now is brought later, and so is no failure. */
  comesLater?(session: FoundSession): boolean
  /** Whether it only says what it would do. */
  dryRun?: boolean
  /** Hears what became of each session. */
  onSession?(session: FoundSession, outcome: UploadOutcome, newMessages: number): void
}

/** Brings sessions to the gateway, a few at a time, as they are read; a failing one does not stop the others. */
export interface Importer {
  /** Puts what happened into the report. */
  import(sessions: Iterable<FoundSession>): Promise<void>
}

/** An importer that remembers which sessions it found for which file, however often it is asked. */
export function createImporter(importing: Importing): Importer {
  const {
    client,
    target,
    organizationId,
    report,
    progress,
    signal,
    onSession,
    comesLater,
    dryRun = false,
    hasLargeFiles,
  } = importing
  const contents = createContentIndex(client, target, organizationId)
  const groups = createSubagentGroups(client, target, dryRun)
  const counted = new Map<string, string>()
  const turns = createTurns()
  const foreseen = dryRun ? new Map<string, StoredRows>() : undefined
  const heads = new Map<string, FoundSession>()

  async function importOne(session: FoundSession): Promise<void> {
    groups.note(session)
    const { identity, file, name } = session
    const claim = JSON.stringify(identity.by === 'content' ? [file.path, name] : identity)
    const how: Preparing = {
      times: target.times,
      workspaceRef: target,
      now: Date.now(),
      isCounted: (answer) => {
        const by = counted.get(answer) ?? claim
        counted.set(answer, by)
        return by !== claim
      },
    }
    const scanned = await interruptibly(() => scanSession(session, how), hasLargeFiles || isLarge(file))
    // Several files may hold one session: one after the other, as if they came alone.
    await turns.take(nameOf(scanned), () => uploadOne(session, scanned))
  }

  async function uploadOne(session: FoundSession, scanned: ScannedSession): Promise<void> {
    const groupId = await groups.groupOf(session, report)
    let appended = 0
    const onAppended = (count: number) => {
      appended += count
      report.messages += count
      progress.wrote(report.messages)
    }
    const uploaded = await uploadSession(
      { client, target, contents, heads, onAppended, ...(foreseen && { foreseen }) },
      scanned,
      groupId,
    )
    const { outcome } = uploaded
    report[outcome] += 1
    await noteOtherCopy(report, scanned, uploaded)
    onSession?.(session, outcome, appended)
    if (outcome !== 'skipped') noteWhatIsLeft(report, scanned)
  }

  return {
    async import(sessions) {
      const waiting = eachInterruptibly(sessions, hasLargeFiles)
      const next = async () => {
        try {
          return await waiting.next()
        } catch (error) {
          if (!signal.aborted) throw error
          report.stopped = 'it was interrupted'
          return null
        }
      }
      const work = async () => {
        while (report.stopped === null) {
          const found = await next()
          if (found === null || found.done) return
          const session = found.value
          try {
            await importOne(session)
          } catch (error) {
            if (signal.aborted) report.stopped = 'it was interrupted'
            else if (!(error instanceof Refusal)) throw error
            else if (!error.passing || !comesLater?.(session)) {
              addFailure(report, session.name, error.message)
              if (isHopeless(error)) report.stopped = error.message
            }
          } finally {
            // A dry run looks again at what it would have stored.
            if (!dryRun) session.release()
          }
          progress.advance(report)
        }
      }
      await Promise.all(Array.from({ length: concurrency }, work))
      if (report.stopped === null) await groups.join()
    },
  }
}

/** Says which of two copies of a session is kept. */
async function noteOtherCopy(
  { notes }: ImportReport,
  { session: { name, file }, rows }: ScannedSession,
  { id, isContained, differsAt, headOf }: Uploaded,
): Promise<void> {
  if (isContained) notes.push({ name, note: `it is an older copy of session ${id}` })
  if (differsAt !== undefined)
    notes.push({
      name: file.name,
      note: `its ${await interruptibly(() => placeAt(rows(), differsAt), isLarge(file))} differs from what is stored of session ${id}, which came first and stays`,
    })
  if (headOf !== undefined)
    notes.push({
      name: file.name,
      note: `it has the rows of ${headOf.file.name}, but another title, agent, model or labels; those of that file stay, which came first`,
    })
}

function placeAt(rows: Iterable<PreparedRow>, wanted: number): string {
  let index = 0
  for (const { at } of rows) if (index++ === wanted) return at
  return `message ${wanted + 1}`
}

/** What was said of a session when it came in is not said again. */
function noteWhatIsLeft(report: ImportReport, { session, leftOut }: ScannedSession): void {
  for (const what of leftOut.keys()) report.leftOut[what] = (report.leftOut[what] ?? 0) + 1
  for (const note of session.notes ?? []) report.notes.push({ name: session.name, note })
}

/** The same for two sessions that may be one. */
function nameOf({ session: { identity }, first }: ScannedSession): string {
  return JSON.stringify(identity.by === 'content' ? [...identity.beside, first] : identity)
}

/** Lets works of one name run one after the other, in the order in which they came. */
function createTurns() {
  const last = new Map<string, Promise<void>>()
  return {
    take(name: string, work: () => Promise<void>): Promise<void> {
      const done = (last.get(name) ?? Promise.resolve()).then(work)
      const settled = done.catch(() => {})
      last.set(name, settled)
      void settled.then(() => last.get(name) === settled && last.delete(name))
      return done
    },
  }
}
