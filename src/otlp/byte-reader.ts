import { NotOtlp } from './protobuf.js'

/** Bytes that come in chunks, taken a piece at a time. */
export class ByteReader {
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
