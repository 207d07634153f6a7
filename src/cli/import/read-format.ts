import { memoryStore } from './file/value-store.js'
import type { FileStart, FilesAround, Format, SourcePiece, SourceRecord } from './format.js'
import type { SourceDefaults, SourceHead, SourceMessage, SourceSession } from './source.js'

const nothingSaid: SourceDefaults = {
  ...{ path: 'run.json', formerSource: 'run.json' },
  ...{ agent: null, model: null, origin: null, labels: {} },
}

/** The records of values that stand in an array, or in lines. */
function recordsOf(values: readonly unknown[], what: string): SourceRecord[] {
  return values.map((value, index) => ({ value, number: index + 1, at: `${what} ${index + 1}` }))
}

/**
 * The sessions of a file that fits in memory, whole.
 * @throws {Unreadable} for the first that cannot be read
 */
export function readWhole(
  format: Format,
  content: readonly unknown[] | Uint8Array,
  defaults: Partial<SourceDefaults> = {},
  shape: FileStart['shape'] = 'lines',
  around: FilesAround = { valuesIn: () => [], valueAt: () => undefined },
): SourceSession[] {
  const said = { ...nothingSaid, ...defaults }
  if (content instanceof Uint8Array) {
    if (format.input !== 'bytes') throw new Error(`A ${format.title} is no bytes`)
    return gather(format.read([content], said, memoryStore))
  }
  if (format.input === 'bytes' || format.input === 'database') throw new Error(`A ${format.title} is no JSON`)
  const records = recordsOf(content, shape === 'lines' ? 'line' : 'value')
  if (format.input === 'value')
    return records.flatMap((record) => gather(format.read(record, said, memoryStore)))
  if (format.input === 'beside') return records.flatMap((record) => gather(format.read(record, said, around)))
  return gather(format.read(records, said, memoryStore, around))
}

/** Sessions from their pieces, in the order in which they begin. */
function gather(pieces: Iterable<SourcePiece>): SourceSession[] {
  const found = new Map<string, { head: SourceHead | null; messages: SourceMessage[] }>()
  for (const piece of pieces) {
    const session = found.get(piece.key) ?? { head: null, messages: [] }
    found.set(piece.key, session)
    if ('head' in piece) session.head = piece.head
    else session.messages[piece.index ?? session.messages.length] = piece.message
  }
  return [...found.values()].flatMap(({ head, messages }) => (head === null ? [] : [{ ...head, messages }]))
}
