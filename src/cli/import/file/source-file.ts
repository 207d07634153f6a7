import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { parseExactly } from '../../../rules/exact-json.js'
import { CliError } from '../../failure.js'
import type { FileStart, SourceRecord } from '../format.js'
import { attempt } from './file-fault.js'
import { FileWitness } from './file-witness.js'
import { type DocumentReading, outlineOf, readDocument } from './json-document.js'
import { elementTexts, isWithinDepth, lineTexts, MAX_DEPTH, TooLong } from './json-text.js'
import { JsonWalk, LIST, OBJECT } from './json-walk.js'
import { dataOfEvent } from './server-sent-lines.js'
import { readTextChunks } from './text-chunks.js'
import { maxValueCharacters, sayTooLong } from './value-limit.js'

/** A file to import from. */
export interface SourceFile {
  path: string
  /** What reports call it. */
  name: string
  /** What earlier versions of the importer derived ids from. */
  formerSource: string
  bytes: number
  /** When it was last written, in milliseconds. */
  changedAt: number
  /** Notices that it is written anew while it is read. */
  witness: FileWitness
  /** Hears how many bytes were read of it, for people who wait. */
  onRead?: (bytes: number) => void
}

/** A file whose values are JSON. */
export interface JsonFile extends SourceFile {
  start: FileStart
  /**
   * Its values, read anew at every call; `onFault` hears of lines that are no JSON, which are left out. Of a large document the
   * members that `lists` names are read as somebody goes through them.
   */
  records(onFault: (fault: LineFault) => void, lists?: readonly string[]): Iterable<SourceRecord>
}

/** A file with nothing in it, which may have only begun. */
export class EmptyFile extends CliError {}

/** A line that cannot be read. */
export interface LineFault {
  number: number
  /** Whether nothing follows: it was cut, or is being written. */
  isLast: boolean
}

const START_VALUES = 20
/** Up to this size a document is parsed at once. */
const MAX_WHOLE_BYTES = 8 * 1024 * 1024
/** Elements of a list that are longer are read a part at a time; reaching one of them takes going through all before it. */
const LONG_ELEMENT = 16 * 1024 * 1024

/**
 * A file as it stands, none of it read.
 * @throws {CliError} if it cannot be looked at
 */
export function findSourceFile(
  path: string,
  said: { name?: string; formerSource?: string } = {},
): SourceFile {
  const name = said.name ?? path
  const { size, mtimeMs } = attempt(name, () => statSync(path))
  // A database grows beside itself first.
  const waiting = path.endsWith('.db') ? statSync(`${path}-wal`, { throwIfNoEntry: false }) : undefined
  const changedAt = Math.max(mtimeMs, waiting?.mtimeMs ?? 0)
  const bytes = size + (waiting?.size ?? 0)
  const formerSource = said.formerSource ?? basename(path)
  return { path, name, formerSource, bytes, changedAt, witness: new FileWitness(name) }
}

/**
 * Opens a file of JSON: an array, one value, or JSON Lines.
 * @throws {CliError} when it is none of these
 */
export function openJsonFile(file: SourceFile): JsonFile {
  const shape = shapeOf(file)
  const isLarge = shape === 'object' && file.bytes > MAX_WHOLE_BYTES
  const records: JsonFile['records'] = (onFault, lists) =>
    isLarge && lists !== undefined
      ? [documentOf(file, (reading) => readDocument(reading, lists))]
      : readRecords(file, shape, onFault)
  const faults: LineFault[] = []
  const beginning = isLarge
    ? [documentOf({ ...file, onRead: () => {} }, (reading) => outlineOf(reading, START_VALUES))]
    : readRecords(file, shape, (fault) => faults.push(fault))
  const values: unknown[] = []
  for (const { value } of beginning) {
    values.push(value)
    if (values.length === START_VALUES) break
  }
  if (values.length === 0 && faults.length > 0)
    throw new CliError(
      `${file.name} is neither JSON nor JSON Lines: line ${faults[0]?.number} cannot be read.`,
    )
  return { ...file, start: { shape, values, path: file.path }, records }
}

