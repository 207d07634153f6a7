import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { openStore } from '../../src/db/connect.js'
import { createDatabase, databaseName, dropDatabases } from './databases.js'
import { startPgbouncer } from './pgbouncer.js'
import { startPostgresql } from './postgresql.js'

/** The server that the tests share, and the migrated database that every worker copies. */
export interface TestPostgresql {
  serverUrl: string
  /** Whether that is the server behind PgBouncer. */
  isPooled: boolean
  prefix: string
  template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgresql: TestPostgresql | null
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!['postgresql', 'pgbouncer'].includes(process.env.STORE ?? '')) {
    project.provide('postgresql', null)
    return
  }
  const server = await startPostgresql()
  const prefix = `gateway_test_${randomBytes(3).toString('hex')}`
  const url = await createDatabase(server.url, prefix)
  const migrated = await openStore({
    url,
    folder: null,
    poolSize: 1,
    statementTimeoutMs: 60_000,
    connectTimeoutMs: 10_000,
  })
  await migrated.migrate()
  await migrated.close()
  const pooler = process.env.STORE === 'pgbouncer' ? await startPgbouncer(server.url) : null
  project.provide('postgresql', {
    serverUrl: pooler?.url ?? server.url,
    isPooled: pooler !== null,
    prefix,
    template: databaseName(url),
  })
  return async () => {
    await pooler?.stop()
    await dropDatabases(server.url, prefix)
    await server.stop()
  }
}
