import type { MessageInput, SessionOrigin, TranscriptContextInput } from '../documents.generated.js'

/** A message as the gateway takes it; one without an id gets one from its place. */
export interface SourceMessage extends MessageInput {
  /** What it was made under, null for nothing known; agent and model of the session unless given. */
  context?: TranscriptContextInput | null
  /** Of a summary: index of the last message that it stands for. */
  replacesUpTo?: number
}

/** A session of the file. */
export interface SourceSession {
  /** What people call it in a report: `task 3, trial 1`. */
  name: string
  /** Its own uuid, which it keeps; one without gets one from its place. */
  id?: string
  /** Where it stands among all imports of a workspace. */
  place: readonly string[]
  title: string | null
  /** `MACHINE` for a title that the importer makes up, so that it never takes the place of a person's. */
  titleSource?: 'MACHINE'
  agent: string | null
  model: string
  origin: SessionOrigin
  labels: Readonly<Record<string, readonly string[]>>
  /** The counter that lists show; the number of messages unless given. */
  messageCount?: number
  runtimeId?: string | null
  /** In the order in which they came about. */
  messages: readonly SourceMessage[]
}

/** A session that cannot be read; the others can. */
export interface UnreadableSession {
  name: string
  reason: string
}

/** What flags say about every session of the file. */
export interface SourceDefaults {
  /** Name of the file, for sessions that have no name of their own. */
  source: string
  agent: string | null
  model: string | null
  origin: SessionOrigin | null
  labels: Readonly<Record<string, readonly string[]>>
}

/** Something in the file that is not as its format has it; the message says what. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}

/** Tells a JSON object from other JSON. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text at a key, null when the key is absent or null; anything else is unreadable. */
export function textAt(object: Record<string, unknown>, key: string): string | null {
  const value = object[key] ?? null
  if (value === null || typeof value === 'string') return value
  throw new Unreadable(`${key} is no text`)
}
