import { randomUUID } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../../src/domain/tenancy/api-key.js'
import { callRest, type RestRequest } from '../../support/rest-client.js'
import {
  type DreadnodeWorld,
  type Person,
  seedDreadnodeWorld,
  sessionId,
} from '../../support/rest-dreadnode-world.js'

let world: DreadnodeWorld
beforeEach(async () => {
  world = await seedDreadnodeWorld()
})

/** Asks below `/api/v1`, with `acme` standing for the organization's own key. */
function ask(who: Person | { key: string } | null, path: string, request: RestRequest = {}) {
  const key = who === null ? null : typeof who === 'string' ? world.keys[who] : who.key
  const headers = { ...(key === null ? {} : { 'x-api-key': key }), ...request.headers }
  return callRest(world.rest, `/api/v1${path.replace('/acme', `/${world.slug}`)}`, { ...request, headers })
}

const post = (who: Person, json: unknown) => ask(who, '/org/acme/ws/red/projects', { method: 'POST', json })
const remove = (who: Person, key: string) =>
  ask(who, `/org/acme/ws/red/projects/${key}`, { method: 'DELETE' })

async function newKey(key: object): Promise<{ key: string }> {
  const secret = generateSecret()
  await createApiKey(
    world.store,
    { organizationId: world.organizationId, userId: null, name: 'k', ...key },
    secret,
  )
  return { key: secret }
}

test('100: a session tells the id, the key and the name of its project', async () => {
  const { body } = await world.ask('bob', `/sessions/${sessionId(1)}`)
  expect(body).toMatchObject({ project_id: world.projects.P1, project_key: 'p1', project_name: 'P1' })
  expect(Object.keys(body)).toHaveLength(28)
})

test('101: who calls; nobody; a key without a user', async () => {
  const { status, body } = await ask('bob', '/user')
  expect([status, body]).toEqual([
    200,
    {
      ...{ id: world.users.bob, email_address: `bob@${world.slug}.example`, username: `bob-${world.slug}` },
      ...{ full_name: 'bob', first_name: null, last_name: null, onboarding_complete: true },
      ...{ email_opt_in: false, is_platform_admin: false, features: [], groups: [], teams: [], limits: null },
    },
  ])
  const nobody = await ask(null, '/user')
  expect([nobody.status, nobody.body.type]).toEqual([401, 'authentication_error'])
  const service = await newKey({ workspaceId: world.workspaceId })
  expect((await ask(service, '/user')).status).toBe(403)
  expect((await ask(service, '/user/preferences')).body).toEqual({})
})

test('101: any valid key asks who calls, one without scopes to read too', async () => {
  const writeOnly = await newKey({ userId: world.users.bob, scopes: ['sessions:write'] })
  const statuses = await Promise.all(
    [
      '/user',
      '/user/organizations',
      '/user/preferences?org=acme',
      '/org/acme',
      '/org/acme/ws',
      '/org/acme/ws/red',
    ].map(async (path) => (await ask(writeOnly, path)).status),
  )
  expect(statuses).toEqual([200, 200, 200, 403, 403, 403])
})

test('102: the organization of the key, and no other', async () => {
  const { status, body } = await ask('bob', '/org/acme')
  expect([status, body]).toEqual([
    200,
    {
      ...{ id: world.organizationId, name: 'Acme', key: world.slug, description: null, is_active: true },
      ...{ allow_external_invites: false, max_members: 0, member_count: 5, plan_type: null },
      ...{ permissions: { create_workspace: false, manage_members: false }, can_manage_members: false },
      ...{ created_at: expect.any(String), updated_at: expect.any(String) },
      ...{ effective_max_sandbox_runtime_seconds: 0, effective_default_sandbox_runtime_seconds: 0 },
      ...{ platform_max_sandbox_runtime_seconds: 0, platform_default_sandbox_runtime_seconds: 0 },
      ...{ max_sandbox_runtime_source_level: 'platform', default_sandbox_runtime_source_level: 'platform' },
    },
  ])
  expect((await ask('bob', '/user/organizations')).body).toEqual([body])
  const other = await ask('bob', '/org/other')
  expect([other.status, other.body.detail]).toEqual([404, 'Organization not found'])
})

test('103: the workspaces in which the caller has a role', async () => {
  const keysOf = async (who: Person) => (await ask(who, '/org/acme/ws')).body.map(({ key }: any) => key)
  expect([await keysOf('bob'), await keysOf('eve')]).toEqual([['red'], ['blue']])
  expect((await ask('bob', '/org/other/ws')).body.detail).toBe('Organization not found')
})

