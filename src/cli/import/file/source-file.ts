import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { CliError } from '../../failure.js'
import type { FileStart, SourceRecord } from '../format.js'
import { elementTexts, isWithinDepth, JsonWalk, lineTexts, parseExactly, TooLong } from './json-text.js'
import { readTextChunks } from './text-chunks.js'

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
  /** Hears how many bytes were read of it, for people who wait. */
  onRead?: (bytes: number) => void
}

/** A file whose values are JSON. */
export interface JsonFile extends SourceFile {
  start: FileStart
  /** Its values, read anew at every call; `onFault` hears of lines that are no JSON, which are left out. */
  records(onFault: (fault: LineFault) => void): Iterable<SourceRecord>
}

/** A line that cannot be read. */
export interface LineFault {
  number: number
  /** Whether nothing follows: it was cut, or is being written. */
  isLast: boolean
}

/** More than any format nests, and less than what exhausts a stack. */
const MAX_DEPTH = 500
/** One JSON value is parsed at once, and texts of V8 end at 512 MB. */
const MAX_VALUE_CHARACTERS = 400 * 1024 * 1024
const LONGEST = `${MAX_VALUE_CHARACTERS / 1024 ** 2} MB`
const START_VALUES = 20

export function findSourceFile(
  path: string,
  said: { name?: string; formerSource?: string } = {},
): SourceFile {
  const name = said.name ?? path
  const { size, mtimeMs } = attemptStat(path, name)
  return { path, name, formerSource: said.formerSource ?? basename(path), bytes: size, changedAt: mtimeMs }
}

function attemptStat(path: string, name: string) {
  try {
    return statSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new CliError(`There is no file ${name}.`)
    if (code === 'EACCES') throw new CliError(`The file ${name} may not be read.`)
    throw error
  }
}

export function readBytes({ path }: SourceFile): Uint8Array {
  return readFileSync(path)
}

/**
 * Opens a file of JSON: an array, one value, or JSON Lines.
 * @throws {CliError} when it is none of these
 */
export function openJsonFile(file: SourceFile): JsonFile {
  const shape = shapeOf(file)
  const records = (onFault: (fault: LineFault) => void) => readRecords(file, shape, onFault)
  const values: unknown[] = []
  const faults: LineFault[] = []
  for (const { value } of records((fault) => faults.push(fault))) {
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
function shapeOf({ path, name }: SourceFile): FileStart['shape'] {
  const walk = new JsonWalk()
  let first = ''
  let ended = false
  let more = false
  for (const chunk of readTextChunks(path, name)) {
    let end: number = ended ? 0 : -1
    if (first === '') first = /\S/.exec(chunk)?.[0] ?? ''
    if (!ended)
      walk.walk(chunk, (at, unit, depth) => {
        if (end === -1 && depth === 0 && (unit === 0x5d || unit === 0x7d)) end = at + 1
      })
    ended = end !== -1
    if (ended && chunk.slice(end).trim() !== '') {
      more = true
      break
    }
  }
  if (first === '') throw new CliError(`${name} is empty.`)
  if (!more && ended && first === '[') return 'array'
  return !more && ended && first === '{' ? 'object' : 'lines'
}

function* readRecords(
  file: SourceFile,
  shape: FileStart['shape'],
  onFault: (fault: LineFault) => void,
): Generator<SourceRecord> {
  const chunks = readTextChunks(file.path, file.name, file.onRead)
  try {
    if (shape === 'lines') yield* readLines(file, chunks, onFault)
    else yield* readValues(file, chunks, shape)
  } catch (error) {
    if (!(error instanceof TooLong)) throw error
    const at = `${shape === 'lines' ? 'line' : 'value'} ${error.number}`
    throw new CliError(`${file.name}: ${at} has more than ${LONGEST}, which is read at once.`)
  }
}

function* readValues(
  file: SourceFile,
  chunks: Iterable<string>,
  shape: 'object' | 'array',
): Generator<SourceRecord> {
  let number = 0
  const texts = shape === 'array' ? elementTexts(chunks, MAX_VALUE_CHARACTERS) : [wholeText(file, chunks)]
  for (const text of texts) {
    number += 1
    const value = parseExactly(text)
    if (value === undefined)
      throw new CliError(`${file.name} is not JSON: its value ${number} cannot be read.`)
    yield { value: checkDepth(value, file, `value ${number}`), number, at: `value ${number}` }
  }
}

function* readLines(
  file: SourceFile,
  chunks: Iterable<string>,
  onFault: (fault: LineFault) => void,
): Generator<SourceRecord> {
  let fault: number | null = null
  for (const { text, number } of lineTexts(chunks, MAX_VALUE_CHARACTERS)) {
    if (fault !== null) onFault({ number: fault, isLast: false })
    const value = parseExactly(text)
    fault = value === undefined ? number : null
    if (value !== undefined)
      yield { value: checkDepth(value, file, `line ${number}`), number, at: `line ${number}` }
  }
  if (fault !== null) onFault({ number: fault, isLast: true })
}

function wholeText({ name }: SourceFile, chunks: Iterable<string>): string {
  const parts: string[] = []
  let length = 0
  for (const chunk of chunks) {
    length += chunk.length
    if (length > MAX_VALUE_CHARACTERS)
      throw new CliError(
        `${name} is one JSON value of more than ${LONGEST}, which is read at once; as JSON Lines or an array it may be of any size.`,
      )
    parts.push(chunk)
  }
  return parts.join('')
}

function checkDepth(value: unknown, { name }: SourceFile, at: string): unknown {
  if (isWithinDepth(value, MAX_DEPTH)) return value
  throw new CliError(`${name}: ${at} is nested more than ${MAX_DEPTH} levels deep.`)
}
