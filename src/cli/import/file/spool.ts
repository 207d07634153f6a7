import { createHash } from 'node:crypto'
import { closeSync, constants, createReadStream, createWriteStream, openSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { findSourceFile, type SourceFile } from './source-file.js'

/** A pipe as a file. Whoever waits for a writer, or for what it writes, holds up the end of the process until something comes. */
export function spoolPipe(path: string, signal: AbortSignal): ReturnType<typeof spool> {
  const write = () => {
    try {
      const pipe = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
      writeSync(pipe, '\n')
      closeSync(pipe)
    } catch {}
  }
  signal.addEventListener('abort', write, { once: true })
  return spool(createReadStream(path), path, signal)
}

/**
 * A stream as a file, as it is read more than once; `remove` deletes it. On Linux the file loses its name as soon as it is whole, so
 * that nothing is left behind however the process ends.
 */
export async function spool(
  input: Readable,
  name: string,
  signal: AbortSignal,
): Promise<{ file: SourceFile; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'stdin')
    const hash = createHash('sha256')
    const digesting = new Transform({
      transform(chunk, _encoding, done) {
        hash.update(chunk)
        done(null, chunk)
      },
    })
    await pipeline(input, digesting, createWriteStream(path, { mode: 0o600 }), { signal })
    const formerSource = `stdin ${hash.digest('hex').slice(0, 16)}`
    if (process.platform !== 'linux') return { file: findSourceFile(path, { name, formerSource }), remove }
    const copy = openSync(path, constants.O_RDONLY)
    await remove()
    return {
      file: findSourceFile(`/proc/self/fd/${copy}`, { name, formerSource }),
      remove: async () => closeSync(copy),
    }
  } catch (error) {
    await remove()
    throw signal.aborted ? signal.reason : error
  }
}