test('104: a workspace of the caller, and no other', async () => {
  const { status, body } = await ask('bob', '/org/acme/ws/red')
  expect([status, body]).toEqual([
    200,
    {
      ...{ id: world.workspaceId, name: 'red', key: 'red', description: null, created_by: null },
      ...{
        org_id: world.organizationId,
        org_name: 'Acme',
        is_active: true,
        is_default: true,
        project_count: 3,
      },
      ...{ created_at: expect.any(String), updated_at: expect.any(String) },
    },
  ])
  const refused = await ask('eve', '/org/acme/ws/red')
  expect([refused.status, refused.body.detail]).toEqual([404, 'Workspace not found'])
})

test('105: projects, the default one first, by key or uuid', async () => {
  const list = await ask('bob', '/org/acme/ws/red/projects')
  expect(list.body.map(({ key }: any) => key)).toEqual(['default', 'p1', 'p2'])
  // S1, S2, S5, S7, S8: archived ones and those of evaluations count, private ones of others do not.
  expect(list.body.map(({ resource_counts: counts }: any) => counts.sessions)).toEqual([0, 5, 2])
  const one = await ask('bob', '/org/acme/ws/red/projects/default')
  expect([one.status, one.body]).toEqual([
    200,
    {
      ...{ id: expect.any(String), key: 'default', name: 'Default', description: null, is_default: true },
      ...{ workspace_id: world.workspaceId, runtime_count: 0 },
      ...{ created_at: expect.any(String), updated_at: expect.any(String) },
      resource_counts: { sessions: 0, sandboxes: 0, evaluations: 0, airt_assessments: 0 },
    },
  ])
  expect((await ask('bob', `/org/acme/ws/red/projects/${world.projects.P1}`)).body.key).toBe('p1')
  const none = await ask('bob', '/org/acme/ws/red/projects/nope')
  expect([none.status, none.body.detail]).toEqual([404, 'Project not found'])
})

test('106: a project gets its key from its name once; READ creates none', async () => {
  const made = await post('bob', { name: 'New one' })
  expect([made.status, made.body.key, made.body.name]).toEqual([200, 'new-one', 'New one'])
  const again = await post('bob', { name: 'New one' })
  expect([again.status, again.body.type]).toEqual([409, 'conflict_error'])
  expect((await post('dan', { name: 'New one' })).status).toBe(403)
  expect((await post('bob', { name: '日本' })).body.key).toMatch(/^project-[0-9a-f]{8}$/)
  expect((await post('bob', { name: 'x', key: 'own', description: 'For x.' })).body).toMatchObject({
    key: 'own',
    description: 'For x.',
  })
})

test.each([
  [{}, ['body', 'name'], 'missing'],
  [{ name: '' }, ['body', 'name'], 'string_too_short'],
  [{ name: 'x'.repeat(256) }, ['body', 'name'], 'string_too_long'],
  [{ name: 'x', key: 'No slug' }, ['body', 'key'], 'string_pattern_mismatch'],
  [{ name: 'x', key: randomUUID() }, ['body', 'key'], 'value_error'],
  [{ name: 'x', description: 'x'.repeat(2001) }, ['body', 'description'], 'string_too_long'],
])('106: %j is refused by name', async (json, loc, type) => {
  const { status, body } = await post('bob', json)
  expect([status, body.errors]).toEqual([422, [{ loc, type, msg: expect.any(String) }]])
})

test('107: the default project stays, and one with sessions; an empty one goes', async () => {
  expect((await remove('ana', 'default')).status).toBe(409)
  // S4 is private of cat: that it is there is told on purpose.
  await world.store.session.deleteMany({
    where: { organizationId: world.organizationId, id: { in: [sessionId(3), sessionId(6)] } },
  })
  expect((await remove('ana', 'p2')).status).toBe(409)
  await post('bob', { name: 'empty' })
  expect((await remove('bob', 'empty')).status).toBe(403)
  expect([(await remove('ana', 'empty')).status, (await remove('ana', 'empty')).status]).toEqual([204, 404])
})

test('107: a project that a group belongs to stays', async () => {
  const { body } = await post('bob', { name: 'Grouped' })
  await world.ask('bob', '/sessions/groups', {
    method: 'POST',
    json: { kind: 'workflow', project_id: body.id },
  })
  expect((await remove('ana', 'grouped')).status).toBe(409)
})

