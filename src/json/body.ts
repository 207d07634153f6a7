import { isUtf8 } from 'node:buffer'
import { Rounds } from '../rounds.js'
import { GrowingBytes } from './growing-bytes.js'
import { parseJson, parseShort } from './parse.js'
import { type JsonFault, JsonScan } from './scan.js'

export { type JsonFault, JsonScan } from './scan.js'

/** A body's value, or why there is none. */
export type JsonReading = { value: unknown } | { fault: JsonFault }

/** Whether a body is packed, by its `Content-Encoding`: what is read as JSON is taken as it is alone. */
export function isPacked(contentEncoding: string | null | undefined): boolean {
  return !['', 'identity'].includes(contentEncoding?.trim().toLowerCase() ?? '')
}

/** So long bodies that arrive take the thread in one round of events, however many come at once. */
const READ_MS = 5
/** What is beyond has a round each. */
const later = new Rounds()
let readMs = 0

/** Notes how long a part took; gives when the next may be read, where that is not now. */
function pace(ms: number): Promise<void> | undefined {
  if (readMs === 0)
    setImmediate(() => {
      readMs = 0
    })
  readMs += ms
  return readMs < READ_MS ? undefined : later.takeWhole()
}

/** The JSON of a request, scanned while it arrives and parsed once all of it has passed. */
export class JsonBody {
  readonly #scan = new JsonScan()
  #fault: JsonFault | null = null
  readonly #bytes = new GrowingBytes()

  /** Takes the bytes that follow; after a fault it keeps none. More are taken once what it gives, if anything, is over. */
  take(chunk: Uint8Array): Promise<void> | undefined {
    if (this.#fault !== null) return
    const begun = performance.now()
    this.#bytes.add(chunk)
    this.#fault = this.#scan.take(chunk)
    if (this.#fault?.kind === 'too much') this.#bytes.clear()
    return pace(performance.now() - begun)
  }

  get fault(): JsonFault | null {
    return this.#fault
  }

  /** The whole value, once, of a short body at once; positions of faults are counted in characters. */
  read(): JsonReading | Promise<JsonReading> {
    const fault = this.#fault ?? this.#scan.end()
    if (fault?.kind === 'too much') return { fault }
    const bytes = this.#bytes.take()
    const ends = [
      ...(fault === null ? [] : [countCharacters(bytes, fault.at)]),
      ...(isUtf8(bytes) ? [] : [findBadCharacter(bytes)]),
    ]
    return ends.length > 0
      ? { fault: { kind: 'malformed', at: Math.min(...ends) } }
      : (parseShort(bytes) ?? parseJson(bytes).then((value) => ({ value })))
  }
}

/** How many characters begin in the first bytes. */
function countCharacters(bytes: Buffer, end: number): number {
  let count = 0
  for (let index = 0; index < end; index++) if (!isInner(bytes[index])) count++
  return count
}

const windowBytes = 4096

/** Before which character bytes that are not UTF-8 stop being so. */
function findBadCharacter(bytes: Buffer): number {
  let good = 0
  const isGoodTo = (end: number) => isUtf8(bytes.subarray(good, end))
  for (;;) {
    const end = characterStart(bytes, good + windowBytes)
    if (end === good || !isGoodTo(end)) break
    good = end
  }
  for (;;) {
    // A character has one to four bytes, and only all of them together are UTF-8.
    const end = [1, 2, 3, 4].map((size) => good + size).find((end) => end <= bytes.length && isGoodTo(end))
    if (end === undefined) return countCharacters(bytes, good)
    good = end
  }
}

/** The start of the character that a byte belongs to; the end of the bytes beyond them. */
function characterStart(bytes: Buffer, index: number): number {
  if (index >= bytes.length) return bytes.length
  let start = index
  while (start > index - 4 && isInner(bytes[start])) start--
  return start
}

/** Whether a byte goes on with a character. */
function isInner(byte = 0): boolean {
  return (byte & 0xc0) === 0x80
}
