import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { type KeyScope, keyScopes } from '../../src/domain/viewer.js'
import { callRest } from '../support/rest-client.js'
import { type Operation, operations } from '../support/rest-document.js'
import { type DreadnodeWorld, seedDreadnodeWorld } from '../support/rest-dreadnode-world.js'
import { digestOfStore } from '../support/store-digest.js'

const SECRET = 'hush-hush'
/** What is asked without a key, or of the key itself, is another's of nobody. */
const ofSessions = operations.filter(({ path }) => path.includes('{org}') || path.startsWith('/v1/'))
const evaluated = { evaluationId: randomUUID(), evaluationItemId: randomUUID() }
const without = (scope: KeyScope) => keyScopes.filter((one) => one !== scope)

let world: DreadnodeWorld
let values: Record<string, string>
const keys = new Map<string, string>()

/** An admin's keys, and sessions of others with a secret in each text. */
beforeAll(async () => {
  world = await seedDreadnodeWorld()
  const { store, organizationId, users, workspaceId, ids } = world
  for (const scopes of keyScopes.flatMap((scope) => [[scope], without(scope)])) {
    const key = generateSecret()
    const made = { organizationId, userId: users.ana, name: 'scoped', scopes }
    await createApiKey(store, { ...made, defaultWorkspaceId: workspaceId }, key)
    keys.set(`${scopes}`, key)
  }
  const post = (path: string, json: unknown) => world.ask('bob', path, { method: 'POST', json })
  const group = await post('/sessions/groups', { kind: 'workflow', project_id: world.projects.P1 })
  await post(`/sessions/${ids[2]}/transcript`, { messages: [{ role: 'user', content: SECRET }] })
  const texts = { title: SECRET, agent: SECRET, model: SECRET, labels: [`${SECRET}:${SECRET}`] }
  await store.session.updateMany({ where: { organizationId, id: ids[2] }, data: { ...texts, ...evaluated } })
  values = {
    ...{ org: world.slug, workspace: 'red', session_id: ids[2] as string, group_id: group.body.id },
    ...{ id: `session_${ids[2]?.replaceAll('-', '')}`, project: 'default' },
    ...{ evaluation_id: evaluated.evaluationId, item_id: evaluated.evaluationItemId },
  }
})

function send(
  { method, path, body, bodyExample }: Operation,
  scopes: readonly KeyScope[],
  names: Record<string, string> = values,
) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? name)
  const named = { ...(bodyExample as Record<string, unknown>) }
  if ('session_ids' in named) named.session_ids = [world.ids[2]]
  if ('project_id' in named) named.project_id = world.projects.P1
  return callRest(world.rest, filled, {
    method,
    headers: { authorization: `Bearer ${keys.get(`${scopes}`)}` },
    ...(body === null ? {} : { json: named }),
  })
}

function scopeOf({ method, path }: Operation): KeyScope {
  if (method === 'GET') return 'sessions:read'
  return path.includes('evaluation') ? 'sessions:evaluate' : 'sessions:write'
}

test.each(ofSessions.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s refuses keys without its scope, which change and read nothing',
  async (_name, operation) => {
    const needed = scopeOf(operation)
    const before = await digestOfStore(world.store, world.organizationId)
    for (const scopes of [without(needed), ...without(needed).map((scope) => [scope])]) {
      const { status, text } = await send(operation, scopes)
      expect([scopes, status]).toEqual([scopes, 403])
      expect(text).not.toContain(SECRET)
    }
    expect(await digestOfStore(world.store, world.organizationId)).toEqual(before)
  },
)

test.each(
  ofSessions
    .filter(({ method }) => method !== 'GET')
    .map((operation) => [`${operation.method} ${operation.path}`, operation] as const),
)('%s tells a key that may not read nothing of others', async (_name, operation) => {
  const before = await digestOfStore(world.store, world.organizationId)
  const { status, text } = await send(operation, without('sessions:read'))
  expect(text).not.toContain(SECRET)
  if (status >= 400) expect(await digestOfStore(world.store, world.organizationId)).toEqual(before)
})

const own = new Set(['org', 'workspace'])
/** What names something within a workspace; Everruns' contract has 404 of a session before 403 (its section 2.5). */
const named = ofSessions.filter(
  ({ path }) =>
    path.includes('{workspace}') &&
    [...path.matchAll(/\{(\w+)\}/g)].some(([, name]) => !own.has(name as string)),
)

test.each(named.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s tells a key without its scope not whether what it names is there',
  async (_name, operation) => {
    const nobody = randomUUID()
    const absent = Object.fromEntries(
      Object.keys(values).map((name) => [
        name,
        name === 'id' ? `session_${nobody.replaceAll('-', '')}` : nobody,
      ]),
    )
    const { org, workspace } = values
    const scopes = without(scopeOf(operation))
    const there = await send(operation, scopes)
    const nowhere = await send(operation, scopes, { ...absent, org, workspace } as Record<string, string>)
    expect([nowhere.status, nowhere.body.detail]).toEqual([there.status, there.body.detail])
  },
)
