import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { openStore } from '../../src/db/connect.js'
import { createDatabase, databaseName, dropDatabases } from './databases.js'
import { startPostgresql } from './postgresql.js'

/** The server that the tests share, and the migrated database that every worker copies. */
export interface TestPostgresql {
  serverUrl: string
  prefix: string
  template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgresql: TestPostgresql | null
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env.STORE !== 'postgresql') {
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
  project.provide('postgresql', { serverUrl: server.url, prefix, template: databaseName(url) })
  return async () => {
    await dropDatabases(server.url, prefix)
    await server.stop()
  }
}
