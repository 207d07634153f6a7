import { beforeEach, expect, test } from 'vitest'
import {
  type EverrunsWorld,
  type Key,
  O,
  publicSessionId,
  seedEverrunsWorld,
  sessionPath,
  sessionUuid,
} from '../../support/rest-everruns-world.js'

let world: EverrunsWorld
beforeEach(async () => {
  world = await seedEverrunsWorld()
})

const A = 'agent_32c714bce4285b78a33e3c679b8f750a'
const notFound = { error: 'Session not found' }
const empty = { headers: { 'content-type': 'application/json' } }

async function get(n: number, key: Key = 'ka') {
  const { status, body } = await world.ask(key, sessionPath(n))
  expect(status).toBe(200)
  return body
}

async function patch(n: number, json: unknown, key: Key = 'ka') {
  const { status, body } = await world.ask(key, sessionPath(n), { method: 'PATCH', json })
  return { status, body }
}

function stored(n: number) {
  return world.store.session.findUniqueOrThrow({
    where: { organizationId_id: { organizationId: O, id: sessionUuid(n) } },
  })
}

test('V11: one session, without previews; archived and frozen ones are readable', async () => {
  expect(await get(1)).toEqual({
    id: publicSessionId(1),
    organization_id: 'org_00000000000000000000000000000001',
    agent_id: A,
    model_id: 'model_adfea84062ae582885fd83099245c3af',
    status: 'idle',
    title: 'Fix LOGIN 100%',
    tags: ['alpha', 'beta', 'env:eu', 'env:prod'],
    created_at: '2026-02-07T10:01:00.000Z',
    updated_at: expect.stringMatching(/Z$/),
    started_at: '2026-02-07T10:01:05.000Z',
    usage: { input_tokens: 120, output_tokens: 30, cache_read_tokens: 7 },
  })
  expect(await get(3)).toMatchObject({ status: 'idle', title: 'Old login' })
  expect(await get(4)).toMatchObject({
    status: 'idle',
    finished_at: '2026-02-08T00:00:00.000Z',
    agent_id: 'agent_01933b5a000070008000000000000001',
  })
})

test('V12: what is not visible is as what is missing', async () => {
  const answers = await Promise.all([
    ...[6, 7, 99].map((n) => world.ask('ka', sessionPath(n))),
    world.ask('kb', sessionPath(5)),
  ])
  for (const { status, text } of answers) expect([status, text]).toEqual([404, JSON.stringify(notFound)])
})

test('V12: on every operation', async () => {
  const calls: [string, string, unknown?][] = [
    ['PATCH', '', {}],
    ['DELETE', ''],
    ['POST', '/cancel'],
    ['PUT', '/pin'],
    ['DELETE', '/pin'],
    ['GET', '/messages'],
    ['GET', '/export'],
  ]
  for (const mount of ['/v1', '/everruns-sdk/v1'])
    for (const n of [6, 7, 99])
      for (const [method, below, json] of calls) {
        const { status, body } = await world.ask('ka', sessionPath(n, below, mount), { method, json })
        expect([method, below, status, body]).toEqual([method, below, 404, notFound])
      }
})

test.each([
  ['V13: 31 digits', 'session_01933b5a00007000800000000000001', 'invalid length: expected 32, got 31'],
  ['V13: a prefix of an id', 'session_01933b5a', 'invalid length: expected 32, got 8'],
  [
    'V14: another kind',
    'agent_01933b5a000070008000000000000001',
    "invalid prefix: expected 'session', got 'agent'",
  ],
  [
    'V14: a hyphenated uuid',
    '01933b5a-0000-7000-8000-000000000001',
    "invalid prefix: expected 'session', got '01933b5a-0000-7000-8000-000000000001'",
  ],
  ['V14: a word', 'chat', "invalid prefix: expected 'session', got 'chat'"],
  [
    'V15: upper-case digits',
    'session_01933B5A000070008000000000000001',
    'invalid hex in ID: 01933B5A000070008000000000000001',
  ],
  ['3.1: code points count', 'session_%F0%9F%98%80', 'invalid length: expected 32, got 1'],
  ['2.5: echoes are cut', 'x'.repeat(200), `invalid prefix: expected 'session', got '${'x'.repeat(64)}'`],
])('%s', async (_rule, id, reason) => {
  for (const mount of ['/v1', '/everruns-sdk/v1'])
    for (const [method, below] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/cancel'],
      ['GET', '/export'],
    ]) {
      const { status, body } = await world.ask('ka', `${mount}/sessions/${id}${below}`, { method })
      expect([status, body]).toEqual([400, { error: `Invalid session ID: ${reason}` }])
    }
})

