import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { lockFolder } from './folder-lock.js'
import type { MigrationStatements, MigrationStore } from './migrate.js'

/**
 * Opens the embedded PostgreSQL: in `folder`, or in memory when it is null.
 * @throws {FolderInUse} when another process holds the folder, which belongs to one at a time
 */
export async function openEmbedded(folder: string | null): Promise<PGlite> {
  if (folder === null) return openCluster('memory://')
  const release = await lockFolder(folder)
  try {
    const pglite = await openOrCreate(folder)
    const close = pglite.close.bind(pglite)
    pglite.close = () => close().finally(release)
    return pglite
  } catch (error) {
    await release()
    throw error
  }
}

/** PGlite makes files that everybody may read and write: nobody else gets at them. */
const PRIVATE = 0o700

async function openOrCreate(folder: string): Promise<PGlite> {
  const cluster = join(folder, NAME)
  // Earlier gateways made it under its name, with this mark beside it until it was whole.
  if (existsSync(join(folder, CREATING))) await rm(cluster, { recursive: true, force: true, maxRetries: 5 })
  const isThere = existsSync(cluster)
  if (!isThere) await create(folder, cluster)
  await removeHalfMade(folder)
  // Where it belongs to somebody else, who may see it is for them to say.
  if (isThere) await chmod(cluster, PRIVATE).catch(() => {})
  return openCluster(cluster)
}

/**
 * Takes an empty cluster as the build made it, under a name that it gets once it is whole: what a creation that was cut off left is
 * made anew. Another process does it, whose memory goes with it.
 */
async function create(folder: string, cluster: string): Promise<void> {
  await removeHalfMade(folder)
  if (!existsSync(EMPTY)) throw new Error(`${EMPTY} is missing; run npm run build.`)
  const created = await mkdtemp(join(folder, `${CREATING}-`))
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const args = [QUICKLY, TIGHTLY, '--eval', creation, pglite, EMPTY, created]
  await promisify(execFile)(process.execPath, args).catch((cause) => {
    const needs = 'it takes 100 MB of the disk and 250 MB of memory'
    throw new Error(`The embedded store could not be made in ${folder}: ${needs}`, { cause })
  })
  await rename(created, cluster)
}

/** Of the package, seen from `src/db` under tsx and vitest and from `dist/db` once built. */
const EMPTY = fileURLToPath(new URL('../../dist/embedded.tar.gz', import.meta.url))

/** A process whose parent was killed may still write one for a moment, so the next one does away with that too. */
async function removeHalfMade(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(CREATING))
      await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 })
}

const NAME = 'postgresql'
const CREATING = 'creating'
const creation = `const [, pglite, file, folder] = process.argv
process.stdin.resume().on('end', process.exit)
const loadDataDir = new Blob([require('node:fs').readFileSync(file)])
require(pglite).PGlite.create(folder, { loadDataDir }).then((made) => made.close()).then(process.exit)`

/** Unpacking it takes 232 MB so, 265 with the young generation that V8 gives itself. */
const TIGHTLY = '--max-semi-space-size=1'

/** V8's quick compiler alone: the other one takes 45 MB that stay (docs/decisions/0202-embedded-by-the-quick-compiler.md). */
export const QUICKLY = '--liftoff-only'

/**
 * One connection needs no room for a hundred, and whatever 32 MB of shared buffers do not hold is in the system's own
 * file cache: this is 100 MB less of the process's memory than PGlite's defaults.
 */
const MEMORY = ['shared_buffers=32MB', 'max_connections=4']

async function openCluster(dataDir: string): Promise<PGlite> {
  setFlagsFromString(QUICKLY)
  const pglite = await PGlite.create(dataDir, {
    extensions: { pg_trgm },
    startParams: [...PGlite.defaultStartParams, ...MEMORY.flatMap((setting) => ['-c', setting])],
  }).catch((cause) => {
    const why = 'its disk is full, or its files are another user’s or damaged'
    throw new Error(`The embedded store in ${dirname(dataDir)} cannot be opened: ${why}`, { cause })
  })
  // The adapter reads every timestamp as UTC.
  await pglite.exec("SET TIME ZONE 'UTC'")
  return pglite
}

/** Prisma's adapter over the embedded store. */
export function embeddedAdapter(pglite: PGlite): PrismaPGlite {
  return new PrismaPGlite(pglite)
}

/** The embedded store as migrations see it: it belongs to this process, which is alone anyway. */
export function embeddedMigrations(pglite: PGlite): MigrationStore {
  const on = (db: Pick<PGlite, 'query'>): MigrationStatements => ({
    rows: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await db.query<Row>(text, [...values])).rows,
  })
  return {
    ...on(pglite),
    alone: (work) =>
      pglite.transaction((tx) => {
        const script = async (text: string) => void (await tx.exec(text))
        return work({ ...on(tx), script, migration: script })
      }),
  }
}

/** `COPY` of a query, in binary form. */
export async function* copyEmbedded(pglite: PGlite, query: string): AsyncGenerator<Buffer> {
  const { blob } = await pglite.query(`copy (${query}) to '/dev/blob' (format binary)`)
  if (blob !== undefined) yield Buffer.from(await blob.arrayBuffer())
}
