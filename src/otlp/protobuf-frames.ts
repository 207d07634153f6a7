import { NotOtlp } from './protobuf.js'

const RESOURCE_SPANS = 0x0a

/** A group of spans that is too long to be read at once. */
export class FrameTooLong extends NotOtlp {}

/**
 * The bytes of traces in OTLP's protobuf in parts, each of which is traces for itself: so a file of any size is read a group of
 * spans at a time, which has at most `limit` bytes. Requests may follow each other, also with their lengths before them, as collectors write them.
 * @throws {NotOtlp}
 */
export function* framesOf(chunks: Iterable<Uint8Array>, limit: number): Generator<Uint8Array> {
  let held: Buffer = Buffer.alloc(0)
  let waiting: Uint8Array[] = []
  let wanted = 0
  let hasLengths: boolean | null = null
  for (const chunk of chunks) {
    waiting.push(chunk)
    // A length that bytes only claim is none: what is too long has come.
    if (waiting.reduce((sum, { length }) => sum + length, held.length) < Math.min(wanted, limit + 1)) continue
    held = Buffer.concat([held, ...waiting])
    waiting = []
    if (hasLengths === null) {
      if (held.length < 5) continue
      hasLengths = held[0] !== RESOURCE_SPANS && held[4] === RESOURCE_SPANS
    }
    for (;;) {
      const end = hasLengths ? endOfPrefixed(held) : endOfField(held)
      wanted = end ?? 0
      if (Math.min(wanted, held.length) > limit)
        throw new FrameTooLong('A group of spans is too long to be read at once')
      if (end === null || end > held.length) break
      yield held.subarray(hasLengths ? 4 : 0, end)
      held = held.subarray(end)
    }
  }
  if (held.length > 0 || waiting.length > 0) throw new NotOtlp('The bytes end within a message')
}

/** Where a message ends whose length stands before it in four bytes; null while it is not told yet. */
function endOfPrefixed(bytes: Buffer): number | null {
  return bytes.length < 4 ? null : 4 + bytes.readUInt32BE(0)
}

/** Where the first field ends, which is a group of spans; null while its length is not told yet. */
function endOfField(bytes: Buffer): number | null {
  if (bytes.length === 0) return null
  if (bytes[0] !== RESOURCE_SPANS) throw new NotOtlp('The bytes are no traces of OTLP')
  let length = 0
  for (let at = 1; at < 6; at += 1) {
    const byte = bytes[at]
    if (byte === undefined) return null
    length += (byte & 0x7f) * 2 ** (7 * (at - 1))
    if (byte < 0x80) return at + 1 + length
  }
  throw new NotOtlp('The bytes are no traces of OTLP')
}
