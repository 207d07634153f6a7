import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { lockFolder } from './folder-lock.js'
import { withWholeScripts } from './whole-scripts.js'

/**
 * Opens the embedded PostgreSQL: in `folder`, or in memory when it is null.
 * @throws {FolderInUse} when another process holds the folder, which belongs to one at a time
 */
export async function openEmbedded(folder: string | null): Promise<PGlite> {
  if (folder === null) return openCluster('memory://')
  const release = await lockFolder(folder)
  try {
    const pglite = await openOrCreate(folder)
    await forgetUnfinishedMigrations(pglite)
    const close = pglite.close.bind(pglite)
    pglite.close = () => close().finally(release)
    return pglite
  } catch (error) {
    await release()
    throw error
  }
}

/** A creation that was cut off leaves its mark; what it had made is made anew. */
async function openOrCreate(folder: string): Promise<PGlite> {
  const cluster = join(folder, 'postgresql')
  const mark = join(folder, 'creating')
  if (existsSync(mark)) await rm(cluster, { recursive: true, force: true })
  else if (existsSync(cluster)) return openCluster(cluster)
  await writeFile(mark, '')
  const pglite = await openCluster(cluster)
  await rm(mark)
  return pglite
}

async function openCluster(place: string): Promise<PGlite> {
  const pglite = await PGlite.create(place, { extensions: { pg_trgm } })
  // The adapter reads every timestamp as UTC.
  await pglite.exec("SET TIME ZONE 'UTC'")
  return pglite
}

/** A migration's script is one transaction here, so one that was cut off left nothing but its row. */
async function forgetUnfinishedMigrations(pglite: PGlite): Promise<void> {
  const { rows } = await pglite.query("select 1 where to_regclass('public._prisma_migrations') is not null")
  if (rows.length > 0)
    await pglite.exec('delete from _prisma_migrations where finished_at is null and rolled_back_at is null')
}

/** Prisma's adapter over the embedded store. */
export function embeddedAdapter(pglite: PGlite): SqlMigrationAwareDriverAdapterFactory {
  return withWholeScripts(new PrismaPGlite(pglite), (script) => pglite.exec(script))
}
