import { beforeEach, expect, test } from 'vitest'
import type { Gateway } from '../../../src/app.js'
import { createApiKey, generateSecret } from '../../../src/domain/tenancy/api-key.js'
import { callRest, openTestGateway, type RestRequest } from '../../support/rest-client.js'
import {
  ann,
  bob,
  type EverrunsWorld,
  type Key,
  O,
  publicSessionId,
  seedEverrunsWorld,
  sessionPath,
  sessionUuid,
} from '../../support/rest-everruns-world.js'
import { ask } from '../../support/seed.js'

let gateway: Gateway
let world: EverrunsWorld
beforeEach(async () => {
  gateway = await openTestGateway()
  world = await seedEverrunsWorld(gateway.rest)
})

const empty = { headers: { 'content-type': 'application/json' } }
const nothing = { status: 'no_op', message: 'No turn currently running' }

async function cancel(n: number, request: RestRequest = empty, key: Key = 'ka') {
  const { status, body } = await world.ask(key, sessionPath(n, '/cancel'), { method: 'POST', ...request })
  expect(status).toBe(200)
  return body
}

async function pin(method: string, n: number, key: Key = 'ka') {
  const { status, text } = await world.ask(key, sessionPath(n, '/pin'), { method, ...empty })
  return [status, text]
}

async function startTurn(n: number) {
  const query = 'mutation S($input: StartTurnInput!) { startTurn(input: $input) { session { status } } }'
  const { errors } = await ask(gateway.yoga, world.keys.ka, query, { input: { id: sessionUuid(n) } })
  expect(errors).toBeUndefined()
}

test('V29: nothing runs, whatever the body', async () => {
  expect(await cancel(1)).toEqual(nothing)
  expect(await cancel(1, { json: {} })).toEqual(nothing)
  expect(await cancel(1, { body: '{"half' })).toEqual(nothing)
  expect(await cancel(4)).toEqual(nothing)
})

test('V30: a running turn is cancelled once', async () => {
  await startTurn(5)
  const { body } = await world.ask('ka', sessionPath(5))
  expect(body.status).toBe('active')
  expect((await world.ask('ka', '/v1/sessions')).body.data[0].status).toBe('active')
  expect((await world.ask('ka', '/v1/sessions/stats')).body).toMatchObject({ active: 1, idle: 2, started: 1 })
  expect(await cancel(5)).toEqual({ status: 'cancelled', message: 'Turn cancelled successfully' })
  expect(await cancel(5)).toEqual(nothing)
  expect((await world.ask('ka', sessionPath(5))).body.status).toBe('idle')
})

test('4.3: a frozen or archived session is idle, and its turn is not cancelled', async () => {
  const running = { turnStartedAt: new Date() }
  await world.store.session.updateMany({ where: { organizationId: O, title: 'Old login' }, data: running })
  await world.store.session.updateMany({
    where: { organizationId: O, title: 'Eval login run' },
    data: running,
  })
  for (const n of [3, 4]) {
    expect((await world.ask('ka', sessionPath(n))).body.status).toBe('idle')
    expect(await cancel(n)).toEqual(nothing)
  }
})

test('V31: pinning and unpinning, twice each, moves neither the list nor updated_at', async () => {
  const list = async () => (await world.ask('ka', '/v1/sessions')).text
  const before = await list()
  expect(await pin('PUT', 1)).toEqual([204, ''])
  expect(await pin('PUT', 1)).toEqual([204, ''])
  const { data } = await ask(gateway.yoga, world.keys.ka, pinnedQuery, { id: sessionUuid(1) })
  expect(data.viewer.organization.session.pinnedAt).not.toBeNull()
  const others = await ask(gateway.yoga, world.keys.kb, pinnedQuery, { id: sessionUuid(1) })
  expect(others.data.viewer.organization.session.pinnedAt).toBeNull()
  expect(await list()).toBe(before)
  expect(await pin('DELETE', 1)).toEqual([204, ''])
  expect(await pin('DELETE', 1)).toEqual([204, ''])
  expect(await list()).toBe(before)
})

test('V42: the SDKs are told whether the caller pinned it, alone and in a list', async () => {
  const path = `/everruns-sdk${sessionPath(1)}`
  const told = async (key: Key) => {
    const { data } = (await world.ask(key, '/everruns-sdk/v1/sessions')).body
    const listed = data.find(({ id }: { id: string }) => id === publicSessionId(1))
    return [(await world.ask(key, path)).body.is_pinned, listed.is_pinned]
  }
  expect(await told('ka')).toEqual([false, false])
  await pin('PUT', 1)
  expect(await told('ka')).toEqual([true, true])
  expect(await told('kb')).toEqual([false, false])
  expect((await world.ask('ka', sessionPath(1))).body).not.toHaveProperty('is_pinned')
})

const pinnedQuery = 'query P($id: String!) { viewer { organization { session(id: $id) { pinnedAt } } } }'

test('V32: a key without a user, before anything else; a session that is not visible', async () => {
  for (const path of [sessionPath(1), sessionPath(99), '/v1/sessions/x'])
    for (const method of ['PUT', 'DELETE']) {
      const { status, body } = await world.ask('ks', `${path}/pin`, { method })
      expect([status, Object.keys(body)]).toEqual([401, ['error']])
    }
  expect((await pin('PUT', 6))[0]).toBe(404)
})

test('403: a key or role that only reads, after 404 and before 409', async () => {
  const secret = generateSecret()
  const reader = { organizationId: O, userId: bob, name: 'reader', scopes: ['sessions:read'] as const }
  await createApiKey(world.store, reader, secret)
  const ask = async (method: string, n: number, below = '', json?: unknown) => {
    const request = { method, json, headers: { authorization: secret } }
    return (await callRest(world.rest, sessionPath(n, below), request)).status
  }
  expect(await ask('GET', 1)).toBe(200)
  for (const [method, below, json] of [
    ['PATCH', '', { title: 'x' }],
    ['DELETE', ''],
    ['POST', '/cancel'],
    ['PUT', '/pin'],
    ['DELETE', '/pin'],
  ] as const) {
    expect([method, below, await ask(method, 1, below, json)]).toEqual([method, below, 403])
    expect([method, below, await ask(method, 99, below, json)]).toEqual([method, below, 404])
  }
  expect(await ask('DELETE', 4)).toBe(403)
  await world.store.workspaceMember.updateMany({ where: { userId: ann }, data: { role: 'READ' } })
  const refused = await world.ask('ka', sessionPath(1, '/cancel'), { method: 'POST' })
  expect([refused.status, refused.body]).toEqual([403, { error: 'Forbidden' }])
  expect((await world.ask('ka', sessionPath(1))).body.id).toBe(publicSessionId(1))
})
