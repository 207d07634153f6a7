import { beforeAll, expect, test } from 'vitest'
import {
  type EverrunsWorld,
  type Key,
  publicSessionId,
  seedEverrunsWorld,
} from '../../support/rest-everruns-world.js'

let world: EverrunsWorld
beforeAll(async () => {
  world = await seedEverrunsWorld()
})

const A = 'agent_32c714bce4285b78a33e3c679b8f750a'
const zeros = `agent_${'0'.repeat(32)}`

/** The sessions of a list as S1 … S7, in order, and the total. */
async function list(key: Key, query = '', headers: Record<string, string> = {}) {
  const { status, body } = await world.ask(key, `/v1/sessions${query}`, { headers })
  expect([status, body]).toEqual([200, expect.anything()])
  expect(Object.keys(body)).toEqual(['data', 'total', 'offset', 'limit'])
  return `${body.data.map(({ id }: { id: string }) => `S${Number(id.slice(-2))}`).join(',')} of ${body.total}`
}

async function row(n: number, key: Key = 'ka') {
  const { body } = await world.ask(key, '/v1/sessions')
  return body.data.find(({ id }: { id: string }) => id === publicSessionId(n))
}

test.each<[string, Key, string, string]>([
  ['V1: all workspaces of the caller, all origins, own private ones', 'ka', '', 'S5,S4,S2,S1 of 4'],
  ['V1: of a member of one workspace', 'kb', '', 'S6,S4,S1 of 3'],
  ['V1: a key without a user owns nothing', 'ks', '', 'S4,S1 of 2'],
  ['V1: another organization', 'kx', '', 'S7 of 1'],
  ['V4: an agent', 'ka', `?agent_id=${A}`, 'S5,S1 of 2'],
  ['V4: an agent whose name is its id', 'ka', '?agent_id=agent_01933b5a000070008000000000000001', 'S4 of 1'],
  ['V4: zeros find sessions without an agent', 'ka', `?agent_id=${zeros}`, 'S2 of 1'],
  [
    'V5: the same name in another organization',
    'ka',
    '?agent_id=agent_1269008089c45da29d8ed5db0a84919b',
    ' of 0',
  ],
  ['V5: a badly formed id', 'ka', '?agent_id=agent_coder', ' of 0'],
  ['V5: upper-case digits', 'ka', '?agent_id=agent_32C714BCE4285B78A33E3C679B8F750A', ' of 0'],
  ['V7: a word in any case', 'ka', '?search=login', 'S5,S4,S1 of 3'],
  ['V7: words in any order', 'ka', '?search=+login++FIX+', 'S1 of 1'],
  ['V7: a percent sign means itself', 'ka', '?search=100%25', 'S1 of 1'],
  ['V7: an underscore means itself', 'ka', '?search=_', ' of 0'],
  ['V7: blank is no filter', 'ka', '?search=%20', 'S5,S4,S2,S1 of 4'],
  [
    'V8: filters combine, unknown keys are ignored',
    'ka',
    `?search=login&agent_id=${A}&limit=1&tag=x`,
    'S5 of 2',
  ],
])('%s', async (_rule, key, query, expected) => {
  expect(await list(key, query)).toBe(expected)
})

