import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashUserCode } from '../../src/domain/device/codes.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { approvedLogin, beginTestLogin, deviceToken } from '../support/device-login.js'
import { callRest, type RestAnswer, type RestRequest } from '../support/rest-client.js'
import { type Operation, operations } from '../support/rest-document.js'
import { type DreadnodeWorld, seedDreadnodeWorld } from '../support/rest-dreadnode-world.js'

/** Every route of every dialect is really asked for each of these answers that its document declares. */
const checked = [200, 204, 400, 401, 403, 404, 422]

interface Fixture {
  world: DreadnodeWorld
  /** Values of path parameters that bob may do everything with; a route with another name fails. */
  ids: Record<string, string>
  /** Keys of bob's that lack one scope. */
  readOnly: string
  writeOnly: string
  /** One without a user. */
  service: string
  /** Of a login that bob approved. */
  token: string
  /** Of one that bob denied. */
  deniedCode: string
}

const evaluated = { evaluationId: randomUUID(), evaluationItemId: randomUUID() }

async function seedFixture(): Promise<Fixture> {
  const world = await seedDreadnodeWorld()
  const { organizationId, users, store } = world
  const [readOnly, writeOnly, service] = [generateSecret(), generateSecret(), generateSecret()]
  const key = { organizationId, userId: users.bob, name: 'narrow' }
  await createApiKey(store, { ...key, scopes: ['sessions:read'] }, readOnly)
  await createApiKey(store, { ...key, scopes: ['sessions:write'] }, writeOnly)
  await createApiKey(store, { ...key, userId: null }, service)
  const post = (path: string, json: unknown) => world.ask('bob', path, { method: 'POST', json })
  const group = await post('/sessions/groups', { kind: 'workflow', project_id: world.projects.P1 })
  const messages = ['user', 'assistant', 'user'].map((role) => ({ role }))
  await post(`/sessions/${world.ids[1]}/transcript`, { messages })
  await store.session.updateMany({ where: { organizationId, id: world.ids[2] }, data: evaluated })
  const ids = {
    org: world.slug,
    workspace: 'red',
    session_id: world.ids[1] as string,
    id: toPublicId(world.ids[1] as string),
    group_id: group.body.id,
    evaluation_id: evaluated.evaluationId,
    item_id: evaluated.evaluationItemId,
    project: (await post('/projects', { name: 'Empty' })).body.key,
    device_code: await approvedLogin(store, world.keys.bob),
  }
  const token = await deviceToken(store, world.keys.bob)
  const denied = await beginTestLogin(store)
  await store.deviceLogin.updateMany({
    where: { userHash: hashUserCode(denied.userCode) },
    data: { deniedAt: new Date() },
  })
  await store.apiKey.updateMany({
    where: { organizationId, userId: users.bob },
    data: { selfRevocable: true },
  })
  return { world, ids, readOnly, writeOnly, service, token, deniedCode: denied.deviceCode }
}

/** A session as the organization sessions API names it. */
function toPublicId(uuid: string): string {
  return `session_${uuid.replaceAll('-', '')}`
}

let fixture: Fixture
beforeAll(async () => {
  fixture = await seedFixture()
})

interface Change {
  ids?: Record<string, string>
  query?: string
  key?: string | null
  headers?: Record<string, string>
  json?: unknown
}

/** Sends the example of an operation, but for what is changed. */
function send({ method, path, body, bodyExample }: Operation, change: Change = {}): Promise<RestAnswer> {
  const { world, ids } = fixture
  // What only an admin may do is tried by one.
  const admin = path.includes('{project}') && method === 'DELETE' ? world.keys.ana : world.keys.bob
  const able = path.endsWith('/user/api-keys') ? fixture.token : admin
  const key = change.key === undefined ? able : change.key
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = change.ids?.[name] ?? ids[name]
    if (value === undefined) throw new Error(`No value for {${name}}`)
    return value
  })
  const request: RestRequest = {
    method,
    headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...change.headers },
  }
  if (body !== null) request.json = change.json ?? ofThisWorld(bodyExample)
  return callRest(world.rest, `${filled}${change.query ?? ''}`, request)
}

/** The example names a project, which is P1 here, or sessions, of which there is one here. */
function ofThisWorld(example: unknown): unknown {
  const named = example as Record<string, unknown>
  if ('device_code' in named) return { device_code: fixture.ids.device_code }
  if ('session_ids' in named) return { ...named, session_ids: [fixture.world.ids[1]] }
  return 'project_id' in named ? { ...named, project_id: fixture.world.projects.P1 } : named
}

