import type {
  MessageRole,
  SessionOrigin,
  ToolCallInput,
  TranscriptContextInput,
} from '../documents.generated.js'

/** Tokens in disjoint buckets, as one answer of a model consumed them. */
export interface SourceUsage {
  /** Without those read from or written to a cache. */
  inputTokens: number
  /** With those of reasoning. */
  outputTokens: number
  cacheReadInputTokens: number
  cacheCreationInputTokens: number
  /** Null where the file does not tell; never a guess. */
  costUsd?: number | null
}

/** A picture of a message: its bytes, or where they are. */
export type SourcePicture = {
  mediaType: string | null
  /** Its place among the parts of the message, where the file has an order. */
  index?: number
} & ({ base64: string } | { url: string })

/** What a summary replaces with which a file begins: all that is stored of the session, which may be nothing. */
export const BEFORE_FILE = -1

/** A row of a transcript as a file tells it: one answer of a model, one result of a tool, one text of a person. */
export interface SourceMessage {
  /** Its own uuid, which it keeps and which never changes as the file grows; derived from its place while absent or null. */
  id?: string | null
  role: MessageRole
  content: string
  /** Where people find it in the file: `message 12`, `line 7`; by its number in the session while absent. */
  at?: string
  /** The uuid of the row it answers. */
  parentId?: string | null
  /** Of a tool row: the call that it is the result of. */
  toolCallId?: string | null
  toolCalls?: readonly ToolCallInput[] | null
  /** Of a tool row: whether the call failed; null where the file does not tell. */
  isError?: boolean | null
  /** Null where the file does not tell, which is not nothing: the session's cost is unknown then. */
  usage?: SourceUsage | null
  /** Whether that is what the whole run has consumed so far: as it goes on, a later answer has it. */
  ofRun?: boolean
  /** ISO 8601 with its offset. */
  createdAt?: string | null
  /** What the model thought, as text; kept as `reasoning_content` of the metadata. */
  reasoning?: string | null
  /** Kept as parts of the content in the metadata, where there is room. */
  pictures?: readonly SourcePicture[]
  /** What has no other place, under the format's own names; what is too large is cut, and that is said. */
  metadata?: Record<string, unknown> | null
  /** What it was made under, null for nothing known; agent, model and system prompt of the session unless given. */
  context?: TranscriptContextInput | null
  /** Of a summary: index of the last message of the session that it stands for, or `BEFORE_FILE`. */
  replacesUpTo?: number
  /** Whether the file may still add to it: an answer that is being written. Only at the end of a session. */
  open?: boolean
  /** Names the model's answer across files, where formats copy answers: its usage counts once. */
  answer?: string
}

/** What tells a session from every other one; never the name of a file. */
export type SourceIdentity =
  /** A uuid of the format's own, which the session keeps. */
  | { by: 'id'; id: string }
  /** An id of the format's own that is no uuid, led by the format's name. */
  | { by: 'name'; identityPath: readonly string[] }
  /** Nothing but what it holds. `beside` is what else must be the same (a task, a trial), and never changes as it grows. */
  | {
      by: 'content'
      beside: readonly string[]
      /** The place under which earlier versions of the importer put it, if they could read it. */
      formerly?: readonly string[]
    }

/** Something of a session that has no place in the gateway, as reports list it by kind: `tools`. */
export interface LeftOut {
  what: string
  /** How many there were; 1 unless given. */
  count?: number
}

/** A session of a file, without its transcript. */
export interface SourceHead {
  /** What people call it in a report: `task 3, trial 1`. */
  name: string
  identity: SourceIdentity
  title: string | null
  /** `MACHINE` for a title that a program made up, so that it never takes the place of a person's. */
  titleSource?: 'PERSON' | 'MACHINE' | null
  agent: string | null
  model: string
  /** What messages without a context of their own were made under, null for nothing known; agent, model and system prompt unless given. */
  startContext?: TranscriptContextInput | null
  /** In force from the first message on, until a message's context tells another. */
  systemPrompt?: string | null
  origin: SessionOrigin
  labels: Readonly<Record<string, readonly string[]>>
  /** When it began; that of its first message while absent. ISO 8601 with its offset. */
  createdAt?: string | null
  /** The counter that lists show; it follows the rows unless given. */
  messageCount?: number
  runtimeId?: string | null
  /** What has no other place; kept with the first message. */
  metadata?: Record<string, unknown> | null
  /** Answers whose usage counts in another session, which this one began as a copy of. */
  countedBefore?: ReadonlySet<string>
  /**
   * Of a sub-agent's session: the one that called it, with which it forms a group of kind `subagents`, and the call; of one that a
   * sub-agent called, `root` is the session that it all began in, where the file tells it.
   */
  parent?: { identity: SourceIdentity; root?: SourceIdentity; callId?: string | null }
  leftOut?: readonly LeftOut[]
  /** What people should know of it, a sentence each: `its total of 120 tokens is not the sum of its rows, 110`. */
  notes?: readonly string[]
}

/** A session with its transcript, in the order in which its rows came about. */
export interface SourceSession extends SourceHead {
  messages: readonly SourceMessage[]
}

/** A session that cannot be read; the others can. */
export interface UnreadableSession {
  name: string
  reason: string
}

/** What flags say about every session of the file, and where it stands. */
export interface SourceDefaults {
  /** The file's path, `-` for stdin: for names in reports and what formats tell by their folders, never for an identity. */
  path: string
  /** What earlier versions of the importer derived ids from: the file's base name, or a digest of what came on stdin. */
  formerSource: string
  agent: string | null
  model: string | null
  origin: SessionOrigin | null
  labels: Readonly<Record<string, readonly string[]>>
}

/** Something in the file that is not as its format has it; the message says what, without a full stop. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}

/** That a file of a format holds no message, as agents leave them that were only opened: no session, and no failure. */
export class WithoutMessages extends Unreadable {
  constructor() {
    super('it has no messages')
  }
}

/** Tells a JSON object from other JSON. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value)
}

/** Tells a list of JSON, also one that is read from its file as somebody goes through it, from other JSON. */
export function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}

/** The text at a key, null when the key is absent or null; anything else is unreadable. */
export function textAt(object: Record<string, unknown>, key: string): string | null {
  const value = object[key] ?? null
  if (value === null || typeof value === 'string') return value
  throw new Unreadable(`${key} is no text`)
}
