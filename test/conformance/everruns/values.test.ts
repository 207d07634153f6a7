import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { createGateway } from '../../../src/app.js'
import { readConfig } from '../../../src/config/read.js'
import { type ModelStore, sql } from '../../../src/db/sql.js'
import { createApiKey, generateSecret } from '../../../src/domain/tenancy/api-key.js'
import { callRest, openRestOn, openTestGateway, quietly } from '../../support/rest-client.js'
import { operations } from '../../support/rest-document.js'
import {
  type EverrunsWorld,
  type NewSession,
  O,
  seedEverrunsTenants,
  X,
} from '../../support/rest-everruns-world.js'

let world: EverrunsWorld
beforeEach(async () => {
  world = await seedEverrunsTenants()
})

type Messages = Parameters<EverrunsWorld['addSession']>[1]

/** The list's row of a session that is the only one. */
async function rowOf(session: Omit<NewSession, 'id'>, messages: Messages = []) {
  await world.addSession({ id: randomUUID(), ...session }, messages)
  const { body } = await world.ask('ka', '/v1/sessions')
  return body.data[0]
}

test.each([
  ['coder', 'agent_32c714bce4285b78a33e3c679b8f750a'],
  ['Coder', 'agent_956d7f17e4bf5675811cc9ca0d9b2606'],
  ['Prüfer ✓', 'agent_dec5915a45b852e2bba15f3617d9a92a'],
  ['agent_coder', 'agent_c9f2b5d7d9045c7897fb38ae55430df1'],
  ['agent_01933b5a000070008000000000000001', 'agent_01933b5a000070008000000000000001'],
])('8.2: the agent %s is %s, both ways', async (agent, id) => {
  expect((await rowOf({ agent })).agent_id).toBe(id)
  expect((await world.ask('ka', `/v1/sessions?agent_id=${id}`)).body.total).toBe(1)
})

test.each([
  ['gpt-x', 'model_adfea84062ae582885fd83099245c3af'],
  ['model_AAAA0000000000000000000000000000', 'model_747c3f5636bd5ef7be0f044a3d66784a'],
])('8.2: the model %s is %s', async (model, id) => {
  expect((await rowOf({ model })).model_id).toBe(id)
})

test('8.2: the same name in another organization is another id', async () => {
  const { store } = world
  const workspace = await store.workspace.findFirstOrThrow({ where: { organizationId: X } })
  await world.addSession({ id: randomUUID(), organizationId: X, workspaceId: workspace.id, agent: 'coder' })
  const { body } = await world.ask('kx', '/v1/sessions')
  expect(body.data[0].agent_id).toBe('agent_1269008089c45da29d8ed5db0a84919b')
})

test('6.3: tags as they are, then by key and value; reserved keys hidden, each text once', async () => {
  const labels = [
    'b:2',
    'b:10',
    'a:1',
    'tag:a:1',
    'tag:z',
    'capability:acme/x',
    'capability_version:1',
    'worker:w',
  ]
  expect((await rowOf({ labels })).tags).toEqual(['a:1', 'z', 'b:10', 'b:2'])
})

test('V39: previews are 200 characters of the first part, and none without text', async () => {
  const call = { toolCalls: [{ id: 'c', name: 'n', arguments: '{}' }], toolCallCount: 1 }
  const row = await rowOf({}, [
    { role: 'user', content: 'é'.repeat(300) },
    { role: 'assistant', content: 'earlier' },
    { role: 'assistant', content: '', ...call },
  ])
  expect(row.preview).toBe('é'.repeat(200))
  expect(row).not.toHaveProperty('output_preview')
})

test('4.1: empty text is an empty preview', async () => {
  const row = await rowOf({}, [{ role: 'user', content: '' }])
  expect([row.preview, row.title]).toEqual(['', undefined])
})

test('4.1: an empty title is a value', async () => {
  expect((await rowOf({ title: '' })).title).toBe('')
})

test('V40: no usage without input and output', async () => {
  const usage = { inputTokens: 0, outputTokens: 0, cacheReadInputTokens: 9, cacheCreationInputTokens: 0 }
  expect(await rowOf({}, [{ role: 'assistant', content: 'x', ...usage }])).not.toHaveProperty('usage')
})

