import { onTestFinished } from 'vitest'
import { createGateway } from '../../src/app.js'
import { readConfig } from '../../src/config/read.js'
import { openStore, type StoreOptions } from '../../src/db/connect.js'
import { cli } from './cli.js'
import { createDatabase } from './databases.js'
import { listenOn, withoutRateLimits } from './listening-gateway.js'

/** A migrated database on a server, and an admin's key to `acme/main` of it. */
export async function makeTenant(serverUrl: string): Promise<{ url: string; key: string }> {
  const url = await createDatabase(serverUrl, 'faults')
  const flags = ['--org', 'acme', '--workspace', 'main', '--user', 'ada@acme.example', '--role', 'admin']
  const { code, stdout, stderr } = await cli(['keys', 'create', ...flags], { DATABASE_URL: url })
  const key = /sgw_[\w-]+/.exec(stdout)?.[0]
  if (code !== 0 || key === undefined) throw new Error(stderr || stdout)
  return { url, key }
}

/** A gateway in this process over a database that a test breaks. */
export async function serveFrom(url: string, options: Partial<StoreOptions> = {}) {
  const opened = await openStore({
    ...{ url, folder: null, poolSize: 5, statementTimeoutMs: 2000, connectTimeoutMs: 2000 },
    ...options,
  })
  const gateway = await listenOn(
    createGateway(readConfig({ ...withoutRateLimits, ACCESS_MEMORY_MS: '0' }), opened, null),
  )
  onTestFinished(async () => {
    await gateway.close()
    await opened.close()
  })
  return { ...gateway, opened }
}
