import { NotOtlp } from './protobuf.js'

const RESOURCE_SPANS = 0x0a
/** Of a group of spans, and of a scope of them: the member that holds what is below it. */
const BELOW = 2
const LENGTH_DELIMITED = 2
/** Groups that are longer come in parts. */
const LONG_GROUP = 16 * 1024 * 1024

/** A span, or what stands beside spans, that is too long to be read at once. */
export class FrameTooLong extends NotOtlp {}

interface Field {
  number: number
  /** Its bytes up to its content. */
  header: Buffer
  /** How many bytes its content has. */
  length: number
  hasLength: boolean
}

/**
 * The bytes of traces in OTLP's protobuf in parts of at most `limit` bytes, each of which is traces for itself: a group of spans at a
 * time, and a long group a span at a time. Requests may follow each other, also with their lengths before them, as collectors write.
 * @throws {NotOtlp}
 */
export function* framesOf(
  chunks: Iterable<Uint8Array>,
  limit: number,
  long = LONG_GROUP,
): Generator<Uint8Array> {
  const reader = new ByteReader(chunks)
  const start = reader.peek(5)
  const hasLengths = start.length === 5 && start[0] !== RESOURCE_SPANS && start[4] === RESOURCE_SPANS
  while (reader.peek(1).length > 0) {
    const end = hasLengths ? 4 + reader.position + reader.take(4).readUInt32BE(0) : reader.position + 1
    while (reader.position < end) yield* groupsOf(reader, limit, long)
    if (hasLengths && reader.position > end) throw new NotOtlp('The bytes are no traces of OTLP')
  }
}

/** The next group, or the parts of a long one. */
function* groupsOf(reader: ByteReader, limit: number, long: number): Generator<Uint8Array> {
  if (reader.peek(1)[0] !== RESOURCE_SPANS) throw new NotOtlp('The bytes are no traces of OTLP')
  const group = fieldOf(reader)
  if (group.length <= Math.min(long, limit)) {
    yield Buffer.concat([group.header, take(reader, group.length, limit)])
    return
  }
  for (const scope of partsOf(reader, group.length, limit, long)) yield wrapped(RESOURCE_SPANS, scope)
}

/** The content of a long message in parts, each with what stood before it beside what is below: at two levels, scopes and spans. */
function* partsOf(
  reader: ByteReader,
  length: number,
  limit: number,
  long: number,
  level = 0,
): Generator<Buffer> {
  const end = reader.position + length
  let beside: Buffer = Buffer.alloc(0)
  while (reader.position < end) {
    const field = fieldOf(reader)
    const isBelow = field.number === BELOW && field.hasLength
    if (isBelow && level === 0 && field.length > Math.min(long, limit))
      for (const part of partsOf(reader, field.length, limit, long, level + 1))
        yield Buffer.concat([beside, wrapped((BELOW << 3) | LENGTH_DELIMITED, part)])
    else {
      const whole = Buffer.concat([field.header, take(reader, field.length, limit)])
      if (isBelow) yield Buffer.concat([beside, whole])
      else beside = Buffer.concat([beside, whole])
    }
  }
  if (reader.position > end) throw new NotOtlp('The bytes are no traces of OTLP')
}

/** A length that bytes only claim is none: what is too long has come. */
function take(reader: ByteReader, length: number, limit: number): Buffer {
  if (length > limit && reader.peek(limit + 1).length > limit)
    throw new FrameTooLong('A span is too long to be read at once')
  return reader.take(length)
}

function fieldOf(reader: ByteReader): Field {
  const before = reader.position
  const headers: Buffer[] = []
  const varint = (): number => {
    let value = 0
    for (let at = 0; at < 10; at += 1) {
      const byte = reader.take(1)
      headers.push(byte)
      value += ((byte[0] ?? 0) & 0x7f) * 2 ** (7 * at)
      if ((byte[0] ?? 0) < 0x80) return value
    }
    throw new NotOtlp(`The bytes are no traces of OTLP, at ${before}`)
  }
  const tag = varint()
  const kind = tag & 7
  const hasLength = kind === LENGTH_DELIMITED
  const fixed = kind === 1 ? 8 : kind === 5 ? 4 : null
  if (kind !== 0 && !hasLength && fixed === null) throw new NotOtlp('The bytes are no traces of OTLP')
  const length = hasLength ? varint() : (fixed ?? 0)
  if (kind === 0) varint()
  return { number: Math.floor(tag / 8), header: Buffer.concat(headers), length, hasLength }
}

function wrapped(tag: number, content: Buffer): Buffer {
  const header = [tag]
  for (let left = content.length; ; left = Math.floor(left / 128)) {
    header.push(left < 128 ? left : (left % 128) | 0x80)
    if (left < 128) return Buffer.concat([Buffer.from(header), content])
  }
}

/** Bytes that come in chunks, taken a piece at a time. */
class ByteReader {
  /** How many were taken. */
  position = 0
  readonly #chunks: Iterator<Uint8Array>
  #held: Buffer = Buffer.alloc(0)

  constructor(chunks: Iterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.iterator]()
  }

  /** As many bytes as there are of these, without taking them. */
  peek(count: number): Buffer {
    if (this.#held.length < count) {
      const waiting: Uint8Array[] = [this.#held]
      for (let length = this.#held.length; length < count; ) {
        const next = this.#chunks.next()
        if (next.done) break
        waiting.push(next.value)
        length += next.value.length
      }
      this.#held = Buffer.concat(waiting)
    }
    return this.#held.subarray(0, count)
  }

  /** @throws {NotOtlp} where there are fewer */
  take(count: number): Buffer {
    const bytes = this.peek(count)
    if (bytes.length < count) throw new NotOtlp('The bytes end within a message')
    this.#held = this.#held.subarray(count)
    this.position += count
    return bytes
  }
}
