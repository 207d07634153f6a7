import { fstatSync, readSync } from 'node:fs'
import { CliError } from '../../failure.js'

/** Bytes kept of the beginning of each piece that is read. */
const SAMPLE_BYTES = 256

/**
 * Notices that a file is written anew while it is read, once or several times: what comes of it would be part of each content.
 * A file that only grows is no such.
 */
export class FileWitness {
  readonly #samples = new Map<number, Buffer>()
  #end = 0

  constructor(readonly name: string) {}

  /**
   * Sees the bytes that were read at a position.
   * @throws {CliError} when others were read there before
   */
  see(position: number, bytes: Uint8Array): void {
    const now = bytes.subarray(0, SAMPLE_BYTES)
    const before = this.#samples.get(position) ?? Buffer.alloc(0)
    const both = Math.min(before.length, now.length)
    if (before.compare(now, 0, both, 0, both) !== 0) throw this.#refusal()
    if (now.length > before.length) this.#samples.set(position, Buffer.from(now))
  }

  /**
   * Looks back from the end of an open file that has changed since `changedAt`, in milliseconds.
   * @throws {CliError} when it is shorter than what was read, or begins otherwise by now
   */
  end(file: number, position: number, changedAt: number): void {
    if (position < this.#end) throw this.#refusal()
    this.#end = position
    const { size, mtimeMs } = fstatSync(file)
    if (size < position) throw this.#refusal()
    if (mtimeMs === changedAt) return
    const bytes = Buffer.alloc(SAMPLE_BYTES)
    for (const [at, { length }] of this.#samples)
      this.see(at, bytes.subarray(0, readSync(file, bytes, 0, length, at)))
  }

  #refusal(): CliError {
    return new CliError(`${this.name} was written anew while it was read; the next import reads it again.`)
  }
}
