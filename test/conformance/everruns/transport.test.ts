import { beforeAll, expect, test } from 'vitest'
import { openTestGateway, type RestRequest } from '../../support/rest-client.js'
import { type EverrunsWorld, seedEverrunsWorld, sessionPath, X } from '../../support/rest-everruns-world.js'

let world: EverrunsWorld
beforeAll(async () => {
  world = await seedEverrunsWorld()
})

const mounts = ['/v1', '/everruns-sdk/v1']
const otherOrganization = `org_${X.replaceAll('-', '')}`
const bad = '/v1/sessions/session_x'

async function ask(method: string, path: string, request: RestRequest = {}, key: 'ka' | null = 'ka') {
  const answer = await world.ask(key, path, { method, ...request })
  expect(answer.headers.get('cache-control')).toBe('no-store')
  if (answer.status >= 400 && method !== 'HEAD') expect(Object.keys(answer.body)).toEqual(['error'])
  return answer
}

test.each(mounts)('V37: paths and methods that are not served below %s', async (mount) => {
  const asked = async (method: string, path: string) => {
    const { status, headers } = await ask(method, path)
    return [status, headers.get('allow')]
  }
  expect(await asked('GET', `${mount}/sessions/`)).toEqual([404, null])
  expect(await asked('GET', sessionPath(1, '/events', mount))).toEqual([404, null])
  expect(await asked('GET', sessionPath(1, '/', mount))).toEqual([404, null])
  expect(await asked('PUT', sessionPath(1, '', mount))).toEqual([405, 'GET, PATCH, DELETE, HEAD'])
  expect(await asked('POST', sessionPath(1, '/messages', mount))).toEqual([405, 'GET, HEAD'])
  expect(await asked('PUT', `${mount}/sessions`)).toEqual([405, 'GET, POST, HEAD'])
  expect(await asked('DELETE', `${mount}/sessions/stats`)).toEqual([405, 'GET, HEAD'])
  expect(await asked('GET', sessionPath(1, '/cancel', mount))).toEqual([405, 'POST'])
  expect(await asked('POST', sessionPath(1, '/pin', mount))).toEqual([405, 'PUT, DELETE'])
  expect(await asked('GET', mount)).toEqual([404, null])
  expect((await ask('GET', `${mount}/nope`, {}, null)).status).toBe(401)
})

test.each<[string, string, string, RestRequest, 'ka' | null, number]>([
  ['401 before the path', 'PUT', bad, {}, null, 401],
  ['401 before the body', 'POST', '/v1/sessions', { body: '{' }, null, 401],
  ['the organization before the path', 'GET', '/v1/x', org(otherOrganization), 'ka', 404],
  ['the organization before the id', 'GET', bad, org('acme'), 'ka', 401],
  ['the method before the id', 'PUT', bad, {}, 'ka', 405],
  ['the id before the content type', 'PATCH', bad, { body: '{' }, 'ka', 400],
  ['the content type before the session', 'PATCH', sessionPath(99), { body: '{' }, 'ka', 415],
  ['the body before the session', 'PATCH', sessionPath(99), { json: [] }, 'ka', 400],
  ['tags before the session', 'PATCH', sessionPath(99), { json: { tags: ['worker:x'] } }, 'ka', 400],
  ['a title before the session', 'PATCH', sessionPath(99), { json: { title: 'x'.repeat(256) } }, 'ka', 400],
  ['the query before the session', 'GET', sessionPath(99, '/export?format=x'), {}, 'ka', 400],
  [
    'a doubled query before the session',
    'GET',
    sessionPath(99, '/export?format=jsonl&format=jsonl'),
    {},
    'ka',
    400,
  ],
])('2.5: %s', async (_rule, method, path, request, key, status) => {
  expect((await ask(method, path, request, key)).status).toBe(status)
})

function org(id: string): RestRequest {
  return { headers: { 'x-org-id': id } }
}

test('2.5: the rate limit comes before the organization, the path and the id', async () => {
  const { rest } = await openTestGateway({ rateLimitPerMinute: 1 })
  const limited = { ...(await seedEverrunsWorld(rest)) }
  expect((await limited.ask('ka', '/v1/sessions/stats')).status).toBe(200)
  for (const path of ['/v1/x', bad, sessionPath(1)]) {
    const { status, headers } = await limited.ask('ka', path, org('acme'))
    expect([status, headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^[1-9]\d*$/)])
  }
  world = await seedEverrunsWorld()
})

test.each(mounts)('2.1: a body that is not taken is not read, below %s', async (mount) => {
  const body = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"broken'))
      },
    })
  const request = () => ({ body: body(), headers: { 'content-type': 'application/json' } })
  expect((await ask('POST', sessionPath(1, '/cancel', mount), request())).status).toBe(200)
  expect((await ask('PUT', sessionPath(1, '/pin', mount), request())).status).toBe(204)
  expect((await ask('DELETE', sessionPath(1, '/pin', mount), request())).status).toBe(204)
})

test.each(mounts)('2.1: JSON is said of no body, below %s', async (mount) => {
  const headers = { 'content-type': 'application/json' }
  for (const below of ['', '/messages', '/export'])
    expect((await ask('GET', sessionPath(1, below, mount), { headers })).status).toBe(200)
  for (const path of [`${mount}/sessions`, `${mount}/sessions/stats`])
    expect((await ask('GET', path, { headers })).status).toBe(200)
})

test.each(mounts)('1.1: HEAD is as GET without a body, below %s', async (mount) => {
  for (const path of [
    `${mount}/sessions`,
    `${mount}/sessions/stats`,
    ...['', '/messages', '/export'].map((below) => sessionPath(1, below, mount)),
  ]) {
    const { status, text, headers } = await ask('HEAD', path)
    const get = await ask('GET', path)
    expect([path, status, text, headers.get('content-type')]).toEqual([
      path,
      200,
      '',
      get.headers.get('content-type'),
    ])
    expect(get.headers.get('access-control-allow-origin')).toBeNull()
  }
  expect((await ask('HEAD', sessionPath(99, '', mount))).status).toBe(404)
})

test('2.1: a query that nothing reads may be anything', async () => {
  for (const below of ['?x=1&x=2', '/messages?limit=x&limit=y', '?x=%zz'])
    expect((await ask('GET', sessionPath(1, below))).status).toBe(200)
})

test('2.1: members of the body that are given twice, deep or odd do no harm', async () => {
  const headers = { 'content-type': 'Application/JSON;charset=utf-8' }
  const patch = (body: string) => ask('PATCH', sessionPath(1), { body, headers })
  expect((await patch('{"title":"a","title":"b"}')).body.title).toBe('b')
  expect((await patch(`{"x":${'['.repeat(250)}${']'.repeat(250)}}`)).status).toBe(200)
  const deep = await patch(`{"title":"d","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)
  expect([deep.status, deep.body]).toEqual([
    400,
    { error: 'Request body holds too much: At most 256 levels' },
  ])
  expect((await patch('{"__proto__":{"title":"c"}}')).body.title).toBe('b')
  const capabilities = `[{"ref":"x","config":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`
  const body = `{"agent_id":"agent_${'0'.repeat(32)}","capabilities":${capabilities}}`
  expect((await ask('POST', '/v1/sessions', { body, headers })).status).toBe(400)
})
