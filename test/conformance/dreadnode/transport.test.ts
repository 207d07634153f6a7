import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { sql } from '../../../src/db/sql.js'
import { createApiKey, generateSecret, revokeApiKey } from '../../../src/domain/tenancy/api-key.js'
import type { Rest } from '../../../src/rest/rest.js'
import {
  callRest,
  openRestOn,
  openTestGateway,
  quietly,
  type RestAnswer,
  type RestRequest,
} from '../../support/rest-client.js'
import { type DreadnodeWorld, seedDreadnodeWorld, sessionId } from '../../support/rest-dreadnode-world.js'
import { openTestStore } from '../../support/store.js'

let world: DreadnodeWorld
beforeAll(async () => {
  world = await seedDreadnodeWorld()
})

const ask = (headers: Record<string, string>, path = '/sessions', request: RestRequest = {}) =>
  callRest(world.rest, `${world.base}${path}`, { ...request, headers })
const unauthorized = { code: 401, detail: 'Authentication failed', type: 'authentication_error' }

describe('who calls', () => {
  test('70: a member of another workspace finds none here', async () => {
    const { status, body } = await world.ask('eve', '/sessions')
    expect([status, body]).toEqual([
      404,
      { code: 404, detail: 'Workspace not found', type: 'not_found_error' },
    ])
  })

  test('70: nobody is 401', async () => {
    const { status, body, headers } = await world.ask('nobody', '/sessions')
    expect([status, body, headers.get('www-authenticate')]).toEqual([401, unauthorized, 'Bearer'])
  })

  test('1.4: a bearer token is as good as X-API-Key, which counts when both come', async () => {
    const { bob } = world.keys
    expect((await ask({ authorization: `Bearer ${bob}` })).status).toBe(200)
    expect((await ask({ authorization: 'Bearer wrong', 'x-api-key': bob })).status).toBe(200)
    expect((await ask({ authorization: `Bearer ${bob}`, 'x-api-key': 'wrong' })).body).toEqual(unauthorized)
  })

  test.each([['Basic abc'], ['Bearer'], ['Bearer a b'], ['wrong']])(
    '1.4: %s is 401',
    async (authorization) => {
      expect((await ask({ authorization })).body).toEqual(unauthorized)
    },
  )

  test('1.4: expired and revoked keys are 401 with the same words', async () => {
    const [expired, revoked] = [generateSecret(), generateSecret()]
    const { organizationId, users, store } = world
    const owner = { organizationId, userId: users.bob }
    await createApiKey(store, { ...owner, name: 'expired', expiresAt: new Date(Date.now() - 1000) }, expired)
    const { id } = await createApiKey(store, { ...owner, name: 'revoked' }, revoked)
    await revokeApiKey(store, id)
    for (const key of [expired, revoked]) expect((await ask({ 'x-api-key': key })).body).toEqual(unauthorized)
  })

  test('1.4: a key of another organization finds no workspace', async () => {
    const other = await seedDreadnodeWorld(world.rest)
    expect((await ask({ 'x-api-key': other.keys.bob })).body).toMatchObject({
      code: 404,
      detail: 'Workspace not found',
    })
  })

  test('1.4: a key without the scope is 403', async () => {
    const { organizationId, users, store } = world
    const reader = generateSecret()
    const key = { organizationId, userId: users.bob, name: 'reader', scopes: ['sessions:read'] as const }
    await createApiKey(store, key, reader)
    expect((await ask({ 'x-api-key': reader })).status).toBe(200)
    const json = { id: randomUUID(), model: 'm' }
    expect((await ask({ 'x-api-key': reader }, '/sessions', { method: 'POST', json })).status).toBe(403)
  })

  test('1.5: unknown organizations and workspaces are alike', async () => {
    const headers = { 'x-api-key': world.keys.bob }
    const elsewhere = [`/api/v1/org/nope/ws/red/sessions`, `/api/v1/org/${world.slug}/ws/nope/sessions`]
    for (const path of [...elsewhere, '/api/v1/org/%00/ws/%00/sessions'])
      expect((await callRest(world.rest, path, { headers })).body).toMatchObject({
        detail: 'Workspace not found',
      })
  })
})

describe('order of checks (1.8)', () => {
  const bad = '/sessions?limit=x'
  const big = { method: 'POST', body: new Uint8Array(2 * 1_048_576) }

  test('401 and 404 of the workspace come before what is wrong with the content', async () => {
    expect((await world.ask('nobody', bad)).status).toBe(401)
    expect((await world.ask('eve', bad)).status).toBe(404)
    expect((await world.ask('eve', '/sessions', big)).status).toBe(404)
  })

  test('403 of the role comes before the body, the body size before its content', async () => {
    expect((await world.ask('dan', '/sessions', { method: 'POST', body: '{' })).status).toBe(403)
    expect((await world.ask('dan', '/sessions', big)).status).toBe(403)
    expect((await world.ask('bob', '/sessions?x=%zz', big)).status).toBe(400)
  })

  test('the content comes before the session', async () => {
    const path = `/sessions/${randomUUID()}`
    const json = { title: 5 }
    expect((await world.ask('bob', path, { method: 'PATCH', json })).status).toBe(422)
    expect((await world.ask('bob', `${path}/transcript?limit=0`)).status).toBe(422)
  })
})

