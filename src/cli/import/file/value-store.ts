import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Values of JSON that are put somewhere, and read again by their numbers. */
export interface ValueStore<T> {
  /** Gives the number of the value. */
  put(value: T): number
  get(number: number): T
  /** Lets go of what it holds. */
  close(): void
}

/** Values that stay in memory, as they are. */
export function memoryStore<T>(): ValueStore<T> {
  const values: T[] = []
  return {
    put: (value) => values.push(value) - 1,
    get: (number) => values[number] as T,
    close: () => {},
  }
}

const BUFFER_BYTES = 256 * 1024

/** Values that wait on disk, for files that do not fit in memory. */
export function diskStore<T>(): ValueStore<T> {
  const folder = mkdtempSync(join(tmpdir(), 'session-gateway-'))
  const file = openSync(join(folder, 'values'), 'wx+', 0o600)
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 0 })
  // Where systems allow it, nothing is left behind however the process ends.
  try {
    remove()
  } catch {}
  const starts: number[] = [0]
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let written = 0
  const flush = () => {
    const bytes = Buffer.concat(waiting)
    for (let done = 0; done < bytes.length; ) {
      const count = writeSync(file, bytes, done, bytes.length - done, written)
      done += count
      written += count
    }
    waiting = []
    waitingBytes = 0
  }
  return {
    put(value) {
      const bytes = Buffer.from(JSON.stringify(value))
      waiting.push(bytes)
      waitingBytes += bytes.length
      starts.push((starts.at(-1) ?? 0) + bytes.length)
      if (waitingBytes >= BUFFER_BYTES) flush()
      return starts.length - 2
    },
    get(number) {
      if (waitingBytes > 0) flush()
      const start = starts[number] ?? 0
      const bytes = Buffer.allocUnsafe((starts[number + 1] ?? start) - start)
      readSync(file, bytes, 0, bytes.length, start)
      return JSON.parse(bytes.toString()) as T
    },
    close() {
      closeSync(file)
      remove()
    },
  }
}
