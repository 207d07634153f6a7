import { filesAround } from './file/files-around.js'
import type { JsonFile, LineFault, SourceFile } from './file/source-file.js'
import type { SourcePiece } from './format.js'
import { gather } from './read-format.js'
import type { JsonFormat, RecognizedFile } from './recognize.js'
import {
  type SourceDefaults,
  type SourceHead,
  type SourceMessage,
  Unreadable,
  type UnreadableSession,
} from './source.js'

/** A session of a file, whose rows may be read more than once and need not fit in memory. */
export interface FoundSession extends SourceHead {
  file: SourceFile
  messages(): Iterable<SourceMessage>
}

/** What a file holds, as it is found: sessions, those that cannot be read, and lines that were left out. */
export type Finding = { session: FoundSession } | { unreadable: UnreadableSession } | { fault: LineFault }

/** Up to this size what a file holds is kept, instead of being read again for each session. */
const MAX_KEPT_BYTES = 48 * 1024 * 1024

/** The sessions of a file; one that cannot be read does not stop the others, where the format allows. */
export function* findSessions(recognized: RecognizedFile, defaults: SourceDefaults): Generator<Finding> {
  const { format, file } = recognized
  if (format.input === 'bytes') {
    const pieces = () => format.read((recognized as { content(): Uint8Array }).content(), defaults)
    return yield* sessionsOfFile(file, pieces)
  }
  const json = file as JsonFile
  if (format.input === 'value' || format.input === 'beside')
    return yield* sessionsOfValues(json, format, defaults)
  const faults: LineFault[] = []
  yield* sessionsOfFile(json, (first) =>
    format.read(
      json.records((fault) => first && faults.push(fault)),
      defaults,
      json.start,
    ),
  )
  for (const fault of faults) yield { fault }
}

function* sessionsOfValues(
  file: JsonFile,
  format: Extract<JsonFormat, { input: 'value' | 'beside' }>,
  defaults: SourceDefaults,
): Generator<Finding> {
  const faults: LineFault[] = []
  for (const record of file.records((fault) => faults.push(fault))) {
    try {
      for (const { messages, ...head } of format.read(record, defaults, filesAround(file)))
        yield { session: { ...head, file, messages: () => messages } }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      yield { unreadable: { name: format.name(record), reason: error.message } }
    }
  }
  // Each line is a document: the last may be cut, and any other is a session that cannot be read.
  for (const fault of faults)
    if (fault.isLast) yield { fault }
    else yield { unreadable: { name: `line ${fault.number}`, reason: 'it is no JSON' } }
}

function* sessionsOfFile(
  file: SourceFile,
  read: (first: boolean) => Iterable<SourcePiece>,
): Generator<Finding> {
  try {
    if (file.bytes <= MAX_KEPT_BYTES) {
      for (const { messages, ...head } of gather(read(true)))
        yield { session: { ...head, file, messages: () => messages } }
      return
    }
    const heads = new Map<string, SourceHead>()
    for (const piece of read(true)) if ('head' in piece) heads.set(piece.key, piece.head)
    for (const [key, head] of heads)
      yield { session: { ...head, file, messages: () => messagesOf(read(false), key) } }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    yield { unreadable: { name: file.name, reason: error.message } }
  }
}

function* messagesOf(pieces: Iterable<SourcePiece>, key: string): Generator<SourceMessage> {
  for (const piece of pieces) if (piece.key === key && 'message' in piece) yield piece.message
}