test('V40: sums are capped at int32', async () => {
  const usage = {
    inputTokens: 1_500_000_000,
    outputTokens: 1,
    cacheReadInputTokens: 0,
    cacheCreationInputTokens: 0,
  }
  const message = { role: 'assistant' as const, content: 'x', ...usage }
  expect((await rowOf({}, [message, message])).usage).toEqual({ input_tokens: 2147483647, output_tokens: 2 })
})

test('2.2: an expired key', async () => {
  const secret = generateSecret()
  const expired = { organizationId: O, userId: null, name: 'old', expiresAt: new Date(Date.now() - 1000) }
  await createApiKey(world.store, expired, secret)
  const { status, body } = await callRest(world.rest, '/v1/sessions', { headers: { authorization: secret } })
  expect([status, body]).toEqual([401, { error: 'API key expired' }])
})

test('2.5: a key that may not read sessions is 403', async () => {
  const secret = generateSecret()
  const { userId } = await world.store.apiKey.findFirstOrThrow({ where: { organizationId: O, name: 'ka' } })
  await createApiKey(
    world.store,
    { organizationId: O, userId, name: 'w', scopes: ['sessions:write'] },
    secret,
  )
  const { status, body } = await callRest(world.rest, '/v1/sessions', { headers: { authorization: secret } })
  expect([status, body]).toEqual([403, { error: 'Forbidden' }])
})

test('V38: over the rate limit is 429 with Retry-After', async () => {
  const { rest } = await openTestGateway({ rateLimitPerMinute: 1 })
  const ask = () =>
    callRest(rest, '/v1/sessions', {
      headers: { authorization: world.keys.ka, 'x-org-id': `org_${O.replaceAll('-', '')}` },
    })
  expect((await ask()).status).toBe(200)
  const { status, body, headers } = await ask()
  expect([status, body]).toEqual([429, { error: 'Too many requests' }])
  expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
})

test('V38: storage down is 502, on every operation', async () => {
  const url = 'postgresql://nobody@127.0.0.1:1/none'
  const rest = await openRestOn(url)
  for (const operation of operations.filter(({ dialect }) => dialect.startsWith('everruns'))) {
    const path = operation.path.replace('{id}', `session_${'0'.repeat(32)}`)
    const { method, bodyExample: json } = operation
    const { status, body } = await quietly(() =>
      callRest(rest, path, { method, json, headers: { authorization: 'k' } }),
    )
    expect([method, path, status, body]).toEqual([method, path, 502, { error: 'Bad gateway' }])
  }
})

test('V38: a transcript too slow is 504 in JSON, also where lines go out', async () => {
  const { rest } = await openTestGateway({ requestTimeoutMs: 300 })
  const id = randomUUID()
  await world.addSession({ id }, [{ role: 'user', content: 'x' }])
  for (const below of ['messages', 'export']) {
    const path = `/v1/sessions/session_${id.replaceAll('-', '')}/${below}`
    const { status, body, headers } = await world.store.$transaction(async (transaction) => {
      await transaction.$executeRaw(sql`lock table messages in access exclusive mode`)
      return callRest(rest, path, { headers: { authorization: world.keys.ka } })
    })
    expect([status, body, headers.get('content-type')]).toEqual([
      504,
      { error: 'Gateway timeout' },
      'application/json',
    ])
  }
})

test('V38: storage too slow is 504', async () => {
  const { rest } = await openTestGateway({ requestTimeoutMs: 300 })
  const { status, body } = await world.store.$transaction(async (transaction) => {
    await transaction.$executeRaw(sql`lock table sessions in access exclusive mode`)
    return callRest(rest, '/v1/sessions', { headers: { authorization: world.keys.ka } })
  })
  expect([status, body]).toEqual([504, { error: 'Gateway timeout' }])
})

test('V38: an unexpected fault is 500 and tells nothing', async () => {
  const store = { $queryRaw: () => Promise.reject(new TypeError('select secret')) } as unknown as ModelStore
  const { rest } = createGateway(readConfig({}), { store }, null)
  const { status, body } = await quietly(() =>
    callRest(rest, '/v1/sessions', { headers: { authorization: 'k' } }),
  )
  expect([status, body]).toEqual([500, { error: 'Internal server error' }])
})
