import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseExactly } from '../../rules/exact-json.js'
import { CliError } from '../failure.js'
import { findSourceFile } from './file/source-file.js'
import { readChunks } from './file/text-chunks.js'
import { findSessions } from './find-sessions.js'
import { type RecognizedFile, recognizeFile } from './recognize.js'
import type { SourceDefaults, SourceIdentity } from './source.js'

/** Files that began as copies of others: agents that resume a session may write all of it anew, under another id. */
export interface Copies {
  /** The answers that sessions of older files have which begin as this one does; their usage counts there. */
  answersBefore(recognized: RecognizedFile, defaults: SourceDefaults): SessionAnswers[]
}

/** The names of a session's answers. */
export interface SessionAnswers {
  identity: SourceIdentity
  answers: ReadonlySet<string>
}

/** How a file begins, and since when it is there. */
interface Beginning {
  entry: string | null
  begunAt: number
}

const START_BYTES = 64 * 1024

/** Remembers what was seen in a run; nothing yet. */
export function createCopies(): Copies {
  const folders = new Map<string, Map<string, Beginning>>()
  const seen = new Map<string, { bytes: number; answers: SessionAnswers[] }>()

  /** How the files of a folder begin; those that were seen before are not read again. */
  function beginningsIn(folder: string, recognized: RecognizedFile): Map<string, Beginning> {
    const found = folders.get(folder) ?? new Map<string, Beginning>()
    folders.set(folder, found)
    if (!found.get(recognized.file.path)?.entry)
      for (const name of readdirSync(folder).filter((one) => one.endsWith('.jsonl'))) {
        const path = join(folder, name)
        if (!found.get(path)?.entry) found.set(path, beginningOf(path, recognized))
      }
    return found
  }

  return {
    answersBefore(recognized, defaults) {
      const { path } = recognized.file
      if (recognized.format.firstEntry === undefined || !path.endsWith('.jsonl')) return []
      const beginnings = beginningsIn(dirname(path), recognized)
      const own = beginnings.get(path)
      if (own === undefined || own.entry === null) return []
      const isOlder = ([other, { begunAt }]: [string, Beginning]) =>
        begunAt < own.begunAt || (begunAt === own.begunAt && other < path)
      const older = [...beginnings].filter(
        (one) => one[0] !== path && one[1].entry === own.entry && isOlder(one),
      )
      return older.flatMap(([other]) => {
        const last = seen.get(other)
        const bytes = statSync(other, { throwIfNoEntry: false })?.size
        // What a file had that is gone since, or has another name, counts where it did.
        if (bytes === undefined || last?.bytes === bytes) return last?.answers ?? []
        const answers = answersOf(other, recognized, defaults)
        seen.set(other, { bytes, answers })
        return answers
      })
    },
  }
}

function beginningOf(path: string, { format }: RecognizedFile): Beginning {
  const nothing = { entry: null, begunAt: 0 }
  try {
    const { birthtimeMs, mtimeMs } = statSync(path)
    // A file that was copied is younger than what was written into it.
    const begunAt = birthtimeMs > 0 ? Math.min(birthtimeMs, mtimeMs) : mtimeMs
    for (const start of readChunks(path, path, Buffer.alloc(START_BYTES))) {
      const values = start.toString('utf8').split('\n').map(parseExactly)
      return { entry: format.firstEntry?.(values) ?? null, begunAt }
    }
    return nothing
  } catch (error) {
    if (error instanceof CliError || (error as NodeJS.ErrnoException).code !== undefined) return nothing
    throw error
  }
}

function answersOf(path: string, { name }: RecognizedFile, defaults: SourceDefaults): SessionAnswers[] {
  try {
    return [...findSessions(recognizeFile(findSourceFile(path), name), { ...defaults, path })].flatMap(
      (finding) => {
        if (!('session' in finding)) return []
        const { identity, messages, release } = finding.session
        const answers = new Set([...messages()].flatMap(({ answer }) => answer ?? []))
        release()
        return { identity, answers }
      },
    )
  } catch (error) {
    if (error instanceof CliError) return []
    throw error
  }
}
