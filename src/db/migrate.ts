import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { openSchemaEngine } from './schema-engine.js'

const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url))

/**
 * Applies the pending migrations of `prisma/migrations`; gives the names it applied, in order.
 * It keeps Prisma's own `_prisma_migrations`, so the Prisma CLI agrees about what is applied.
 */
export async function applyMigrations(factory: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  const engine = await openSchemaEngine(factory)
  try {
    const answer = await engine.applyMigrations({
      migrationsList: await readMigrations(),
      filters: { externalTables: [], externalEnums: [] },
    })
    return answer.appliedMigrationNames
  } finally {
    engine.free()
  }
}

async function readMigrations() {
  const entries = await readdir(migrationsFolder, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: await read('migration_lock.toml') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await read(`${name}/migration.sql`) },
        },
      })),
    ),
  }
}

function read(path: string): Promise<string> {
  return readFile(migrationsFolder + path, 'utf8')
}