test('V16: the stats count what the list counts, whatever the query', async () => {
  const expected = { total: 4, active: 0, idle: 3, started: 1, waiting_for_tool_results: 0 }
  for (const mount of ['/v1', '/everruns-sdk/v1'])
    for (const query of ['', '?agent_id=x&limit=x', '?x=%zz'])
      expect((await world.ask('ka', `${mount}/sessions/stats${query}`)).body).toEqual(expected)
  for (const key of ['ka', 'kb', 'ks', 'kx'] as const) {
    const { body } = await world.ask(key, '/v1/sessions/stats')
    expect(body.total).toBe((await world.ask(key, '/v1/sessions')).body.total)
    expect(body.total).toBe(body.started + body.active + body.idle)
  }
})

test('V23: a title is set, also to nothing, and must be a text', async () => {
  const before = await get(1)
  const renamed = await patch(1, { title: 'New' })
  expect(renamed).toEqual({
    status: 200,
    body: { ...before, title: 'New', updated_at: renamed.body.updated_at },
  })
  expect(Date.parse(renamed.body.updated_at)).toBeGreaterThan(Date.parse(before.updated_at))
  expect((await patch(1, { title: '' })).body.title).toBe('')
  expect((await patch(1, { title: 5 })).status).toBe(400)
  expect((await patch(1, { title: 'é'.repeat(255) })).status).toBe(200)
  expect((await patch(1, { title: '😀'.repeat(256) })).status).toBe(400)
})

test('V24: tags replace all but the reserved labels, or nothing at all', async () => {
  expect((await patch(1, { tags: ['x'] })).body.tags).toEqual(['x'])
  expect((await stored(1)).labels).toEqual(['tag:x', 'worker:w1'])
  expect((await patch(1, { tags: [] })).body.tags).toEqual([])
  expect((await stored(1)).labels).toEqual(['worker:w1'])
  const refused = await patch(1, { title: 'ok', tags: ['worker:a'] })
  expect(refused).toEqual({ status: 400, body: { error: 'Reserved tag key: worker' } })
  expect((await stored(1)).title).toBe('Fix LOGIN 100%')
})

test('V25: null and unknown members change nothing but updated_at', async () => {
  let before = await get(1)
  for (const json of [{ title: null, tags: null, status: 'active', agent_id: 'zzz' }, {}]) {
    const { status, body } = await patch(1, json)
    expect([status, body]).toEqual([200, { ...before, updated_at: body.updated_at }])
    expect(Date.parse(body.updated_at)).toBeGreaterThan(Date.parse(before.updated_at))
    before = body
  }
})

test('V26: frozen and archived sessions are changed and stay so', async () => {
  expect((await patch(4, { title: 'T' })).body).toMatchObject({ title: 'T', finished_at: expect.any(String) })
  expect((await patch(3, { title: 'T' })).status).toBe(200)
  const { body } = await world.ask('ka', '/v1/sessions')
  expect(body.data.map(({ id }: { id: string }) => id)).not.toContain(publicSessionId(3))
})

test('5.4: 64 keys with the reserved ones', async () => {
  const tags = Array.from({ length: 64 }, (_, index) => `k${index}:v`)
  expect((await patch(1, { tags: tags.slice(1) })).status).toBe(200)
  expect((await patch(1, { tags })).status).toBe(400)
})

test('V27: deleting is for good, with messages and pins', async () => {
  await world.ask('kb', sessionPath(1, '/pin'), { method: 'PUT' })
  const remove = () => world.ask('ka', sessionPath(1), { method: 'DELETE', ...empty })
  const { status, text } = await remove()
  expect([status, text]).toEqual([204, ''])
  expect(await remove()).toMatchObject({ status: 404, body: notFound })
  expect(await world.ask('ka', sessionPath(1))).toMatchObject({ status: 404, body: notFound })
  const where = { organizationId: O, sessionId: sessionUuid(1) }
  expect([await world.store.message.count({ where }), await world.store.pin.count({ where })]).toEqual([0, 0])
})

test('V28: neither owner nor admin, an evaluation, not visible', async () => {
  const remove = async (key: Key, n: number) => {
    const { status, body } = await world.ask(key, sessionPath(n), { method: 'DELETE' })
    return [status, body]
  }
  expect(await remove('kb', 1)).toEqual([403, { error: 'Forbidden' }])
  expect(await remove('kb', 4)).toEqual([409, { error: expect.any(String) }])
  expect(await remove('ka', 6)).toEqual([404, notFound])
  await world.store.workspaceMember.updateMany({
    where: { organizationId: O, userId: '00000000-0000-0000-0000-0000000000c2' },
    data: { role: 'ADMIN' },
  })
  expect(await remove('kb', 1)).toEqual([204, null])
})
