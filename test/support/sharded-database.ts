import { openStore } from '../../src/db/connect.js'
import { distributeTables } from '../../src/db/sharding/distribute.js'
import { type CitusCluster, createClusterDatabase } from './citus.js'

/** Creates a database that is migrated and sharded; gives its URL at the coordinator. */
export async function createShardedDatabase(cluster: CitusCluster, prefix: string): Promise<string> {
  const url = await createClusterDatabase(cluster, prefix)
  const times = { statementTimeoutMs: 60_000, connectTimeoutMs: 10_000 }
  const store = await openStore({ url, folder: null, poolSize: 1, ...times })
  try {
    await store.migrate()
    await store.alone?.((db) => distributeTables(db))
  } finally {
    await store.close()
  }
  return url
}
