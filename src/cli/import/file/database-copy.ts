import { closeSync, constants, copyFileSync, mkdtempSync, openSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type sqlite from 'node-sqlite3-wasm'
import { CliError } from '../../failure.js'
import { attempt } from './file-fault.js'
import { isPlainFile } from './plain-file.js'
import type { DatabaseRow, ReadDatabase } from './read-database.js'
import type { SourceFile } from './source-file.js'

const require = createRequire(import.meta.url)
/** Loaded for the first database: it takes 18 MB, and most of what runs meets none. */
const loadSqlite = () => require('node-sqlite3-wasm') as typeof sqlite

/** What its owner has written but not yet moved into the database itself. */
const beside = ['-wal']

/**
 * Reads a database from a copy of it and of what waits beside it, so that its owner, who may be writing, is not disturbed.
 * @throws {CliError} when it is no database that can be read
 */
export function* withDatabase<T>(
  file: SourceFile,
  read: (database: ReadDatabase) => Iterable<T>,
): Generator<T> {
  const { Database, SQLite3Error } = loadSqlite()
  let database: InstanceType<typeof Database> | null = null
  const copies: number[] = []
  let folder: string | null = null
  const remove = () => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 0 })
  }
  process.once('exit', remove)
  try {
    const ends = ['', ...beside].filter((end) => end === '' || isPlainFile(file.path + end))
    if (process.platform === 'linux')
      for (const end of ends) {
        const copy = openWithoutName()
        copies.push(copy)
        attempt(file.name, () => copyOf(file.path + end, `/proc/self/fd/${copy}`))
      }
    folder = makeFolder()
    const path = join(folder, 'copy.db')
    for (const [index, end] of ends.entries())
      if (copies[index] !== undefined) symlinkSync(`/proc/self/fd/${copies[index]}`, path + end)
      else attempt(file.name, () => copyOf(file.path + end, path + end))
    const opened = new Database(path)
    database = opened
    // Alone with its copy, it needs no memory that processes share, which there is none of.
    opened.exec('pragma locking_mode = exclusive')
    const names = opened.all("select name from sqlite_master where type = 'table'")
    // Open as they are, its files need no names.
    try {
      remove()
    } catch {}
    yield* read({
      tables: new Set(names.map(({ name }) => String(name))),
      each: (sql, values = []) => rowsOf(opened, sql, values),
    })
    file.onRead?.(file.bytes)
  } catch (error) {
    if (!(error instanceof SQLite3Error)) throw error
    throw new CliError(`${file.name} is a database that cannot be read: ${error.message}.`)
  } finally {
    database?.close()
    remove()
    for (const copy of copies) closeSync(copy)
    process.off('exit', remove)
  }
}

function copyOf(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_FICLONE)
}

/** A file to copy into, which is gone with the process however it ends, also in the midst of the copying. */
function openWithoutName(): number {
  const folder = makeFolder()
  try {
    return openSync(join(folder, 'copy'), 'wx+', 0o600)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'session-gateway-'))
}

function* rowsOf(
  database: InstanceType<typeof sqlite.Database>,
  sql: string,
  values: readonly string[],
): Generator<DatabaseRow> {
  const statement = database.prepare(sql)
  try {
    for (const row of statement.iterate([...values])) yield row as DatabaseRow
  } finally {
    statement.finalize()
  }
}
