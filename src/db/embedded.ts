import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'

/**
 * Opens the embedded PostgreSQL: in `folder`, or in memory when it is null.
 * A folder belongs to one process.
 */
export async function openEmbedded(folder: string | null): Promise<PGlite> {
  if (folder !== null) await mkdir(dirname(folder), { recursive: true })
  const pglite = await PGlite.create(folder ?? 'memory://', { extensions: { pg_trgm } })
  // The adapter reads every timestamp as UTC.
  await pglite.exec("SET TIME ZONE 'UTC'")
  return pglite
}

/** Prisma's adapter over the embedded store; scripts are awaited, which the package forgets. */
export function embeddedAdapter(pglite: PGlite): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPGlite(pglite)
  return {
    provider: 'postgres',
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect()
      adapter.executeScript = async (script) => void (await pglite.exec(script))
      return adapter
    },
    connectToShadowDb: () => factory.connectToShadowDb(),
  }
}
