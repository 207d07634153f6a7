import { AsyncLocalStorage } from 'node:async_hooks'
import { inject } from 'vitest'
import { type OpenStore, openStore } from '../../src/db/connect.js'
import { createDatabase } from './databases.js'
import { createShardedDatabase } from './sharded-database.js'

export interface TestStore extends OpenStore {
  /** Of its database on PostgreSQL; null for the embedded store. */
  url: string | null
}

type StatementListener = (statement: string) => void

const listeners = new Set<StatementListener>()
/** Which recording a statement comes after, in its own line of calls: timers that were set before it come after none. */
const recordings = new AsyncLocalStorage<object>()
let shared: Promise<TestStore> | undefined

/**
 * Gives the migrated store that the test files of one worker share; never close it.
 * A test owns an organization in it, not the tables: count and list within that organization only.
 */
export function openTestStore(): Promise<TestStore> {
  shared ??= openShared()
  return shared
}

/** Opens a store of its own without any table; close it after use. */
export async function openEmptyStore(): Promise<TestStore> {
  const postgresql = inject('postgresql')
  return open(postgresql && (await createDatabase(postgresql.serverUrl, postgresql.prefix)))
}

/**
 * Records the statements that the shared store runs, in order, until it is stopped: those of the caller alone, or of
 * whatever runs in the background too (feeds, columns that are kept up).
 */
export function recordStatements(whose: 'caller' | 'all' = 'caller'): {
  statements: string[]
  stop(): string[]
} {
  const statements: string[] = []
  const recording = {}
  if (whose === 'caller') recordings.enterWith(recording)
  const listener = (statement: string) => {
    if (whose === 'all' || recordings.getStore() === recording) statements.push(statement)
  }
  listeners.add(listener)
  return {
    statements,
    stop: () => {
      listeners.delete(listener)
      return statements
    },
  }
}

async function openShared(): Promise<TestStore> {
  const postgresql = inject('postgresql')
  if (postgresql !== null) {
    const { serverUrl, prefix, template, citus } = postgresql
    if (citus !== null) return open(await createShardedDatabase(citus, prefix))
    return open(await createDatabase(serverUrl, prefix, template))
  }
  const store = await open(null)
  await store.migrate()
  return store
}

async function open(url: string | null): Promise<TestStore> {
  const opened = await openStore({
    url,
    folder: null,
    poolSize: 10,
    statementTimeoutMs: 30_000,
    connectTimeoutMs: 10_000,
    onStatement: (statement) => {
      for (const listener of listeners) listener(statement)
    },
  })
  return { ...opened, url }
}
