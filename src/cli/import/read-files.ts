import { CliError } from '../failure.js'
import type { Copies, SessionAnswers } from './copies.js'
import { EmptyFile, type SourceFile } from './file/source-file.js'
import { type FoundSession, findSessions } from './find-sessions.js'
import type { FormatName } from './formats.js'
import { addFailure, type ImportReport } from './import-report.js'
import { recognizeFile } from './recognize.js'
import type { SourceDefaults } from './source.js'

export type FlagDefaults = Omit<SourceDefaults, 'path' | 'formerSource'>

export interface Reading {
  wanted: FormatName | 'auto'
  defaults: FlagDefaults
  report: ImportReport
  copies: Copies
  /** Hears of each format that was recognized. */
  onFormat?(name: FormatName): void
  /** Whether the names of sessions need those of their files to be found by. */
  namesFiles?: boolean
  /** Whether answers that the file may still add to wait; while nothing is said, none does. */
  holdsBack?(file: SourceFile): boolean
}

/** The sessions of files, one after the other; what cannot be read is put into the report, named, and stops no other. */
export function* readFiles(files: Iterable<SourceFile>, reading: Reading): Generator<FoundSession> {
  const { report } = reading
  const identities = new Map<string, string>()
  for (const file of files) {
    try {
      for (const session of readFile(file, reading)) {
        const identity = session.identity.by === 'content' ? null : JSON.stringify(session.identity)
        const lastFile = identity === null ? undefined : identities.get(identity)
        if (lastFile === file.path) addFailure(report, session.name, 'it is in the file twice')
        else yield session
        if (identity !== null) identities.set(identity, file.path)
      }
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      if (error instanceof EmptyFile)
        report.notes.push({ name: file.name, note: 'it is empty, and makes no session' })
      else
        addFailure(
          report,
          file.name,
          error.message.replace(`${file.name}: `, '').replace(`${file.name} `, 'it '),
        )
    }
  }
}

function* readFile(
  file: SourceFile,
  { wanted, defaults, report, copies, namesFiles = false, onFormat, holdsBack }: Reading,
): Generator<FoundSession> {
  const recognized = recognizeFile(file, wanted)
  onFormat?.(recognized.name)
  const holding = holdsBack?.(file) ?? false
  const said = { ...defaults, path: file.path, formerSource: file.formerSource }
  const before = copies.answersBefore(recognized, said)
  const named = (name: string) => (namesFiles && name !== file.name ? `${file.name}: ${name}` : name)
  for (const finding of findSessions(recognized, said)) {
    if ('session' in finding) {
      const found = { ...finding.session, name: named(finding.session.name) }
      const session = countedElsewhere(found, before)
      yield holding ? withoutOpen(session) : session
    } else if ('empty' in finding) report.empty.push(named(finding.empty))
    else if ('unreadable' in finding)
      addFailure(report, named(finding.unreadable.name), finding.unreadable.reason)
    else {
      const { number, isLast } = finding.fault
      const note = isLast
        ? `line ${number} is cut and was left out`
        : `line ${number} is no JSON and was left out`
      report.notes.push({ name: file.name, note })
    }
  }
}

/** The session with the answers that sessions under other ids had before it. */
function countedElsewhere(session: FoundSession, before: readonly SessionAnswers[]): FoundSession {
  const own = JSON.stringify(session.identity)
  const others = before.filter(({ identity }) => JSON.stringify(identity) !== own)
  if (others.length === 0) return session
  return { ...session, countedBefore: new Set(others.flatMap(({ answers }) => [...answers])) }
}

/** The session up to the first answer that may still grow. */
function withoutOpen(session: FoundSession): FoundSession {
  return {
    ...session,
    *messages() {
      for (const message of session.messages()) {
        if (message.open) return
        yield message
      }
    },
  }
}
