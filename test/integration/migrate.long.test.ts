import { readdir, readFile } from 'node:fs/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { schemaDiff } from '../../scripts/schema-diff.js'
import { openSchemaEngine } from '../../scripts/schema-engine.js'
import { readVersion } from '../../src/cli/version.js'
import { openStore } from '../../src/db/connect.js'
import { requireGateway } from '../../src/db/least-gateway.js'
import { readMigrations } from '../../src/db/migration-files.js'
import { type ModelStore, raw, sql } from '../../src/db/sql.js'
import { makeMigrations } from '../support/migration-folder.js'
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

    // They take turns for each one, so that none waits for all that another does.
    expect(applied.flat().sort()).toEqual(await migrationNames())
  },
)

test('what Prisma’s engine left open is forgotten when its script was undone, and finished when it was applied', async () => {
  const fresh = await emptyStore()
  const folder = await makeMigrations({
    '20990101000000_undone': 'create table undone ()',
    '20990102000000_applied': 'create table applied ()',
  })
  await fresh.migrate(await makeMigrations({ '20980101000000_before': 'create table applied ()' }))
  await fresh.store.$executeRaw(sql`
    insert into _prisma_migrations (id, checksum, migration_name, applied_steps_count)
    values ('1', '', '20990101000000_undone', 0), ('2', '', '20990102000000_applied', 1)`)

  expect(await fresh.migrate(folder)).toEqual(['20990101000000_undone'])
  expect(await fresh.migrate(folder)).toEqual([])
})

test('a migration that fails says so in a sentence and leaves nothing; mended, it goes on', async () => {
  const fresh = await emptyStore()
  const before = { '20990101000000_before': 'create table before ()' }
  const failing = await makeMigrations({
    ...before,
    '20990102000000_failing': 'create table made (); select 1 / 0;',
  })

  const refusal = expect.objectContaining({
    name: 'MigrationError',
    message: 'The migration 20990102000000_failing failed and was undone: division by zero.',
  })
  await expect(fresh.migrate(failing)).rejects.toEqual(refusal)
  await expect(fresh.migrate(failing)).rejects.toEqual(refusal)

  const mended = await makeMigrations({ ...before, '20990102000000_failing': 'create table made ();' })
  expect(await fresh.migrate(mended)).toEqual(['20990102000000_failing'])
})

test('a store refuses gateways that are older than it works with, and takes the one that migrates it', async () => {
  const { store } = await openTestStore()
  await expect(requireGateway(store, '0.1.9')).rejects.toThrow(
    /^The store works with session-gateway \d+\.\d+\.\d+ and newer, and this is 0\.1\.9\.$/,
  )
  await requireGateway(store, readVersion())
  await requireGateway((await emptyStore()).store, '0.0.1')
})

describe.skipIf(inject('postgresql') === null)('on PostgreSQL', () => {
  /** An empty database whose migrations wait for locks this long, and what they say meanwhile. */
  async function impatientStore(migrationLockTimeoutMs: number) {
    const { url, close } = await openEmptyStore()
    await close()
    const said: string[] = []
    const store = await openStore({
      ...{ url, folder: null, poolSize: 2, statementTimeoutMs: 30_000, connectTimeoutMs: 10_000 },
      migrationLockTimeoutMs,
      onMigrationWait: (sentence) => said.push(sentence),
    })
    const holder = new pg.Client({ connectionString: url ?? '', application_name: 'holder' })
    await holder.connect()
    onTestFinished(async () => {
      await holder.end()
      await store.close()
    })
    return { store, holder, said }
  }
  const holding =
    /^Migrating waits for PostgreSQL process \d+ \(holder.*, idle in transaction, \d+ s in its transaction\)\.$/

  test('a start behind one that migrates says whom it waits for, and goes on when that ends', async () => {
    const { store, holder, said } = await impatientStore(60_000)
    await holder.query('begin')
    await holder.query('select pg_advisory_xact_lock(7206173001)')
    const migrating = store.migrate(await makeMigrations({ '20990101000000_one': 'create table one ()' }))
    await vi.waitFor(() => expect(said).toEqual([expect.stringMatching(holding)]), 30_000)
    await holder.query('rollback')
    expect(await migrating).toEqual(['20990101000000_one'])
  })

  test('a table that others hold is waited for as long as the setting says, and then named in a sentence', async () => {
    const { store, holder, said } = await impatientStore(2000)
    const one = { '20990101000000_one': 'create table one ()' }
    await store.migrate(await makeMigrations(one))
    await holder.query('begin')
    await holder.query('select * from one')
    const folder = await makeMigrations({
      ...one,
      '20990102000000_two': 'alter table one add column two int',
    })

    await expect(store.migrate(folder)).rejects.toThrow(
      /^Migrating gave up after 2 s of waiting for locks that PostgreSQL process \d+ \(holder.*\) holds\.$/,
    )
    expect(said[0]).toMatch(holding)

    await holder.query('rollback')
    expect(await store.migrate(folder)).toEqual(['20990102000000_two'])
  })

  test('Prisma’s own engine finds nothing to apply, nothing edited and nothing failed', async () => {
    const fresh = await emptyStore()
    await fresh.migrate()
    const files = await readMigrations()
    const lockfile = await readFile('prisma/migrations/migration_lock.toml', 'utf8')
    const engine = await openSchemaEngine(new PrismaPg({ connectionString: fresh.url ?? '' }))
    try {
      const found = await engine.diagnoseMigrationHistory({
        migrationsList: {
          baseDir: 'prisma/migrations',
          lockfile: { path: 'migration_lock.toml', content: lockfile },
          shadowDbInitScript: '',
          migrationDirectories: files.map(({ name, script }) => ({
            path: name,
            migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
          })),
        },
        optInToShadowDatabase: false,
        filters: { externalTables: [], externalEnums: [] },
      })
      expect(found).toMatchObject({
        editedMigrationNames: [],
        failedMigrationNames: [],
        hasMigrationsTable: true,
        history: null,
      })
    } finally {
      engine.free()
    }
  })
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

async function runScript(store: ModelStore, script: string): Promise<void> {
  for (const statement of script.split(/;\s*$/m)) {
    if (statement.trim() !== '') await store.$executeRaw(raw(statement))
  }
}

async function listTables(store: ModelStore): Promise<string[]> {
  const tables = await store.$queryRaw<{ name: string }[]>(
    sql`select table_name::text as name from information_schema.tables where table_schema = 'public'`,
  )
  return tables.map((table) => table.name)
}

function describeColumns(store: ModelStore, tables: string[]): Promise<unknown[]> {
  return store.$queryRaw(sql`
    select table_name::text, column_name::text, udt_name::text, is_nullable::text, column_default::text,
           datetime_precision, numeric_precision, numeric_scale
    from information_schema.columns
    where table_schema = 'public' and table_name = any(${tables})
    order by 1, 2`)
}

/** Names only: a migration may say what the schema cannot, such as NULLS LAST. */
function listIndexes(store: ModelStore, tables: string[]): Promise<unknown[]> {
  return store.$queryRaw(sql`
    select tablename::text, indexname::text from pg_indexes
    where schemaname = 'public' and tablename = any(${tables})
    order by 1, 2`)
}