describe('108: spans are counted and dropped', () => {
  const errorMessage = 'Traces are not stored here'
  const resourceSpans = [
    { scopeSpans: [{ spans: [{ name: 'a' }, { name: 'b' }] }] },
    { resource: {}, scopeSpans: [{ scope: {}, spans: [{ name: 'c' }] }, {}] },
  ]
  const path = '/org/acme/otel/traces'

  /** ExportTraceServiceRequest with three spans, as its schema numbers the fields. */
  function encoded(): Uint8Array {
    const message = (...parts: [field: number, bytes: Uint8Array][]) => {
      const writer = new BinaryWriter()
      for (const [field, bytes] of parts) writer.tag(field, WireType.LengthDelimited).bytes(bytes)
      return writer.finish()
    }
    const span = message([5, Buffer.from('a span')])
    const resource = message([1, message()])
    const scopes = message(
      [1, resource],
      [2, message([1, resource], [2, span], [2, span])],
      [2, message([2, span])],
    )
    return message([1, scopes], [1, message([1, resource])])
  }

  function send(body: Uint8Array, headers: Record<string, string>): Promise<Response> {
    const request = new Request(`http://gateway.test/api/v1${path.replace('acme', world.slug)}`, {
      method: 'POST',
      headers: { 'x-api-key': world.keys.bob, ...headers },
      body: new Uint8Array(body),
    })
    return Promise.resolve(world.rest.fetch(request))
  }

  test('JSON', async () => {
    const { status, body } = await ask('bob', path, { method: 'POST', json: { resourceSpans } })
    expect([status, body]).toEqual([200, { partialSuccess: { rejectedSpans: 3, errorMessage } }])
  })

  test.each(['identity', 'gzip'])('protobuf, %s', async (encoding) => {
    const bytes = encoding === 'gzip' ? gzipSync(encoded()) : encoded()
    const answer = await send(bytes, {
      'content-type': 'application/x-protobuf',
      ...(encoding === 'gzip' ? { 'content-encoding': 'gzip' } : {}),
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-protobuf'])
    expect(answer.headers.get('x-request-id')).not.toBe('')

    const reader = new BinaryReader(new Uint8Array(await answer.arrayBuffer()))
    expect(reader.tag()).toEqual([1, WireType.LengthDelimited])
    const success = new BinaryReader(reader.bytes())
    expect([success.tag(), Number(success.int64())]).toEqual([[1, WireType.Varint], 3])
    expect([success.tag(), success.string()]).toEqual([[2, WireType.LengthDelimited], errorMessage])
  })

  test('what cannot be read is refused, and so is what grows past the limit', async () => {
    const protobuf = { 'content-type': 'application/x-protobuf' }
    const statuses = await Promise.all([
      send(Buffer.from([0xff, 0xff]), protobuf),
      send(encoded(), { ...protobuf, 'content-encoding': 'gzip' }),
      send(encoded(), { ...protobuf, 'content-encoding': 'br' }),
      send(Buffer.from('{'), { 'content-type': 'application/json' }),
      send(gzipSync(Buffer.alloc(17 * 1024 * 1024)), { ...protobuf, 'content-encoding': 'gzip' }),
    ])
    expect(statuses.map(({ status }) => status)).toEqual([422, 422, 422, 422, 400])
    expect(gunzipSync(gzipSync(encoded()))).toHaveLength(encoded().length)
  })

  test('of another organization is 404, for nobody 401', async () => {
    const request = { method: 'POST', json: { resourceSpans } }
    expect((await ask('bob', '/org/other/otel/traces', request)).status).toBe(404)
    expect((await ask(null, path, request)).status).toBe(401)
  })
})

describe('109: evaluations and items by a unique prefix', () => {
  const evaluation = 'abcdef01-0000-4000-8000-000000000001'
  const item = '12345678-0000-4000-8000-000000000001'
  const refer = (n: number, evaluationId: string, evaluationItemId: string) =>
    world.store.session.updateMany({
      where: { organizationId: world.organizationId, id: sessionId(n) },
      data: { evaluationId, evaluationItemId },
    })
  const read = (who: Person, evaluationPrefix: string, itemPrefix: string) =>
    world.ask(who, `/evaluation/${evaluationPrefix}/items/${itemPrefix}/transcript`)

  test('109: one match is it, several are 409, none and no prefix are 404', async () => {
    await refer(5, evaluation, item)
    const found = await read('bob', 'abcdef01', '12345678')
    expect([found.status, found.body.session.id]).toEqual([200, sessionId(5)])
    expect((await read('bob', evaluation.toUpperCase(), '1234-5678')).status).toBe(200)

    await refer(2, 'abcdef01-ffff-4000-8000-000000000002', item)
    const several = await read('bob', 'abcdef01', '12345678')
    expect([several.status, several.body.detail]).toEqual([
      409,
      'Evaluation id prefix is ambiguous: 2 evaluations match',
    ])
    expect((await read('bob', 'abcdef01-0', '12345678')).status).toBe(200)
    for (const [one, other] of [
      ['abc', item],
      ['zzzz', item],
      [evaluation, '9999'],
      ['0000', item],
    ] as const)
      expect((await read('bob', one, other)).status).toBe(404)
  })

  test('109: what only unseen sessions refer to does not count', async () => {
    await refer(5, evaluation, item)
    await refer(4, 'abcdef01-ffff-4000-8000-000000000002', item)
    expect([
      (await read('bob', 'abcdef01', '1234')).status,
      (await read('cat', 'abcdef01', '1234')).status,
    ]).toEqual([200, 409])
  })
})
