const FIRST_BYTES = 64 * 1024
/** Up to here memory doubles. */
const SMALL_BYTES = 512 * 1024
/**
 * So much is asked for at least beyond: Linux gives pieces above 32 MiB pages of their own, of which only those that are
 * written take memory, and takes them back at once when they are freed. Smaller ones it keeps.
 */
const LARGE_BYTES = 33 * 1024 * 1024

/** Bytes that arrive in parts, in one piece of memory: whoever takes it leaves nothing behind. */
export class GrowingBytes {
  #memory: Buffer = Buffer.alloc(0)
  #length = 0

  add(part: Uint8Array): void {
    if (this.#length === 0 && part.length <= FIRST_BYTES) {
      // Nearly always all there is; what follows is copied behind it.
      this.#memory = Buffer.from(part.buffer, part.byteOffset, part.length)
      this.#length = part.length
      return
    }
    const length = this.#length + part.length
    if (length > this.#memory.length) {
      const least = length <= SMALL_BYTES ? FIRST_BYTES : LARGE_BYTES
      const grown = Buffer.allocUnsafeSlow(Math.max(least, length, this.#memory.length * 2))
      this.#memory.copy(grown, 0, 0, this.#length)
      this.#memory = grown
    }
    this.#memory.set(part, this.#length)
    this.#length = length
  }

  /** All of them, and the memory with them, which nobody else has. */
  take(): Buffer {
    const bytes = this.#memory.subarray(0, this.#length)
    this.clear()
    return bytes
  }

  clear(): void {
    this.#memory = Buffer.alloc(0)
    this.#length = 0
  }
}
