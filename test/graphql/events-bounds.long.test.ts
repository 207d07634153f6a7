import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { createEventFeed } from '../../src/domain/events/feed.js'
import { createApiKey, generateSecret, type NewApiKey } from '../../src/domain/tenancy/api-key.js'
import { type EventListener, listen } from '../support/event-listener.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { createTestYoga, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { recordStatements } from '../support/store.js'

let gateway: ListeningGateway
let world: SeededWorkspace

beforeAll(async () => {
  gateway = await listenOnTestStore()
  world = await seedWorkspace()
})

afterAll(() => gateway.close())

const shared = { visibility: 'WORKSPACE' }

async function listenAs(who: { key: string }, options = {}, at = gateway): Promise<EventListener> {
  const listener = await listen(at, world, who, options)
  onTestFinished(() => listener.close())
  return listener
}

/** Saves sessions with long titles in one statement. */
async function saveMany(count: number): Promise<void> {
  const { organizationId, store, workspaceId, bob } = world
  await store.$executeRaw(sql`
    insert into sessions (organization_id, workspace_id, id, owner_id, visibility, title)
    select ${organizationId}::uuid, ${workspaceId}::uuid, gen_random_uuid(), ${bob.userId}::uuid, 'workspace', repeat('x', 255)
    from generate_series(1, ${count}::int) n`)
}

async function createKey(key: Partial<NewApiKey> = {}): Promise<{ id: string; key: string }> {
  const secret = generateSecret()
  const { organizationId, store, ana } = world
  const { id } = await createApiKey(store, { organizationId, userId: ana.userId, name: 'k', ...key }, secret)
  return { id, key: secret }
}

