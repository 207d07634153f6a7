import { closeSync, fstatSync, readSync } from 'node:fs'
import { CliError } from '../../failure.js'
import { attempt } from './file-fault.js'
import type { FileWitness } from './file-witness.js'
import { openPlainFile } from './plain-file.js'

const CHUNK_BYTES = 1024 * 1024

/** Byte order marks, and the encodings that they tell. */
const marks: readonly [number[], string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/**
 * A file's text, a piece at a time: UTF-8, or what its byte order mark says.
 * @throws {CliError} when it is neither, or cannot be read
 */
export function* readTextChunks(
  path: string,
  name: string,
  { onRead = () => {}, witness }: { onRead?: (bytes: number) => void; witness?: FileWitness } = {},
): Generator<string> {
  const bytes = Buffer.allocUnsafe(CHUNK_BYTES)
  let decoder: TextDecoder | null = null
  for (const chunk of readChunks(path, name, bytes, witness)) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
    const text = decode(decoder, chunk, name)
    onRead(chunk.length)
    if (text !== '') yield text
  }
  // A file that ends within a character was cut, or is being written: its last line is no JSON.
  if (decoder !== null && endsWithin(decoder)) yield '\uFFFD'
}

/**
 * The bytes of a file in one buffer that is used again and again.
 * @throws {CliError} when it cannot be read, or, with a witness, is written anew meanwhile
 */
export function* readChunks(
  path: string,
  name: string,
  buffer: Buffer,
  witness?: FileWitness,
): Generator<Buffer> {
  const file = openPlainFile(path, name)
  try {
    const { mtimeMs } = fstatSync(file)
    let position = 0
    for (;;) {
      const count = attempt(name, () => readSync(file, buffer, 0, buffer.length, null))
      const chunk = buffer.subarray(0, count)
      if (count === 0) return witness?.end(file, position, mtimeMs)
      witness?.see(position, chunk)
      position += count
      yield chunk
    }
  } finally {
    closeSync(file)
  }
}

function encodingOf(start: Buffer): string {
  const found = marks.find(([mark]) => mark.every((byte, index) => start[index] === byte))
  return found?.[1] ?? 'utf-8'
}

function endsWithin(decoder: TextDecoder): boolean {
  try {
    decoder.decode()
    return false
  } catch {
    return true
  }
}

function decode(decoder: TextDecoder, chunk: Buffer, name: string): string {
  try {
    return decoder.decode(chunk, { stream: true })
  } catch {
    throw new CliError(`${name} is not UTF-8, and no byte order mark says what else it is.`)
  }
}
