import { withDatabase } from './file/database-copy.js'
import { filesAround } from './file/files-around.js'
import type { JsonFile, LineFault, SourceFile } from './file/source-file.js'
import type { SourcePiece } from './format.js'
import type { JsonFormat, RecognizedFile } from './recognize.js'
import { createShelf, type Shelf } from './shelf.js'
import {
  type SourceDefaults,
  type SourceHead,
  type SourceMessage,
  Unreadable,
  type UnreadableSession,
  WithoutMessages,
} from './source.js'

/** A session of a file, whose rows may be read more than once and need not fit in memory. */
export interface FoundSession extends SourceHead {
  file: SourceFile
  messages(): Iterable<SourceMessage>
  /** Lets go of what was kept for reading it. */
  release(): void
}

/** What a file holds, as it is found: sessions, those that cannot be read, and lines that were left out. */
export type Finding =
  | { session: FoundSession }
  | { unreadable: UnreadableSession }
  | { fault: LineFault }
  | { empty: string }

/** Up to this size a file is held in memory as its session is imported; what larger ones hold waits on disk. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024

/** Whether what a file holds waits on disk. */
export const isLarge = ({ bytes }: SourceFile): boolean => bytes > MAX_KEPT_BYTES

/** The sessions of a file; one that cannot be read does not stop the others, where the format allows. */
export function* findSessions(recognized: RecognizedFile, defaults: SourceDefaults): Generator<Finding> {
  const { format, file } = recognized
  const shelf = createShelf(isLarge(file))
  try {
    if (format.input === 'database') {
      const read = () => withDatabase(file, (database) => format.read(database, defaults))
      return yield* sessionsOfFile(file, shelf, read)
    }
    if (format.input === 'bytes') {
      const { content } = recognized as { content(): Iterable<Uint8Array> }
      return yield* sessionsOfFile(file, shelf, () => format.read(content(), defaults, shelf.aside))
    }
    const json = file as JsonFile
    if (format.input === 'value' || format.input === 'beside')
      return yield* sessionsOfValues(json, format, shelf, defaults)
    const faults: LineFault[] = []
    const records = json.records((fault) => faults.push(fault), format.lists)
    yield* sessionsOfFile(json, shelf, () => format.read(records, defaults, shelf.aside, filesAround(json)))
    for (const fault of faults) yield { fault }
  } finally {
    shelf.release()
  }
}

function* sessionsOfValues(
  file: JsonFile,
  format: Extract<JsonFormat, { input: 'value' | 'beside' }>,
  shelf: Shelf,
  defaults: SourceDefaults,
): Generator<Finding> {
  const faults: LineFault[] = []
  const around = filesAround(file)
  for (const record of file.records((fault) => faults.push(fault), format.lists)) {
    try {
      const pieces =
        format.input === 'beside'
          ? format.read(record, defaults, around)
          : format.read(record, defaults, shelf.aside)
      for (const session of shelf.collect(pieces)) yield { session: { ...session, file } }
    } catch (error) {
      yield unreadable(format.name(record), error)
    }
  }
  // Each line is a document: the last may be cut, and any other is a session that cannot be read.
  for (const fault of faults)
    if (fault.isLast) yield { fault }
    else yield { unreadable: { name: `line ${fault.number}`, reason: 'it is no JSON' } }
}

function* sessionsOfFile(
  file: SourceFile,
  shelf: Shelf,
  read: () => Iterable<SourcePiece>,
): Generator<Finding> {
  try {
    for (const session of shelf.collect(read())) yield { session: { ...session, file } }
  } catch (error) {
    yield unreadable(file.name, error)
  }
}

/** What a reader threw, as a finding; what is no fault of the file is thrown again. */
function unreadable(name: string, error: unknown): Finding {
  if (error instanceof WithoutMessages) return { empty: name }
  if (!(error instanceof Unreadable)) throw error
  return { unreadable: { name, reason: error.message } }
}
