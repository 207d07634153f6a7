import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { findSourceFile, type SourceFile } from './source-file.js'

/** A stream as a file, as it is read more than once; `remove` deletes it. */
export async function spool(
  input: Readable,
  name: string,
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
    await pipeline(input, digesting, createWriteStream(path, { mode: 0o600 }))
    const formerSource = `stdin ${hash.digest('hex').slice(0, 16)}`
    return { file: findSourceFile(path, { name, formerSource }), remove }
  } catch (error) {
    await remove()
    throw error
  }
}