describe('refused before anything is told', () => {
  test.each([
    ['without a key', async () => ({ key: 'none' }), 'UNAUTHENTICATED'],
    ['with a key that may not read', () => createKey({ scopes: ['sessions:write'] }), 'FORBIDDEN'],
    ['by somebody outside of the workspace', async () => world.eve, 'NOT_FOUND'],
    ['by somebody of another organization', async () => (await seedWorkspace()).ana, 'NOT_FOUND'],
  ])('%s', async (_name, who, code) => {
    expect(await (await listenAs(await who())).failure()).toMatchObject({ code })
  })

  test('with a filter that breaks its rules', async () => {
    const refused = await listenAs(world.ana, { filter: { search: 'x'.repeat(300) } })
    expect(await refused.failure()).toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('by a form of another site', async () => {
    const response = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent('subscription { x }')}`, {
      headers: { accept: 'text/event-stream' },
    })
    expect(response.status).toBe(403)
  })
})

describe('access that is lost ends the stream, five seconds after it was last checked', () => {
  test.each([
    [
      'a revoked key',
      (id: string) => sql`update api_keys set revoked_at = now() where id = ${id}::uuid`,
      'UNAUTHENTICATED',
    ],
    [
      'an expired key',
      (id: string) => sql`update api_keys set expires_at = now() where id = ${id}::uuid`,
      'UNAUTHENTICATED',
    ],
    [
      'a lost scope',
      (id: string) => sql`update api_keys set scopes = '{sessions:write}' where id = ${id}::uuid`,
      'FORBIDDEN',
    ],
    [
      'a membership that is gone',
      () => sql`delete from workspace_members where user_id = ${world.dan.userId}::uuid`,
      'NOT_FOUND',
    ],
  ])('%s', async (_name, lose, code) => {
    const { id, key } = await createKey({ userId: world.dan.userId })
    const listener = await listenAs({ key })
    await saveSession(world, world.bob, shared)
    await listener.count(1)

    await world.store.$executeRaw(lose(id))
    const later = Date.now() + 6000
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => later)
    await saveSession(world, world.bob, shared)

    expect(await listener.failure()).toMatchObject({ code })
    expect(listener.events).toHaveLength(1)
    clock.mockRestore()
  })
})

test('listening counts once against the rate limit of the key', async () => {
  const limited = await listenOnTestStore({ RATE_LIMIT_PER_MINUTE: '1' })
  onTestFinished(() => limited.close())
  const listener = await listenAs(world.cat, {}, limited)
  const later = Date.now() + 6000
  vi.spyOn(Date, 'now').mockImplementation(() => later)

  await saveSession(world, world.bob, shared)

  expect(await listener.count(1)).toHaveLength(1)
})

test('a stream outlives the time limit of requests', async () => {
  const hasty = await listenOnTestStore({ REQUEST_TIMEOUT_MS: '200' })
  onTestFinished(() => hasty.close())
  const listener = await listenAs(world.ana, {}, hasty)
  await new Promise((resolve) => setTimeout(resolve, 1500))

  await saveSession(world, world.bob, shared)

  expect(await listener.count(1)).toHaveLength(1)
})

test('a gateway that closes ends its streams at once, and says so', async () => {
  const closing = await listenOnTestStore()
  const listeners = [await listenAs(world.ana, {}, closing), await listenAs(world.bob, {}, closing)]
  const begun = performance.now()

  await closing.close()

  expect(performance.now() - begun).toBeLessThan(400)
  for (const listener of listeners) expect(await listener.failure()).toMatchObject({ code: 'UNAVAILABLE' })
})

test('a client that reads hears all of a burst, however many events it holds', async () => {
  const listener = await listenAs(world.ana)
  await saveMany(3000)
  expect(new Set((await listener.count(3000)).map(({ id }) => id)).size).toBe(3000)
})

describe('a client that does not read', () => {
  const aliases = 'abcdefgh'.split('').map((alias) => `${alias}: title`)
  const query = `subscription Listen($organization: String!, $workspace: String!) {
    sessionEvents(organization: $organization, workspace: $workspace) { id session { ${aliases.join(' ')} } }
  }`

  /** Opens a stream that nobody reads, and lets more events come than the buffers between the two hold. */
  async function stall(count: number) {
    const { ana, place, store } = world
    const events = createEventFeed({ store, streamsPerKey: 1, onError: () => {}, checkEveryMs: 200 })
    const server = createServer((await createTestYoga({ events })) as RequestListener).listen(0, '127.0.0.1')
    await once(server, 'listening')
    let sent = () => 0
    server.once('connection', (connection) => {
      sent = () => connection.bytesWritten
    })
    const body = JSON.stringify({ query, variables: place })
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').pause()
    onTestFinished(() => {
      socket.destroy()
      events.close()
      server.close()
    })
    const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ana.key}\r\nAccept: text/event-stream\r\n`
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
    await expect.poll(() => sent(), { timeout: 15_000 }).toBeGreaterThan(0)
    await saveMany(count)
    await expect.poll(() => sent(), { timeout: 15_000 }).toBeGreaterThan(1_000_000)
    for (let before = -1; sent() > before; await new Promise((resolve) => setTimeout(resolve, 1500)))
      before = sent()
    return { server, socket }
  }

  test('hears everything once it reads again', async () => {
    const { socket } = await stall(8000)
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
    socket.resume()

    const heard = () => new Set(text.match(/^id: \S+$/gm)).size
    await expect.poll(heard, { timeout: 20_000 }).toBe(8000)
  })

  test('for a minute loses its stream, and its connection with it', async () => {
    const { server } = await stall(8000)
    const later = Date.now() + 61_000
    vi.spyOn(Date, 'now').mockImplementation(() => later)

    const connections = () =>
      new Promise((resolve) => server.getConnections((_error, count) => resolve(count)))
    await expect.poll(connections, { timeout: 15_000 }).toBe(0)
  })
})

test('what one batch selects is read once for all of its events and for all who hear the same', async () => {
  const { ana } = world
  const listeners = [await listenAs(ana), await listenAs(ana), await listenAs(ana)]
  await new Promise((resolve) => setTimeout(resolve, 300))
  const recorded = recordStatements('all')

  await saveMany(16)
  for (const listener of listeners) await listener.count(16)

  const statements = recorded.stop()
  const reading = (text: RegExp) => statements.filter((statement) => text.test(statement)).length
  expect(reading(/from sessions s/)).toBe(1)
  expect(reading(/from .*users/i)).toBe(3)
})