/** How the text is built: its first value, and whether there is another one. */
function shapeOf({ path, name, witness }: SourceFile): FileStart['shape'] {
  const walk = new JsonWalk()
  let first = ''
  let ended = false
  let more = false
  for (const chunk of readTextChunks(path, name, { witness })) {
    let end: number = ended ? 0 : -1
    if (first === '') first = /\S/.exec(chunk)?.[0] ?? ''
    if (!ended)
      walk.walk(chunk, (at, unit, depth) => {
        if (end === -1 && depth === 0 && (unit === LIST.end || unit === OBJECT.end)) end = at + 1
      })
    ended = end !== -1
    if (ended && chunk.slice(end).trim() !== '') {
      more = true
      break
    }
  }
  if (first === '') throw new EmptyFile(`${name} is empty.`)
  if (!more && ended && first === '[') return 'array'
  return !more && ended && first === '{' ? 'object' : 'lines'
}

function* readRecords(
  file: SourceFile,
  shape: FileStart['shape'],
  onFault: (fault: LineFault) => void,
): Generator<SourceRecord> {
  const chunks = readTextChunks(file.path, file.name, file)
  try {
    if (shape === 'lines') yield* readLines(file, chunks, onFault)
    else yield* readValues(file, chunks, shape)
  } catch (error) {
    throw explain(error, file, unitOf(file, shape))
  }
}

/** What the values of a file are called: JSON Lines with one line look like a document. */
function unitOf({ path }: SourceFile, shape: FileStart['shape']): 'line' | 'value' {
  return shape === 'lines' || (shape === 'object' && /\.(?:jsonl|ndjson)$/i.test(path)) ? 'line' : 'value'
}

function explain(error: unknown, { name }: SourceFile, what: string): unknown {
  if (!(error instanceof TooLong)) return error
  return new CliError(`${name}: ${sayTooLong(`${what} ${error.number}`)}.`)
}

function* readValues(
  file: SourceFile,
  chunks: Iterable<string>,
  shape: 'object' | 'array',
): Generator<SourceRecord> {
  let number = 0
  const unit = unitOf(file, shape)
  const texts = shape === 'array' ? elementTexts(chunks, maxValueCharacters) : [wholeText(file, chunks)]
  for (const text of texts) {
    number += 1
    const value = parseExactly(text)
    if (value === undefined)
      throw new CliError(`${file.name} is not JSON: its ${unit} ${number} cannot be read.`)
    const at = `${unit} ${number}`
    yield { value: checkDepth(value, file, at), number, at }
  }
}

function* readLines(
  file: SourceFile,
  chunks: Iterable<string>,
  onFault: (fault: LineFault) => void,
): Generator<SourceRecord> {
  let fault: number | null = null
  for (const { text: line, number } of lineTexts(chunks, maxValueCharacters)) {
    const text = withoutMark(line)
    if (fault !== null) onFault({ number: fault, isLast: false })
    const data = dataOfEvent(text)
    if (data === null) {
      fault = null
      continue
    }
    const value = parseExactly(data ?? text)
    fault = value === undefined ? number : null
    if (value !== undefined)
      yield { value: checkDepth(value, file, `line ${number}`), number, at: `line ${number}` }
  }
  if (fault !== null) onFault({ number: fault, isLast: true })
}

/** The one object of a large file, as one of the readers of documents gives it. */
function documentOf(
  file: SourceFile,
  read: (reading: DocumentReading) => Record<string, unknown>,
): SourceRecord {
  const parse = (text: string, at: string) => {
    const value = parseExactly(text)
    if (value === undefined) throw new CliError(`${file.name} is not JSON: ${at} cannot be read.`)
    return checkDepth(value, file, at)
  }
  const chunks = () => readTextChunks(file.path, file.name, file)
  const unit = unitOf(file, 'object')
  try {
    return {
      value: read({ chunks, limit: maxValueCharacters, long: LONG_ELEMENT, parse }),
      number: 1,
      at: `${unit} 1`,
    }
  } catch (error) {
    throw explain(error, file, unit)
  }
}

function wholeText({ name }: SourceFile, chunks: Iterable<string>): string {
  const parts: string[] = []
  let length = 0
  for (const chunk of chunks) {
    length += chunk.length
    if (length > maxValueCharacters)
      throw new CliError(
        `${name}: ${sayTooLong('its one JSON value')}; as JSON Lines or an array it may be of any size.`,
      )
    parts.push(chunk)
  }
  return parts.join('')
}

function checkDepth(value: unknown, { name }: SourceFile, at: string): unknown {
  if (isWithinDepth(value, MAX_DEPTH)) return value
  throw new CliError(`${name}: ${at} is nested more than ${MAX_DEPTH} levels deep.`)
}

/** A line without the byte order mark that it has where a file was put behind another. */
function withoutMark(line: string): string {
  return line.startsWith('\uFEFF') ? line.slice(1) : line
}
