import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import {
  type DreadnodeWorld,
  type Person,
  seedDreadnodeWorld,
  sessionId,
} from '../../support/rest-dreadnode-world.js'

let world: DreadnodeWorld
beforeAll(async () => {
  world = await seedDreadnodeWorld()
})

const keys = [
  ...[
    'id',
    'workspace_id',
    'user_id',
    'created_by',
    'title',
    'agent',
    'model',
    'origin',
    'visibility',
    'labels',
  ],
  ...[
    'message_count',
    'preview_text',
    'usage',
    'project_id',
    'project_key',
    'project_name',
    'runtime_id',
    'group_id',
    'group',
  ],
  ...['created_at', 'updated_at', 'last_message_at', 'archived_at', 'frozen_at', 'frozen_by', 'shared_at'],
  ...['shared_by', 'pinned_at'],
]

test('32: an ambiguous prefix is 409 with the number of matches and no id', async () => {
  const { status, body } = await world.ask('bob', '/sessions/1111')
  expect([status, body.type]).toEqual([409, 'conflict_error'])
  expect(body.detail).toBe('Session id prefix is ambiguous: 2 sessions match')
})

test('33: a prefix is matched among visible sessions only', async () => {
  const { status, body } = await world.ask('cat', '/sessions/1111')
  expect([status, body.id]).toEqual([200, sessionId(2)])
})

test.each<[string, string, number, Person]>([
  ['34: a prefix with hyphens', '2222-0000', 200, 'bob'],
  ['34: a prefix without hyphens', '22220000', 200, 'bob'],
  ['34: a prefix of 3 characters', '222', 404, 'bob'],
  ['34: no hex digits', 'zzzz', 404, 'bob'],
  [
    '1.6: a full id without hyphens, in upper case',
    sessionId(3).replaceAll('-', '').toUpperCase(),
    200,
    'bob',
  ],
  ['1.6: a full id in upper case', sessionId(3).toUpperCase(), 200, 'bob'],
  ['1.6: more than 32 hex digits', `${sessionId(3)}0`, 404, 'bob'],
  ['1.6: archived sessions count for prefixes', '6666', 200, 'bob'],
  ['1.6: workload sessions count for prefixes', '4444', 200, 'bob'],
])('%s', async (_rule, id, status, caller) => {
  const answer = await world.ask(caller, `/sessions/${id}`)
  expect([answer.status, answer.body.type]).toEqual([status, status === 200 ? undefined : 'not_found_error'])
})

test('35: an invisible session and none at all get equal answers', async () => {
  const [invisible, unknown] = [
    await world.ask('bob', `/sessions/${sessionId(4)}`),
    await world.ask('bob', `/sessions/${randomUUID()}`),
  ]
  expect([invisible.status, invisible.text]).toEqual([404, unknown.text])
  expect(unknown.body).toEqual({ code: 404, detail: 'Session not found', type: 'not_found_error' })
})

test('36: the bare object with its 28 keys; limit is ignored', async () => {
  const { status, body } = await world.ask('bob', `/sessions/${sessionId(1)}?limit=1000&after_sequence=x`)
  expect(status).toBe(200)
  expect(Object.keys(body).sort()).toEqual([...keys].sort())
  expect(body).toMatchObject({
    id: sessionId(1),
    workspace_id: world.workspaceId,
    user_id: world.users.bob,
    created_by: { id: world.users.bob, username: `bob-${world.slug}`, full_name: 'bob' },
    title: 'Fix login',
    origin: 'user',
    visibility: 'private',
    labels: { env: ['prod'], team: ['core', 'infra'] },
    message_count: 4,
    project_id: world.projects.P1,
    project_name: 'P1',
    group: null,
    shared_at: null,
    shared_by: null,
    pinned_at: null,
  })
})

test('1.2: timestamps have six fraction digits and Z', async () => {
  const { body } = await world.ask('bob', `/sessions/${sessionId(8)}`)
  for (const name of ['created_at', 'updated_at', 'last_message_at', 'frozen_at', 'shared_at'])
    expect(body[name]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
})

test('2.2: the usage of an empty transcript is zeros', async () => {
  const { body } = await world.ask('bob', `/sessions/${sessionId(1)}`)
  const { last_generation_input_tokens: last, ...others } = body.usage
  expect([last, Object.keys(others).length, new Set(Object.values(others))]).toEqual([null, 15, new Set([0])])
})

test('2.1: the owner is kept when the account is gone', async () => {
  const own = await seedDreadnodeWorld()
  await own.store.user.delete({ where: { id: own.users.cat } })
  const { body } = await own.ask('bob', `/sessions/${sessionId(3)}`)
  expect([body.user_id, body.created_by]).toEqual([own.users.cat, null])
  expect((await own.ask('bob', '/sessions/facets')).body.users).toHaveLength(1)
})

test('1.1: HEAD answers as GET without the body', async () => {
  const { status, text, headers } = await world.ask('bob', `/sessions/${sessionId(1)}`, { method: 'HEAD' })
  expect([status, text, headers.get('content-type')]).toEqual([200, '', 'application/json'])
})
