import { randomUUID } from 'node:crypto'
import type { MigrationFile } from './migration-files.js'

/** What runs statements for migrations, inside a transaction or outside. */
export interface MigrationStatements {
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** What runs whole scripts, for as long as they take. */
export interface ScriptStatements extends MigrationStatements {
  script(text: string): Promise<void>
}

/** A transaction that no other process migrates beside. */
export interface MigrationTransaction extends ScriptStatements {
  /** Runs the script of a migration, and places what it adds where a store of several nodes has to have it. */
  migration(text: string): Promise<void>
}

/** A store as migrations see it. */
export interface MigrationStore extends MigrationStatements {
  /** Runs work in a transaction, one process at a time; undone when it throws. */
  alone<Result>(work: (transaction: MigrationTransaction) => Promise<Result>): Promise<Result>
}

/** A migration that cannot be done; its message is one sentence for the operator. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/** As Prisma makes it, so that its command line agrees about what is applied. */
const migrationsTable = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

/**
 * Applies the pending migrations; gives the names it applied, in order. Each script and the row that says it is finished
 * are one transaction: whatever cuts them off, a migration is there whole or not at all.
 * @throws {MigrationError} when a script fails, or waits too long
 */
export async function applyMigrations(
  store: MigrationStore,
  migrations: readonly MigrationFile[],
): Promise<string[]> {
  const { applied, open } = await readState(store)
  const pending = migrations.filter(({ name }) => !applied.has(name))
  if (open > 0 || (pending.length > 0 && applied.size === 0)) await store.alone(prepare)
  const done: string[] = []
  for (const migration of pending)
    if (await store.alone((db) => apply(db, migration))) done.push(migration.name)
  return done
}

interface State {
  applied: ReadonlySet<string>
  /** Rows of migrations that are neither finished nor rolled back. */
  open: number
}

async function readState(db: MigrationStatements): Promise<State> {
  const [table] = await db.rows<{ present: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as present`,
  )
  if (!table?.present) return { applied: new Set(), open: 0 }
  const rows = await db.rows<{ name: string; finished: boolean }>(
    'select migration_name as name, finished_at is not null as finished from _prisma_migrations where rolled_back_at is null',
  )
  const finished = rows.filter((row) => row.finished)
  return { applied: new Set(finished.map(({ name }) => name)), open: rows.length - finished.length }
}

/**
 * Makes the table of migrations, and closes what others left open. Nothing of ours is ever open to others, so an open row
 * is of Prisma's engine, which earlier gateways used: it notes the step after the script, and finishes the row after that.
 */
async function prepare(db: MigrationTransaction): Promise<void> {
  await db.script(migrationsTable)
  await db.script(`update _prisma_migrations set finished_at = now()
    where finished_at is null and rolled_back_at is null and applied_steps_count > 0;
    delete from _prisma_migrations where finished_at is null and rolled_back_at is null`)
}

/** Applies one migration, unless somebody else has meanwhile; tells whether it did. */
async function apply(db: MigrationTransaction, { name, script, checksum }: MigrationFile): Promise<boolean> {
  const finished = await db.rows(
    'select 1 from _prisma_migrations where migration_name = $1 and finished_at is not null and rolled_back_at is null',
    [name],
  )
  if (finished.length > 0) return false
  await db.migration(script).catch((error: Error & { code?: string }) => {
    throw isRefusal(error) ? new MigrationError(sentenceOf(name, error), { cause: error }) : error
  })
  await db.rows(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
      values ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  )
  return true
}

/** Whether the database refused what the script says: not that it went away (08, 57), was busy (40, 55) or full (53, 58). */
function isRefusal({ code }: { code?: string }): boolean {
  return typeof code === 'string' && /^(0[^8]|2[^58]|3|42|44|P0)/.test(code)
}

function sentenceOf(name: string, { message }: Error): string {
  return `The migration ${name} failed and was undone: ${message.trim().replace(/\.?$/, '.')}`
}
