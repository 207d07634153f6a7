import { CliError } from '../failure.js'
import type { Format } from './format.js'
import { atif } from './formats/atif.js'
import { chats, conversation } from './formats/chat.js'
import { claudeCode } from './formats/claude-code.js'
import { codex } from './formats/codex.js'
import { copilot } from './formats/copilot.js'
import { geminiCheckpoint, geminiSession } from './formats/gemini-cli.js'
import { miniSweAgent } from './formats/mini-swe-agent.js'
import { native } from './formats/native.js'
import { opencode } from './formats/opencode.js'
import { openHandsEvents, openHandsRuns } from './formats/openhands.js'
import { otlpJson, otlpProtobuf } from './formats/otlp.js'
import { pi } from './formats/pi.js'
import { sweAgent } from './formats/swe-agent.js'
import { tauBench } from './formats/tau-bench.js'
import { tau2Bench } from './formats/tau2-bench.js'
import type { SourceFile } from './read-file.js'
import { gather, recordsOf } from './read-format.js'
import { type SourceDefaults, type SourceSession, Unreadable, type UnreadableSession } from './source.js'

/**
 * Every format that can be imported is declared here and nowhere else, under the name that `--format` takes: a format or
 * more, as its files have several shapes. `auto` takes the first that recognizes the file.
 */
export const formats = {
  'claude-code': [claudeCode],
  codex: [codex],
  'gemini-cli': [geminiSession, geminiCheckpoint],
  opencode: [opencode],
  copilot: [copilot],
  pi: [pi],
  'tau-bench': [tauBench],
  'tau2-bench': [tau2Bench],
  atif: [atif],
  'swe-agent': [sweAgent],
  'mini-swe-agent': [miniSweAgent],
  openhands: [openHandsEvents, openHandsRuns],
  otlp: [otlpJson, otlpProtobuf],
  native: [native],
  chat: [conversation, chats],
} as const satisfies Record<string, readonly Format[]>
export type FormatName = keyof typeof formats
export const formatNames = Object.keys(formats) as FormatName[]

export interface SourceSessions {
  format: FormatName
  sessions: SourceSession[]
  unreadable: UnreadableSession[]
}

/** The sessions of a file; one that cannot be read does not stop the others. */
export function readSessions(
  file: SourceFile,
  wanted: FormatName | 'auto',
  defaults: SourceDefaults,
): SourceSessions {
  const start = {
    shape: file.isArray
      ? ('array' as const)
      : file.values.length === 1
        ? ('object' as const)
        : ('lines' as const),
    values: file.values.slice(0, 20),
    path: defaults.path,
  }
  const names = wanted === 'auto' ? formatNames : [wanted]
  const known = names.flatMap((name) => formats[name].map((format: Format) => ({ name, format })))
  const chosen =
    known.find(({ format }) => format.recognizes(start)) ?? (wanted === 'auto' ? undefined : known.at(-1))
  if (chosen === undefined || chosen.format.input === 'bytes')
    throw new CliError(
      'The file holds neither chats (objects with messages, or a list of messages), nor ATIF trajectories, nor native bundles, nor tau-bench results; --format says which it is.',
    )
  const { name } = chosen
  const found: SourceSessions = { format: name, sessions: [], unreadable: [] }
  const records = recordsOf(file.values)
  if (chosen.format.input === 'file') {
    try {
      found.sessions.push(...gather(chosen.format.read(records, defaults, start)))
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      found.unreadable.push({ name: 'session 1', reason: error.message })
    }
    return found
  }
  const { read, name: nameOf } = chosen.format
  const seen = new Set<string>()
  for (const record of records) {
    try {
      const sessions = read(record, defaults)
      for (const { identity } of sessions) {
        const told = JSON.stringify(identity)
        if (seen.has(told)) throw new Unreadable('it is in the file twice')
        seen.add(told)
      }
      found.sessions.push(...sessions)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      found.unreadable.push({ name: nameOf(record), reason: error.message })
    }
  }
  return found
}
