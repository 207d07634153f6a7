import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { QUICKLY } from '../src/db/embedded.js'

/** What the file of settings keeps: shared memory and connections of a store with one user. */
const settings = ['-c', 'shared_buffers=16MB', '-c', 'max_connections=4']

/** Writes an empty cluster, of which every embedded store begins as a copy. */
export async function writeEmbedded(file: string): Promise<void> {
  setFlagsFromString(QUICKLY)
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-cluster-'))
  const pglite = await PGlite.create(folder, { initDbStartParams: settings })
  const packed = await pglite.dumpDataDir('gzip')
  await pglite.close()
  await rm(folder, { recursive: true })
  // Builds may run beside each other.
  const written = `${file}.${process.pid}`
  await writeFile(written, Buffer.from(await packed.arrayBuffer()))
  await rename(written, file)
}