/** How to make an operation give a status; null when there is no way, which fails its test. */
function recipe(operation: Operation, status: number): Change | null {
  const { world, readOnly, writeOnly } = fixture
  const dreadnode = operation.dialect === 'dreadnode'
  const { path } = operation
  switch (status) {
    case 200:
    case 204:
      return {}
    case 400:
      if (dreadnode) return { query: '?x=%zz' }
      if (operation.path.includes('{id}')) return { ids: { id: 'x' } }
      return operation.body === null ? { query: '?limit=x' } : { json: [] }
    case 401:
      return { key: null }
    case 403:
      if (path.includes('{device_code}')) return { ids: { device_code: fixture.deniedCode } }
      if (path.endsWith('/device/token')) return { json: { device_code: fixture.deniedCode } }
      if (isOfCaller(operation)) return { key: fixture.service }
      return { key: operation.method === 'GET' ? writeOnly : readOnly }
    case 404:
      if (path.includes('{device_code}')) return { ids: { device_code: 'unknown' } }
      if (path.endsWith('/device/token')) return { json: { device_code: 'unknown' } }
      if (path.endsWith('/user/api-keys')) return { json: { name: 'x', org_id: randomUUID() } }
      if (dreadnode && !operation.path.includes('{workspace}')) return { ids: { org: 'other' } }
      return dreadnode
        ? { key: world.keys.eve }
        : { headers: { 'x-org-id': `org_${randomUUID().replaceAll('-', '')}` } }
    case 422:
      return invalidFor(operation)
    default:
      return null
  }
}

/** Whether an operation is about the caller alone, whom every valid key has. */
function isOfCaller({ dialect, path }: Operation): boolean {
  return dialect === 'dreadnode' && !path.includes('{org}')
}

/** Whether an operation is for programs that have no key yet. */
function isForAnybody({ path }: Operation): boolean {
  return path.includes('/auth/device/')
}

/** The statuses that an operation declares at least. */
function leastFailures(operation: Operation): number[] {
  if (isForAnybody(operation)) return []
  return isOfCaller(operation) ? [401] : [401, 403, 404]
}

function invalidFor({ body, path, parameters }: Operation): Change | null {
  if (body !== null) return { json: [] }
  const uuid = ['group_id'].find((name) => path.includes(`{${name}}`))
  if (uuid !== undefined) return { ids: { [uuid]: '1' } }
  const typed = parameters.find(
    (one) => one.in === 'query' && (one.schema.type !== 'string' || one.schema.enum),
  )
  return typed === undefined ? null : { query: `?${typed.name}=%00` }
}

const entries = () =>
  fixture.world.store.auditEntry.findMany({ where: { organizationId: fixture.world.organizationId } })

/** What a writing route leaves in the audit. */
function expectedEntries(operation: Operation, status: number): string[] {
  const { method, dialect, path } = operation
  if (method === 'GET' || status === 400 || status === 401 || status === 422) return []
  // Nobody is known yet, so that nobody can be named.
  if (isForAnybody(operation)) return []
  // Traces are taken in and dropped here, and another organization is refused before anything is asked for.
  if (path.endsWith('/otel/traces') || (status === 404 && dialect !== 'dreadnode')) return []
  if (status === 403) return ['FORBIDDEN']
  return [status === 404 ? 'NOT_FOUND' : 'done']
}

/** Has an operation find something to do. */
async function makeDue({ path, method }: Operation): Promise<void> {
  const { world } = fixture
  const { organizationId, store, users } = world
  const where = { organizationId, id: world.ids[1] as string }
  if (path.endsWith('/unarchive')) await store.session.updateMany({ where, data: { archivedAt: new Date() } })
  if (path.endsWith('/cancel')) await store.session.updateMany({ where, data: { turnStartedAt: new Date() } })
  if (path.endsWith('/unpin') || (path.endsWith('/pin') && method === 'DELETE'))
    await store.pin.create({ data: { organizationId, sessionId: where.id, userId: users.bob } })
}

/** Parameters of paths that name a thing, which may be unknown. */
const named = ['session_id', 'group_id', 'item_id', 'project', 'id', 'device_code']

describe.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s',
  (_name, operation) => {
    const declared = checked.filter((status) => operation.responses.has(status))
    // Successes change the world: they come last.
    const order = declared.toSorted((a, b) => b - a)

    test.each(order)('gives %i', async (status) => {
      const change = recipe(operation, status)
      expect(change, `no request gives ${status}`).not.toBeNull()
      if (status < 300) await makeDue(operation)
      const before = new Set((await entries()).map(({ seq }) => seq))
      const answer = await send(operation, change ?? {})
      expect(answer.status).toBe(status)
      const left = (await entries()).filter(({ seq }) => !before.has(seq))
      expect(left.map(({ outcome, code }) => code ?? outcome)).toEqual(expectedEntries(operation, status))
      for (const { face } of left)
        expect(face).toBe(operation.dialect === 'dreadnode' ? 'dreadnode' : 'everruns')
      const isFailure = status >= 400 && operation.dialect === 'dreadnode'
      if (isFailure) expect(answer.body).toMatchObject({ code: status, type: expect.any(String) })
    })

    if (named.some((name) => operation.path.includes(`{${name}}`)))
      test('gives 404 for an unknown id', async () => {
        const ids = named.map((name) => [name, name === 'id' ? toPublicId(randomUUID()) : randomUUID()])
        const unknown: Record<string, string> = Object.fromEntries(ids)
        expect((await send(operation, { ids: unknown })).status).toBe(404)
      })

    test('declares a success, and the failures that every route has', () => {
      expect([...operation.responses.keys()].some((status) => status < 300)).toBe(true)
      expect(declared).toEqual(expect.arrayContaining(leastFailures(operation)))
      const takesAnything = operation.parameters.length === 0 && operation.body === null
      expect(takesAnything || declared.some((status) => status === 400 || status === 422)).toBe(true)
    })

    afterAll(async () => {
      if (operation.method !== 'GET') fixture = await seedFixture()
    })
  },
)