describe('bodies', () => {
  const post = (body: string | Uint8Array, type = 'application/json') =>
    ask({ 'x-api-key': world.keys.bob, ...(type && { 'content-type': type }) }, '/sessions', {
      method: 'POST',
      body,
    })

  test.each<[string, string | Uint8Array, string, string, unknown[]]>([
    ['88: broken JSON', '{"id":', 'application/json', 'json_invalid', ['body', 6]],
    ['1.9: the offset counts characters', '{"a":"😀é",}', 'application/json', 'json_invalid', ['body', 10]],
    ['1.9: a trailing text', '{} x', 'application/json', 'json_invalid', ['body', 3]],
    ['1.9: a bad escape', '{"a":"\\x"}', 'application/json', 'json_invalid', ['body', 7]],
    [
      '1.9: bytes that are not UTF-8',
      new Uint8Array([0x7b, 0x22, 0xff]),
      'application/json',
      'json_invalid',
      ['body', 2],
    ],
    ['88: another content type', '{}', 'text/plain', 'model_attributes_type', ['body']],
    ['1.9: a list', '[]', 'application/json', 'model_attributes_type', ['body']],
    ['1.9: null', 'null', 'application/json', 'model_attributes_type', ['body']],
    ['1.9: an empty body', '', 'application/json', 'missing', ['body']],
  ])('%s is 422', async (_what, body, type, expected, loc) => {
    const { status, body: answer } = await post(body, type)
    expect([
      status,
      answer.errors.map((item: { type: string; loc: unknown }) => [item.type, item.loc]),
    ]).toEqual([422, [[expected, loc]]])
  })

  test.each(['', 'application/json; charset=utf-8', 'application/vnd.api+json', 'APPLICATION/JSON'])(
    '1.9: a body of type "%s" is read as JSON',
    async (type) => {
      expect((await post(JSON.stringify({ id: randomUUID(), model: 'm' }), type)).status).toBe(200)
    },
  )

  test('1.9: a packed body is 422', async () => {
    const headers = { 'x-api-key': world.keys.bob, 'content-encoding': 'gzip' }
    const { status, body } = await ask(headers, '/sessions', { method: 'POST', body: '{}' })
    expect([status, body.errors[0]]).toMatchObject([422, { type: 'value_error', loc: ['body'] }])
  })

  test('88: a body over 1 MiB is 400', async () => {
    const { status, body } = await post(`{"id":"${'x'.repeat(2 * 1_048_576)}"}`)
    expect([status, body]).toEqual([
      400,
      { code: 400, detail: 'Request body is larger than 1048576 bytes', type: 'invalid_request_error' },
    ])
  })

  test('1.7: a chunked body is not read past the limit', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const answer = await world.ask('bob', '/sessions', { method: 'POST', body })
    expect(answer.status).toBe(400)
    expect(sent).toBeLessThan(1_048_576 + 5 * 65_536)
  })
})

describe('paths', () => {
  const notFound = { code: 404, detail: 'Not found', type: 'not_found_error' }

  test.each([
    ['PUT', '/sessions'],
    ['GET', '/nope'],
    ['PATCH', '/sessions'],
    ['OPTIONS', '/sessions'],
    ['GET', '/sessions/1111/nope'],
    ['GET', '/sessions//'],
  ])('89: %s %s is 404, asked by anybody', async (method, path) => {
    const { status, body } = await world.ask('nobody', path, { method })
    expect([status, body]).toEqual([404, notFound])
  })

  test('1.1: one trailing slash is ignored', async () => {
    expect((await world.ask('bob', '/sessions/')).status).toBe(200)
    expect((await world.ask('bob', `/sessions/${sessionId(2)}/?x=/`)).status).toBe(200)
    expect((await world.ask('bob', '/sessions//')).status).toBe(404)
  })

  test.each(['/sessions?search=%zz', '/sessions?search=%ff', '/sessions/%zz', '/sessions?%'])(
    '1.9: malformed percent-encoding in %s is 400',
    async (path) => {
      const { status, body } = await world.ask('bob', path)
      expect([status, body.type]).toEqual([400, 'invalid_request_error'])
      expect((await world.ask('nobody', path)).status).toBe(401)
    },
  )

  test('what is under no dialect is 404 in JSON', async () => {
    for (const path of ['/', '/api', '/api/v2/x', '/v11', '/openapi/x.json'])
      expect((await callRest(world.rest, path)).body).toEqual(notFound)
  })
})

