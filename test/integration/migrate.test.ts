import { readdir } from 'node:fs/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import { schemaDiff } from '../../scripts/schema-diff.js'
import { raw, type Store, sql } from '../../src/db/prisma.js'
import { openEmptyStore, openTestStore, type TestStore } from '../support/store.js'

test('migrating applies every migration, and migrating again applies nothing', async () => {
  const fresh = await emptyStore()

  expect(await fresh.migrate()).toEqual(await migrationNames())
  expect(await fresh.migrate()).toEqual([])
})

test.skipIf(inject('postgresql') === null)(
  'processes that migrate at once apply each migration once',
  async () => {
    const fresh = await emptyStore()

    // Each call opens a pool of its own, as another process would.
    const applied = await Promise.all([fresh.migrate(), fresh.migrate(), fresh.migrate()])

    expect(applied.flat()).toEqual(await migrationNames())
  },
)

test('a migration that failed stops the next one from migrating, though nothing else is to be applied', async () => {
  const fresh = await emptyStore()
  await fresh.migrate()
  await fresh.store.$executeRaw(sql`
    insert into _prisma_migrations (id, checksum, migration_name) values ('1', '', '20990101000000_failed')`)

  await expect(fresh.migrate()).rejects.toThrow('20990101000000_failed')
})

test('the migrated database has the columns and indexes that schema.prisma declares', async () => {
  const migrated = await openTestStore()
  const declared = await emptyStore()
  await runScript(declared.store, await schemaDiff(null, 'prisma/schema.prisma'))

  const tables = await listTables(declared.store)

  expect(tables).toContain('sessions')
  expect(await describeColumns(migrated.store, tables)).toEqual(await describeColumns(declared.store, tables))
  const indexes = await listIndexes(declared.store, tables)
  expect(await listIndexes(migrated.store, tables)).toEqual(expect.arrayContaining(indexes))
})

async function emptyStore(): Promise<TestStore> {
  const store = await openEmptyStore()
  onTestFinished(() => store.close())
  return store
}

async function migrationNames(): Promise<string[]> {
  const entries = await readdir('prisma/migrations', { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory())
  return folders.map((folder) => folder.name).sort()
}

async function runScript(store: Store, script: string): Promise<void> {
  for (const statement of script.split(/;\s*$/m)) {
    if (statement.trim() !== '') await store.$executeRaw(raw(statement))
  }
}

async function listTables(store: Store): Promise<string[]> {
  const tables = await store.$queryRaw<{ name: string }[]>(
    sql`select table_name::text as name from information_schema.tables where table_schema = 'public'`,
  )
  return tables.map((table) => table.name)
}

function describeColumns(store: Store, tables: string[]): Promise<unknown[]> {
  return store.$queryRaw(sql`
    select table_name::text, column_name::text, udt_name::text, is_nullable::text, column_default::text,
           datetime_precision, numeric_precision, numeric_scale
    from information_schema.columns
    where table_schema = 'public' and table_name = any(${tables})
    order by 1, 2`)
}

/** Names only: a migration may say what the schema cannot, such as NULLS LAST. */
function listIndexes(store: Store, tables: string[]): Promise<unknown[]> {
  return store.$queryRaw(sql`
    select tablename::text, indexname::text from pg_indexes
    where schemaname = 'public' and tablename = any(${tables})
    order by 1, 2`)
}
