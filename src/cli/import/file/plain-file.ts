import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs'
import { parseExactly } from '../../../rules/exact-json.js'
import { CliError } from '../../failure.js'
import { attempt } from './file-fault.js'
import { isWithinDepth, MAX_DEPTH } from './json-text.js'
import { maxValueCharacters, sayTooLong } from './value-limit.js'

/** Absent where pipes have no names. */
const { O_RDONLY, O_NONBLOCK = 0 } = constants

/**
 * Opens a file for reading. Pipes and devices are refused, as they may hold whoever reads for good.
 * @throws {CliError} when it is no file, or may not be read
 */
export function openPlainFile(path: string, name: string): number {
  const file = attempt(name, () => openSync(path, O_RDONLY | O_NONBLOCK))
  const stats = fstatSync(file)
  // Reading says of folders what they are.
  if (stats.isFile() || stats.isDirectory()) return file
  closeSync(file)
  throw new CliError(`${name} is no file.`)
}

/** Whether a file stands there: neither a link, which may lead anywhere, nor a folder, a pipe or a device. */
export function isPlainFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

/**
 * The value of a file of JSON that stands beside the one that is read; undefined for what is no plain file, or no JSON.
 * @throws {CliError} when it may not be read, or is too large
 */
export function valueOfFile(path: string): unknown {
  if (!isPlainFile(path)) return undefined
  const file = openPlainFile(path, path)
  try {
    if (fstatSync(file).size > maxValueCharacters)
      throw new CliError(`${path}: ${sayTooLong('its one JSON value')}.`)
    const value = parseExactly(attempt(path, () => readFileSync(file, 'utf8')))
    return isWithinDepth(value, MAX_DEPTH) ? value : undefined
  } finally {
    closeSync(file)
  }
}
