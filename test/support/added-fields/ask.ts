import { randomUUID } from 'node:crypto'
import { createAccess } from '../../../src/auth/access.js'
import { authenticate } from '../../../src/auth/authenticate.js'
import { openStore } from '../../../src/db/connect.js'
import { raw } from '../../../src/db/sql.js'
import { createEventFeed } from '../../../src/domain/events/feed.js'
import { HeldColumns } from '../../../src/domain/facets/columns/held-columns.js'
import { verifyColumns } from '../../../src/domain/facets/verify.js'
import { createApiKey, generateSecret } from '../../../src/domain/tenancy/api-key.js'
import { createWorkspaces } from '../../../src/domain/tenancy/create-workspaces.js'
import { createGatewayYoga } from '../../../src/graphql/yoga.js'
import { script } from './rows.js'

/** Run behind `rows.ts`, which is loaded first. Serves the store of this URL, or an embedded one, with more fields; runs operations on it, and writes their answers as JSON. */
const { url, operations } = JSON.parse(process.argv[2] ?? '') as {
  url: string | null
  operations: { columns: boolean; query: string; variables: object }[]
}
const fail = (error: unknown) => {
  throw error
}
const opened = await openStore({
  ...{ url, folder: null, poolSize: 4, statementTimeoutMs: 30_000, connectTimeoutMs: 10_000 },
})
const { store } = opened
await opened.migrate()
await store.$executeRaw(raw(script))

const [organizationId, workspaceId, userId] = [randomUUID(), randomUUID(), randomUUID()]
await store.organization.create({ data: { id: organizationId, slug: 'acme', name: 'Acme' } })
await store.transact((db) =>
  createWorkspaces(db, organizationId, [{ id: workspaceId, slug: 'main', name: 'Main' }]),
)
await store.user.create({ data: { id: userId, username: 'ana', email: 'ana@example.com', fullName: 'Ana' } })
await store.workspaceMember.create({ data: { organizationId, workspaceId, userId, role: 'ADMIN' } })
const key = generateSecret()
await createApiKey(store, { organizationId, userId, name: 'test' }, key)

const columns = new HeldColumns({ store, memoryMb: 64, onError: fail })
const events = createEventFeed({ store, streamsPerKey: 10, onError: fail })
const yogaWith = (held: HeldColumns | null) =>
  createGatewayYoga({
    ...{ store, events, columns: held, requestTimeoutMs: 15_000, introspection: true, simpleRequests: true },
    identify: ({ credential }) => authenticate(store, credential),
    enter: createAccess(store, 0).enter,
    ...{ forgetAccess: () => {}, compileAfterExecutions: 0, corsOrigins: [], graphiqlPage: null },
    persistedOperations: { list: new Map(), only: false },
  })
const [plain, held] = [yogaWith(null), yogaWith(columns)]

const answers: unknown[] = []
for (const { columns: inMemory, ...operation } of operations) {
  if (inMemory) await columns.ready({ organizationId, workspaceId })
  const response = await (inMemory ? held : plain).fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(operation),
  })
  answers.push(await response.json())
}
const differences = await verifyColumns(columns, { organizationId, workspaceId })
process.stdout.write(JSON.stringify({ answers, differences }), () => process.exit())
