import { CliError } from '../failure.js'
import { withDatabase } from './file/database-copy.js'
import { foreignFile, isDatabase } from './file/foreign-file.js'
import { foreignJson } from './file/foreign-json.js'
import { type JsonFile, openJsonFile, type SourceFile } from './file/source-file.js'
import { readChunks } from './file/text-chunks.js'
import type { Format } from './format.js'
import { type FormatName, formatNames, formats } from './formats.js'

export type JsonFormat = Extract<Format, { input: 'value' | 'beside' | 'file' }>
type BytesFormat = Extract<Format, { input: 'bytes' }>
type DatabaseFormat = Extract<Format, { input: 'database' }>

/** A file with the format that reads it. */
export type RecognizedFile = { name: FormatName } & (
  | { format: JsonFormat; file: JsonFile }
  | { format: DatabaseFormat; file: SourceFile }
  | { format: BytesFormat; file: SourceFile; content(): Iterable<Uint8Array> }
)

const START_BYTES = 4096
const CHUNK_BYTES = 1024 * 1024

/**
 * The format of a file: the one that is asked for, else the first of the table that recognizes it.
 * @throws {CliError} that says what the file looks like when no format does
 */
export function recognizeFile(file: SourceFile, wanted: FormatName | 'auto'): RecognizedFile {
  const candidates = (wanted === 'auto' ? formatNames : [wanted]).flatMap((name) =>
    formats[name].map((format: Format) => ({ name, format })),
  )
  const start = startOf(file)
  for (const { name, format } of candidates)
    if (format.input === 'bytes' && format.mayBegin(start) && format.recognizesBytes(bytesOf(file)))
      return { name, format, file, content: () => bytesOf(file, file.onRead) }
  if (isDatabase(start))
    for (const { name, format } of candidates)
      if (format.input === 'database' && hasTablesOf(format, file)) return { name, format, file }
  const foreign = foreignFile(start)
  if (foreign !== null) throw new CliError(`${file.name} is ${foreign}.`)
  const json = openJsonFile(file)
  const readers = candidates.flatMap(({ name, format }) =>
    format.input === 'bytes' || format.input === 'database' ? [] : [{ name, format }],
  )
  const found = readers.find(({ format }) => format.recognizes(json.start))
  // Whoever names a format hears what that format misses.
  const chosen = found ?? (wanted === 'auto' ? undefined : readers.at(-1))
  if (chosen !== undefined) return { ...chosen, file: json }
  throw new CliError(
    refusalOf(
      json,
      readers.map(({ format }) => format),
    ),
  )
}

function hasTablesOf(format: DatabaseFormat, file: SourceFile): boolean {
  const silent = { ...file, onRead: () => {} }
  for (const found of withDatabase(silent, ({ tables }) => [format.recognizesTables(tables)])) return found
  return false
}

function* bytesOf({ path, name, witness }: SourceFile, onRead: (bytes: number) => void = () => {}) {
  for (const chunk of readChunks(path, name, Buffer.allocUnsafe(CHUNK_BYTES), witness)) {
    onRead(chunk.length)
    // The buffer is used again.
    yield Buffer.from(chunk)
  }
}

function startOf({ path, name }: SourceFile): Uint8Array {
  for (const chunk of readChunks(path, name, Buffer.alloc(START_BYTES))) return chunk
  return new Uint8Array()
}

function refusalOf({ name, start }: JsonFile, readers: readonly JsonFormat[]): string {
  const foreign = foreignJson(start)
  if (foreign !== null) return `${name} holds ${foreign}.`
  const similar = readers.find(({ looksLike }) => looksLike?.(start) ?? false)
  if (similar !== undefined)
    return `${name} looks like ${/^[aeio]/i.test(similar.title) ? 'an' : 'a'} ${similar.title}, but does not have what one has; --format says which it is.`
  return `${name} holds no sessions of a known format (${formatNames.join(', ')}); --format says which it is.`
}
