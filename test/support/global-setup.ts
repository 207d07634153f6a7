import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { openStore } from '../../src/db/connect.js'
import { type CitusCluster, findCitus, whyNoCitus } from './citus.js'
import { createDatabase, databaseName, dropDatabases } from './databases.js'
import { startPgbouncer } from './pgbouncer.js'
import { startPostgresql } from './postgresql.js'

/** The server that the tests share, and the migrated database that every worker copies. */
export interface TestPostgresql {
  serverUrl: string
  /** The same server, without the pooler. */
  directUrl: string
  /** Whether that is the server behind PgBouncer. */
  isPooled: boolean
  prefix: string
  template: string
  /** Whether the server coordinates a cluster, on which the stores that tests share are sharded; those of one test alone are not. */
  citus: CitusCluster | null
}

declare module 'vitest' {
  interface ProvidedContext {
    postgresql: TestPostgresql | null
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!['postgresql', 'pgbouncer', 'citus'].includes(process.env.STORE ?? '')) {
    project.provide('postgresql', null)
    return
  }
  const citus = process.env.STORE === 'citus' ? await givenCitus() : null
  const server = citus === null ? await startPostgresql() : { url: citus.coordinator, stop: async () => {} }
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
    directUrl: server.url,
    isPooled: pooler !== null,
    prefix,
    template: databaseName(url),
    citus,
  })
  return async () => {
    await pooler?.stop()
    for (const url of [server.url, ...(citus?.nodes ?? [])]) await dropDatabases(url, prefix)
    await server.stop()
  }
}

function givenCitus(): Promise<CitusCluster> {
  const url = process.env.TEST_CITUS_URL
  if (!url) throw new Error(`Citus: ${whyNoCitus()}`)
  return findCitus(url)
}