test.each<[string, Record<string, string>, number, string | undefined]>([
  ['V2: a bearer key', { authorization: 'Bearer ka' }, 200, undefined],
  ['V2: another scheme word in any case', { authorization: 'apikey ka' }, 200, undefined],
  ['V2: absent', {}, 401, 'Authentication required'],
  ['2.2: blank', { authorization: '  ' }, 401, 'Authentication required'],
  ['V2: another scheme', { authorization: 'Basic ka' }, 401, 'Invalid authorization header'],
  ['2.2: three words', { authorization: 'Bearer ka ka' }, 401, 'Invalid authorization header'],
  ['2.2: a scheme alone', { authorization: 'ApiKey' }, 401, 'Invalid authorization header'],
  ['V2: an unknown key', { authorization: 'sgw_unknown' }, 401, 'Invalid API key'],
  ['2.2: another header is not read', { 'x-api-key': 'ka' }, 401, 'Authentication required'],
  [
    'V3: the own organization',
    { authorization: 'ka', 'x-org-id': 'org_00000000000000000000000000000001' },
    200,
    undefined,
  ],
  [
    'V3: another organization',
    { authorization: 'ka', 'x-org-id': 'org_00000000000000000000000000000002' },
    404,
    'Organization not found',
  ],
  ['V3: no organization id', { authorization: 'ka', 'x-org-id': 'acme' }, 401, 'Invalid organization ID'],
  [
    '2.5: who calls comes before the organization',
    { authorization: 'x', 'x-org-id': 'acme' },
    401,
    'Invalid API key',
  ],
])('%s', async (_rule, headers, status, error) => {
  const filled = Object.fromEntries(
    Object.entries(headers).map(([k, v]) => [k, v.replace(/\bka\b/g, world.keys.ka)]),
  )
  const answer = await world.ask(null, '/v1/sessions', { headers: filled })
  expect([answer.status, answer.body.error]).toEqual([status, error])
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('content-type')).toBe('application/json')
})

test.each([
  ['V6: a name', '?agent_id=coder'],
  ['V6: empty', '?agent_id='],
  ['V6: another kind of id', '?agent_id=session_01933b5a000070008000000000000001'],
  ['2.1: a known key twice', '?search=a&search=a'],
  ['2.1: NUL', '?search=%00'],
  ['5.1: 201 characters', `?search=${'x'.repeat(201)}`],
  ['2.1: malformed percent-encoding', '?search=%zz'],
])('%s is 400 in JSON, but 401 first', async (_rule, query) => {
  const { status, body, text } = await world.ask('ka', `/v1/sessions${query}`)
  expect([status, Object.keys(body)]).toEqual([400, ['error']])
  expect(text.length).toBeLessThan(200)
  expect((await world.ask(null, `/v1/sessions${query}`)).status).toBe(401)
})

test('V9: tags, ids, status, previews, times and usage of a row', async () => {
  expect(await row(1)).toEqual({
    id: publicSessionId(1),
    organization_id: 'org_00000000000000000000000000000001',
    agent_id: A,
    model_id: 'model_adfea84062ae582885fd83099245c3af',
    status: 'idle',
    title: 'Fix LOGIN 100%',
    tags: ['alpha', 'beta', 'env:eu', 'env:prod'],
    preview: 'Hi\nthere',
    output_preview: 'Done.',
    created_at: '2026-02-07T10:01:00.000Z',
    updated_at: expect.stringMatching(/Z$/),
    started_at: '2026-02-07T10:01:05.000Z',
    usage: { input_tokens: 120, output_tokens: 30, cache_read_tokens: 7 },
  })
})

test('V10: what a session lacks is left out, never null', async () => {
  const { text } = await world.ask('ka', '/v1/sessions')
  expect(text).not.toContain('null')
  const { status, tags, agent_id: agent, ...others } = await row(2)
  expect([status, tags, agent]).toEqual(['started', [], zeros])
  expect(Object.keys(others).sort()).toEqual(['created_at', 'id', 'organization_id', 'updated_at'])
})

test('4.3: in the list, a frozen session is idle and has its end; its agent id is passed through', async () => {
  expect(await row(4)).toMatchObject({
    status: 'idle',
    finished_at: '2026-02-08T00:00:00.000Z',
    agent_id: 'agent_01933b5a000070008000000000000001',
  })
})

test('1.1: HEAD answers as GET without a body; a JSON content type without a body is fine', async () => {
  const headers = { 'content-type': 'application/json' }
  const { status, text } = await world.ask('ka', '/v1/sessions', { method: 'HEAD', headers })
  expect([status, text]).toEqual([200, ''])
  expect(await list('ka', '', headers)).toBe('S5,S4,S2,S1 of 4')
})
