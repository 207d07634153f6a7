import { beforeEach, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../../src/domain/tenancy/api-key.js'
import { callRest, type RestRequest } from '../../support/rest-client.js'
import {
  ann,
  type EverrunsWorld,
  O,
  seedEverrunsWorld,
  sessionPath,
  W1,
} from '../../support/rest-everruns-world.js'

let world: EverrunsWorld
beforeEach(async () => {
  world = await seedEverrunsWorld()
})

const A = 'agent_32c714bce4285b78a33e3c679b8f750a'
const zeros = `agent_${'0'.repeat(32)}`

async function create(json: unknown, mount = '/v1', request: RestRequest = {}) {
  return world.ask('ka', `${mount}/sessions`, { method: 'POST', json, ...request })
}

async function created(json: object, mount = '/v1') {
  const { status, body } = await create(json, mount)
  expect([status, body]).toEqual([201, expect.objectContaining({ status: 'started' })])
  return body
}

function stored(id: string) {
  const uuid = id.replace(/^session_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return world.store.session.findUniqueOrThrow({
    where: { organizationId_id: { organizationId: O, id: uuid } },
  })
}

test('V17: the least there is', async () => {
  const { status, body, headers } = await create({ agent_id: A })
  expect([status, headers.get('location')]).toEqual([201, null])
  expect(Object.keys(body).sort()).toEqual(
    ['id', 'organization_id', 'agent_id', 'status', 'created_at', 'updated_at', 'tags'].sort(),
  )
  expect(body).toMatchObject({ agent_id: A, status: 'started', tags: [], updated_at: body.created_at })
  const row = await stored(body.id)
  expect(row).toMatchObject({
    agent: 'coder',
    model: 'unspecified',
    origin: 'user',
    visibility: 'workspace',
    workspaceId: W1,
    ownerId: ann,
    messageCount: 0,
  })
  expect(row.id[14]).toBe('7')
})

test('V18: ids that nobody knows stand for themselves', async () => {
  const ids = { agent_id: `agent_${'f'.repeat(32)}`, model_id: `model_${'e'.repeat(32)}` }
  const body = await created(ids)
  expect(body).toMatchObject(ids)
  expect(await stored(body.id)).toMatchObject({ agent: ids.agent_id, model: ids.model_id })
  const { body: found } = await world.ask('ka', `/v1/sessions?agent_id=${ids.agent_id}`)
  expect([found.total, found.data[0].id]).toEqual([1, body.id])
})

test('6.2: zeros are no agent, and a known id is its name', async () => {
  const none = await created({ agent_id: zeros, model_id: null, title: null })
  expect([none.agent_id, none.title, none.model_id, (await stored(none.id)).agent]).toEqual([
    zeros,
    undefined,
    undefined,
    null,
  ])
  const known = await created({ agent_id: A, model_id: 'model_adfea84062ae582885fd83099245c3af' })
  expect(await stored(known.id)).toMatchObject({ agent: 'coder', model: 'gpt-x' })
})

test.each<[string, string]>([
  ['no agent', '{}'],
  ['null', '{"agent_id":null}'],
  ['a name', '{"agent_id":"coder"}'],
])('V19: %s is refused as an agent', async (_what, body) => {
  const { status, body: answer } = await world.ask('ka', '/v1/sessions', json(body))
  expect([status, answer.error]).toEqual([400, expect.stringMatching(/^Invalid agent ID: /)])
})

test.each([
  ['a list', '[]'],
  ['nothing', ''],
  ['half a body', '{"agent_id":'],
  ['null', 'null'],
  ['broken UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
])('V19: %s is no body', async (_what, body) => {
  const { status, body: answer } = await world.ask('ka', '/v1/sessions', json(body))
  expect([status, Object.keys(answer)]).toEqual([400, ['error']])
})

function json(body: string | Uint8Array): RestRequest {
  return { method: 'POST', body, headers: { 'content-type': 'application/json; charset=utf-8' } }
}

test('V20: tags come back as a set, in the order of reading', async () => {
  const tags = ['b', 'a', 'b', 'Env:Prod', 'tag:z', 'https://e.org', ':x', 'k:']
  const body = await created({ agent_id: A, tags })
  expect(body.tags).toEqual([':x', 'Env:Prod', 'a', 'b', 'k:', 'tag:z', 'https://e.org'])
  expect((await stored(body.id)).labels).toContain('https://e.org')
})

test.each<[string, object]>([
  ['a reserved key', { tags: ['worker:w2'] }],
  ['tags of null', { tags: null }],
  ['an empty tag', { tags: [''] }],
  ['a title of 256 characters', { title: 'x'.repeat(256) }],
  ['capabilities of null', { capabilities: null }],
  ['a tag that is no text', { tags: [1] }],
  ['a tag of 257 characters', { tags: ['x'.repeat(257)] }],
  ['65 keys', { tags: Array.from({ length: 65 }, (_, index) => `k${index}:v`) }],
  ['33 values', { tags: Array.from({ length: 33 }, (_, index) => `k:v${index}`) }],
  ['a reserved key without a value', { tags: ['capability:'] }],
  ['a capability without a ref', { capabilities: [{ config: 1 }] }],
  ['a capability with an empty ref', { capabilities: [{ ref: '' }] }],
  ['NUL in a capability', { capabilities: [{ ref: 'a', config: { x: '\0' } }] }],
  ['a model of another form', { model_id: 'gpt-x' }],
  ['half a surrogate pair', { title: 'a\ud800' }],
])('V21: %s is 400', async (_what, members) => {
  const { status, body } = await create({ agent_id: A, ...members })
  expect([status, Object.keys(body)]).toEqual([400, ['error']])
})

test('V21: text/plain, nothing said, or packed, is 415', async () => {
  const packed = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  for (const headers of [{ 'content-type': 'text/plain' }, {} as Record<string, string>, packed]) {
    const request = { method: 'POST', body: JSON.stringify({ agent_id: A }), headers }
    const { status, body } = await world.ask('ka', '/v1/sessions', request)
    expect([status, Object.keys(body)]).toEqual([415, ['error']])
  }
})

test('2.1: over 1 MiB is 413', async () => {
  const { status, body } = await create({ agent_id: A, x: 'x'.repeat(1_048_576) })
  expect([status, Object.keys(body)]).toEqual([413, ['error']])
})

test('V22: capabilities come back as sent; an unknown member is ignored', async () => {
  const capabilities = [{ ref: 'web_fetch', config: { a: null } }, { ref: 'current_time' }]
  const { id } = await created({ agent_id: A, capabilities, foo: 1 })
  for (const mount of ['/v1', '/everruns-sdk/v1'])
    expect((await world.ask('ka', `${mount}/sessions/${id}`)).body.capabilities).toEqual(capabilities)
  const { body } = await world.ask('ka', '/v1/sessions?limit=1')
  expect(body.data[0].capabilities).toEqual(capabilities)
  const none = await created({ agent_id: A, capabilities: [] })
  expect(none).not.toHaveProperty('capabilities')
  const plain = await created({ agent_id: A, capabilities: [{ ref: 'x', config: null }] })
  expect(plain.capabilities).toEqual([{ ref: 'x' }])
})

test('V36: the SDKs need no agent, and create in the default workspace only', async () => {
  const sdk = '/everruns-sdk/v1'
  expect(await created({}, sdk)).toMatchObject({
    agent_id: zeros,
    harness_id: 'harness_00000000000000000000000000000001',
    workspace_id: 'wsp_000000000000000000000000000000b1',
    owner_principal_id: 'principal_000000000000000000000000000000c1',
    resolved_owner_user_id: ann,
  })
  const w2 = { workspace_id: 'wsp_000000000000000000000000000000b2' }
  const refused = await create(w2, sdk)
  expect([refused.status, refused.body]).toEqual([400, { error: 'Unsupported workspace_id' }])
  await created({ workspace_id: 'wsp_000000000000000000000000000000b1', harness_id: [1] }, sdk)
  await created({ workspace_id: null, agent_id: null, harness_id: null }, sdk)
  expect((await create({ workspace_id: 5 }, sdk)).status).toBe(400)
  expect((await create({ agent_id: 'coder' }, sdk)).status).toBe(400)

  const pure = await created({ agent_id: A, ...w2 })
  expect([Object.keys(pure).length, (await stored(pure.id)).workspaceId]).toEqual([7, W1])
})

test('5.2: a key without a default workspace, without a user, and a read-only one', async () => {
  const asked = async (owner: object) => {
    const secret = generateSecret()
    await createApiKey(world.store, { organizationId: O, userId: ann, name: 'x', ...owner }, secret)
    const request = { method: 'POST', json: { agent_id: A }, headers: { authorization: secret } }
    const { status, body } = await callRest(world.rest, '/v1/sessions', request)
    return [status, body.error]
  }
  expect(await asked({})).toEqual([409, 'No default workspace'])
  expect(await asked({ scopes: ['sessions:read'] })).toEqual([403, 'Forbidden'])
  expect(await asked({ defaultWorkspaceId: W1, scopes: ['sessions:read'] })).toEqual([403, 'Forbidden'])
  expect(await asked({ userId: null, workspaceId: W1, defaultWorkspaceId: W1 })).toEqual([403, 'Forbidden'])
  await world.store.workspaceMember.updateMany({ where: { userId: ann }, data: { role: 'READ' } })
  expect(await asked({ defaultWorkspaceId: W1 })).toEqual([403, 'Forbidden'])
  expect((await world.ask('ka', sessionPath(1), { method: 'PATCH', json: {} })).status).toBe(403)
})

test('V41: the SDKs name the agent, which counts before its id; at /v1 the id alone counts', async () => {
  const sdk = '/everruns-sdk/v1'
  const other = `agent_${'f'.repeat(32)}`
  expect((await created({ agent_name: 'coder' }, sdk)).agent_id).toBe(A)
  const both = await created({ agent_name: 'coder', agent_id: other }, sdk)
  expect(both.agent_id).toBe(A)
  expect((await stored(both.id)).agent).toBe('coder')
  expect((await created({ agent_name: 'coder', agent_id: other })).agent_id).toBe(other)
  expect((await create({ agent_name: '' }, sdk)).status).toBe(400)
  expect((await create({ agent_name: 'x'.repeat(256) }, sdk)).status).toBe(400)
})

test('V43: a title is found by its own words, in any script and case', async () => {
  for (const [title, ...searches] of [
    ['ΟΔΟΣ', 'ΟΔΟΣ', 'οδος', 'οδοσ'],
    ['İstanbul trip', 'İstanbul trip', 'trip i\u0307stanbul'],
    ['STRASSE', 'STRASSE', 'Straße'],
    ['PRÜFER', 'prüfer', 'pru\u0308f'],
  ]) {
    const { id } = await created({ agent_id: A, title })
    for (const search of searches) {
      const { body } = await world.ask('ka', `/v1/sessions?search=${encodeURIComponent(search)}`)
      expect([search, body.data.map((one: { id: string }) => one.id)]).toEqual([search, [id]])
    }
  }
})
