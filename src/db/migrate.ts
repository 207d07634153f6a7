import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'

const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url))

/**
 * Applies the pending migrations of `prisma/migrations`; gives the names it applied, in order.
 * It keeps Prisma's own `_prisma_migrations`, so the Prisma CLI agrees about what is applied.
 */
export async function applyMigrations(factory: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  const migrationsList = await readMigrations()
  const names = migrationsList.migrationDirectories.map(({ path }) => path)
  if (await areApplied(factory, names)) return []
  // A process that only serves has no use for the engine, which stays in memory once loaded.
  const { openSchemaEngine } = await import('./schema-engine.js')
  const engine = await openSchemaEngine(factory)
  try {
    const answer = await engine.applyMigrations({
      migrationsList,
      filters: { externalTables: [], externalEnums: [] },
    })
    return answer.appliedMigrationNames
  } finally {
    engine.free()
  }
}

/** Whether all of these are applied, and none has failed. */
async function areApplied(
  factory: SqlMigrationAwareDriverAdapterFactory,
  names: readonly string[],
): Promise<boolean> {
  const adapter = await factory.connect()
  const query = async (sql: string) => (await adapter.queryRaw({ sql, args: [], argTypes: [] })).rows
  try {
    const [[hasTable] = []] = await query("select to_regclass('_prisma_migrations') is not null")
    if (!hasTable) return false
    const rows = await query(
      'select migration_name, finished_at is not null from _prisma_migrations where rolled_back_at is null',
    )
    const applied = new Set(rows.map(([name]) => name))
    return rows.every(([, isFinished]) => isFinished) && names.every((name) => applied.has(name))
  } finally {
    await adapter.dispose()
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
