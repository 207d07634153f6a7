import { beforeEach, expect, test } from 'vitest'
import { callRest, openTestGateway, type RestRequest } from '../../support/rest-client.js'
import { type DreadnodeWorld, seedDreadnodeWorld } from '../../support/rest-dreadnode-world.js'
import { ask as askGraphql, createTestYoga } from '../../support/seed.js'

let world: DreadnodeWorld
beforeEach(async () => {
  // Nothing is remembered, so that what has ended is refused at once.
  world = await seedDreadnodeWorld((await openTestGateway({ accessMemoryMs: 0 })).rest)
})

function ask(key: string | null, path: string, request: RestRequest = {}) {
  const headers = { ...(key === null ? {} : { authorization: `Bearer ${key}` }) }
  return callRest(world.rest, `/api/v1${path}`, { ...request, headers })
}

const post = (key: string | null, path: string, json: object) => ask(key, path, { method: 'POST', json })
const begin = async () => (await ask(null, '/auth/device/code', { method: 'POST' })).body
const poll = ({ device_code }: { device_code: string }) => ask(null, `/auth/device/code/${device_code}`)
const exchange = ({ device_code }: { device_code: string }) =>
  post(null, '/auth/device/token', { device_code })

/** What bob does in the browser. */
async function answer(name: 'approve' | 'deny', userCode: string): Promise<string> {
  const field = `${name}DeviceLogin`
  const type = `${name === 'approve' ? 'Approve' : 'Deny'}DeviceLoginInput`
  const text = `mutation($input: ${type}!) { ${field}(input: $input) { __typename } }`
  const { errors } = await askGraphql(await createTestYoga(), world.keys.bob, text, { input: { userCode } })
  return errors?.[0]?.extensions.code ?? 'done'
}

async function approvedToken(): Promise<string> {
  const login = await begin()
  expect(await answer('approve', login.user_code)).toBe('done')
  return (await exchange(login)).body.access_token
}

test('110: a program without a key begins a login, which waits', async () => {
  const login = await begin()
  expect(login).toMatchObject({ expires_in: 600, interval: 2, expires_at: expect.any(String) })
  expect(login.user_code).toMatch(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/)
  const { status, body } = await poll(login)
  expect([status, body]).toEqual([200, { status: 'pending', user_id: null, expires_at: login.expires_at }])
})

test('111: an approved login gives its token once, and is nothing from then on', async () => {
  const login = await begin()
  expect(await answer('approve', login.user_code.toLowerCase().replace('-', ' '))).toBe('done')
  expect((await poll(login)).body).toMatchObject({ status: 'approved', user_id: world.users.bob })
  const { status, body } = await exchange(login)
  expect([status, body]).toMatchObject([
    200,
    { token_type: 'bearer', expires_in: 300, user_id: world.users.bob },
  ])
  expect((await exchange(login)).status).toBe(404)
  expect((await poll(login)).status).toBe(404)
  expect(await answer('approve', login.user_code)).toBe('NOT_FOUND')
})

test('112: a login that nobody answered, one denied, an unknown one and none', async () => {
  const login = await begin()
  expect((await exchange(login)).status).toBe(409)
  expect(await answer('deny', login.user_code)).toBe('done')
  expect([(await exchange(login)).status, (await poll(login)).status]).toEqual([403, 403])
  expect(await answer('approve', login.user_code)).toBe('NOT_FOUND')
  expect((await exchange({ device_code: 'sgd_unknown' })).status).toBe(404)
  const { status, body } = await post(null, '/auth/device/token', {})
  expect([status, body.errors]).toMatchObject([422, [{ loc: ['body', 'device_code'], type: 'missing' }]])
})

test('113: the token makes one key', async () => {
  const token = await approvedToken()
  const made = await post(token, '/user/api-keys', { name: 'dn', allow_self_revoke: true })
  expect([made.status, made.body]).toMatchObject([
    200,
    { name: 'dn', allowed_scopes: ['sessions:read', 'sessions:write'], prefix: made.body.key.slice(0, 12) },
  ])
  const days = (Date.parse(made.body.expires_at) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(89)
  expect(days).toBeLessThanOrEqual(90)
  expect((await ask(made.body.key, '/user')).body.id).toBe(world.users.bob)
  expect((await post(token, '/user/api-keys', { name: 'dn' })).status).toBe(401)
})

test('114: the token is good for nothing else, and outlives a refusal', async () => {
  const token = await approvedToken()
  expect((await ask(token, '/user')).body.id).toBe(world.users.bob)
  expect((await ask(token, `/org/${world.slug}/ws/red/sessions`)).status).toBe(403)
  const other = { name: 'dn', org_id: crypto.randomUUID() }
  expect((await post(token, '/user/api-keys', other)).status).toBe(404)
  const none = { name: 'dn', workspace_id: crypto.randomUUID() }
  expect((await post(token, '/user/api-keys', none)).status).toBe(404)
  expect((await post(token, '/user/api-keys', { name: 'dn', allowed_scopes: ['other'] })).status).toBe(422)
  const narrow = { name: 'dn', allowed_scopes: ['sessions:read', 'other'], workspace_id: world.workspaceId }
  const { body } = await post(token, '/user/api-keys', narrow)
  expect(body.allowed_scopes).toEqual(['sessions:read'])
})

test('115: a key that may end itself does, any other does not', async () => {
  const made = await post(await approvedToken(), '/user/api-keys', { name: 'dn', allow_self_revoke: true })
  const list = () => ask(made.body.key, `/org/${world.slug}/ws/red/sessions`)
  expect((await list()).status).toBe(200)
  const end = (key: string) => ask(key, '/user/api-keys/self', { method: 'DELETE' })
  expect((await end(made.body.key)).status).toBe(204)
  expect((await list()).status).toBe(401)
  expect((await end(world.keys.bob)).status).toBe(403)
  // What the published client sends where its caller names none.
  const kept = await post(await approvedToken(), '/user/api-keys', { name: null, allow_self_revoke: false })
  expect(kept.body.name).toBe('API key')
  expect((await end(kept.body.key)).status).toBe(403)
})
