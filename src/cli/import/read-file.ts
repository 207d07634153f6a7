import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { text } from 'node:stream/consumers'
import { CliError } from '../failure.js'

export interface SourceFile {
  /** What ids derive from: the file's base name, or a digest of what came on stdin. */
  source: string
  /** The values of the file: elements of its array, its one object, or its lines. */
  values: unknown[]
  /** Whether `values` are the elements of one JSON array. */
  isArray: boolean
}

/** Reads JSON or JSON Lines from a file, or from stdin for `-`. */
export async function readSourceFile(path: string): Promise<SourceFile> {
  const content = path === '-' ? await text(process.stdin) : await readText(path)
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 16)
  const source = path === '-' ? `stdin ${digest}` : basename(path)
  return { source, ...parse(content, path === '-' ? 'stdin' : path) }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new CliError(`There is no file ${path}.`)
    if (code === 'EACCES') throw new CliError(`The file ${path} may not be read.`)
    if (code === 'ERR_STRING_TOO_LONG' || code === 'ERR_FS_FILE_TOO_LARGE')
      throw new CliError(`${path} is too large; split it into files of up to 500 MB.`)
    throw error
  }
}

function parse(content: string, name: string): Omit<SourceFile, 'source'> {
  const trimmed = content.replace(/^\uFEFF/, '').trim()
  if (trimmed === '') throw new CliError(`${name} is empty.`)
  const whole = tryParse(trimmed)
  if (whole !== undefined)
    return Array.isArray(whole) ? { values: whole, isArray: true } : { values: [whole], isArray: false }
  const values = trimmed
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, index, name)]))
  return { values, isArray: false }
}

function parseLine(line: string, index: number, name: string): unknown {
  const value = tryParse(line)
  if (value === undefined)
    throw new CliError(`${name} is neither JSON nor JSON Lines: line ${index + 1} cannot be read.`)
  return value
}

function tryParse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
