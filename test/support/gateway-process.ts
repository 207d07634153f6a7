import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { openStore } from '../../src/db/connect.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { spawnCli } from './cli.js'
import { createDatabase } from './databases.js'

/** Starts a gateway as a process of its own on a database of its own; gives its address, and a key that may write and bring times. */
export async function startGatewayProcess(
  env: Record<string, string> = {},
): Promise<{ origin: string; key: string; pid: number }> {
  const postgresql = inject('postgresql')
  const url = await createDatabase(
    postgresql?.serverUrl ?? '',
    postgresql?.prefix ?? '',
    postgresql?.template,
  )
  const key = await createKey(url)
  const started = spawnCli(['start', '--port', '0'], {
    DATABASE_URL: url,
    LOG_LEVEL: 'silent',
    RATE_LIMIT_PER_MINUTE: '0',
    STRANGER_RATE_LIMIT_PER_MINUTE: '0',
    ...env,
  })
  await started.until('/v1/sessions')
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(started.output.stdout)?.[0] ?? ''
  return { origin, key, pid: started.child.pid as number }
}

async function createKey(url: string): Promise<string> {
  const { store, close } = await openStore({
    url,
    folder: null,
    poolSize: 1,
    statementTimeoutMs: 30_000,
    connectTimeoutMs: 10_000,
  })
  const organization = await store.organization.create({
    data: { id: randomUUID(), slug: 'acme', name: 'Acme' },
  })
  const organizationId = organization.id
  const workspace = await store.workspace.create({
    data: { organizationId, id: randomUUID(), slug: 'red', name: 'Red' },
  })
  const user = await store.user.create({
    data: { id: randomUUID(), username: 'bob', email: 'bob@example.com', fullName: 'Bob' },
  })
  await store.workspaceMember.create({
    data: { organizationId, workspaceId: workspace.id, userId: user.id, role: 'WRITE' },
  })
  const key = generateSecret()
  const scopes = ['sessions:read', 'sessions:write', 'sessions:import'] as const
  await createApiKey(
    store,
    { organizationId, userId: user.id, name: 'test', scopes, defaultWorkspaceId: workspace.id },
    key,
  )
  await close()
  return key
}