describe('headers of every answer', () => {
  const requests: [string, 'bob' | 'nobody', string][] = [
    ['200', 'bob', '/sessions'],
    ['401', 'nobody', '/sessions'],
    ['404', 'nobody', '/nope'],
    ['422', 'bob', '/sessions?limit=0'],
  ]

  test.each(requests)('%s: X-Request-Id, Cache-Control, JSON', async (status, caller, path) => {
    const given = await world.ask(caller, path, { headers: { 'x-request-id': 'a.B:1-_' } })
    expect(given.status).toBe(Number(status))
    expect(given.headers.get('x-request-id')).toBe('a.B:1-_')
    expect(given.headers.get('cache-control')).toBe('private, no-store')
    expect(given.headers.get('content-type')).toBe('application/json')
    const made = await world.ask(caller, path, { headers: { 'x-request-id': 'not ours' } })
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-/)
  })
})

describe('limits of the operator', () => {
  test('90: an SDK older than the minimum is 426, after unknown routes and before 401', async () => {
    const { rest } = await openTestGateway({ minSdkVersion: '2.0.0' })
    const from = (agent: string, path = '/sessions') =>
      callRest(rest, `${world.base}${path}`, { headers: { 'user-agent': agent } })
    const { status, body } = await from('dreadnode-sdk/1.9.0')
    expect([status, body]).toEqual([
      426,
      { code: 426, detail: 'dreadnode-sdk 2.0.0 or newer is required', type: 'upgrade_required' },
    ])
    expect((await from('dreadnode-sdk/1.9.0', '/nope')).status).toBe(404)
    for (const [agent, expected] of [
      ['dreadnode-sdk/2.0.0', 401],
      ['dreadnode-sdk/2.0.0-rc.1', 426],
      ['dreadnode-sdk/10.0.0 python/3', 401],
      ['dreadnode-sdk/next', 401],
      ['curl/8', 401],
    ] as const)
      expect([agent, (await from(agent)).status]).toEqual([agent, expected])
  })

  test('90: without the setting any version is served', async () => {
    expect(
      (await world.ask('bob', '/sessions', { headers: { 'user-agent': 'dreadnode-sdk/0.1.0' } })).status,
    ).toBe(200)
  })

  test('91: over the rate limit is 429 with Retry-After, and one request counts once', async () => {
    const { rest } = await openTestGateway({ rateLimitPerMinute: 3 })
    const limited = await seedDreadnodeWorld(rest)
    expect((await limited.ask('bob', '/sessions?limit=x')).status).toBe(422)
    expect((await limited.ask('bob', '/sessions')).status).toBe(200)
    expect((await limited.ask('bob', '/sessions')).status).toBe(200)
    for (const path of ['/sessions', '/sessions?limit=x']) {
      const { status, body, headers } = await limited.ask('bob', path)
      expect([status, body.type]).toEqual([429, 'rate_limit_error'])
      expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
      expect(body.detail).not.toMatch(/credit/i)
    }
  })

  test('92: a database that cannot be reached is 502', async () => {
    const url = 'postgresql://nobody@127.0.0.1:1/none'
    const rest = await openRestOn(url)
    const { status, body, headers } = await quietly(() =>
      callRest(rest, `${world.base}/sessions`, { headers: { 'x-api-key': 'k' } }),
    )
    expect([status, body]).toEqual([
      502,
      { code: 502, detail: 'The database cannot be reached', type: 'bad_gateway' },
    ])
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-/)
  })

  const timedOut = { code: 504, detail: 'The request timed out', type: 'gateway_timeout' }

  /** Asks for a list while somebody else holds the sessions. */
  async function askWhileLocked(rest: Rest, path = '/sessions'): Promise<RestAnswer> {
    const { store, base, keys } = world
    return store.$transaction(
      async (transaction) => {
        await transaction.$executeRaw(sql`lock table sessions in access exclusive mode`)
        return callRest(rest, `${base}${path}`, { headers: { 'x-api-key': keys.bob } })
      },
      { timeout: 15_000 },
    )
  }

  test('92: a request that takes too long is 504', async () => {
    const { rest } = await openTestGateway({ requestTimeoutMs: 300 })
    const { status, body, headers } = await askWhileLocked(rest)
    expect([status, body]).toEqual([504, timedOut])
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-/)
  })

  test('92: a statement that takes too long is 504', async () => {
    const { url } = await openTestStore()
    // PGlite has no timers for statements: there the limit of the request is the one that a statement meets.
    if (url === null) {
      const { rest } = await openTestGateway({ requestTimeoutMs: 300 })
      const { status, body } = await askWhileLocked(rest, '/sessions/facets')
      expect([status, body]).toEqual([504, timedOut])
      return
    }
    const rest = await openRestOn(url, 300)
    const { status, body } = await quietly(() => askWhileLocked(rest))
    // A pooler takes no limit of a connection but the role's: without one the gateway gives the connection up.
    if (inject('postgresql')?.isPooled) return expect([502, 504]).toContain(status)
    expect([status, body]).toEqual([504, timedOut])
  })

  test('92: a trajectory whose first page takes too long is 504, not a broken stream', async () => {
    const { rest } = await openTestGateway({ requestTimeoutMs: 300 })
    const { status, body } = await askWhileLocked(rest, `/sessions/${sessionId(1)}/trajectory`)
    expect([status, body]).toEqual([504, timedOut])
  })
})
