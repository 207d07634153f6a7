import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { createApiKey, generateSecret, revokeApiKey } from '../../src/domain/tenancy/api-key.js'
import { listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import { openTestStore, recordStatements } from '../support/store.js'

// Making the embedded store may take longer than a test.
beforeAll(async () => {
  await openTestStore()
})

const query = `query Role($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) { viewerRole } }`

/** What a key gets: its role, or the code of the refusal. */
async function roleOf(url: string, { place }: SeededWorkspace, key: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': key },
    body: JSON.stringify({ query, variables: place }),
  })
  const { data, errors } = (await response.json()) as any
  return errors?.[0].extensions.code ?? data.workspace.viewerRole
}

async function createKey({ store, organizationId, workspaceId, bob }: SeededWorkspace) {
  const secret = generateSecret()
  const { id } = await createApiKey(
    store,
    { organizationId, workspaceId, userId: bob.userId, name: 'short-lived' },
    secret,
  )
  return { id, secret }
}

test.each([
  ['at once when nothing is remembered', '0', 0],
  ['within the time that keys are remembered', '300', 300],
])('a revoked key and a role that was taken away end %s', async (_name, ACCESS_MEMORY_MS, patienceMs) => {
  const gateway = await listenOnTestStore({ ACCESS_MEMORY_MS })
  try {
    const seeded = await seedWorkspace()
    const { store, organizationId, workspaceId, cat } = seeded
    const { id, secret } = await createKey(seeded)
    expect(await roleOf(gateway.url, seeded, secret)).toBe('WRITE')
    expect(await roleOf(gateway.url, seeded, cat.key)).toBe('WRITE')
    await revokeApiKey(store, id)
    await store.workspaceMember.deleteMany({ where: { organizationId, workspaceId, userId: cat.userId } })
    await setTimeout(patienceMs)
    expect(await roleOf(gateway.url, seeded, secret)).toBe('UNAUTHENTICATED')
    expect(await roleOf(gateway.url, seeded, cat.key)).toBe('NOT_FOUND')
  } finally {
    await gateway.close()
  }
})

test('a key and its workspace are looked up once for many requests, and a refusal each time', async () => {
  const gateway = await listenOnTestStore({ ACCESS_MEMORY_MS: '5000' })
  try {
    const seeded = await seedWorkspace()
    const { secret } = await createKey(seeded)
    await roleOf(gateway.url, seeded, secret)
    // Of all callers: what a request over HTTP asks is in the line of calls of none of them.
    const recording = recordStatements('all')
    for (const _ of [1, 2, 3]) expect(await roleOf(gateway.url, seeded, secret)).toBe('WRITE')
    const lookUps = recording.stop().filter((one) => /join workspace_members m|from api_keys k/.test(one))
    expect(lookUps).toEqual([])

    const unknown = { ...seeded, place: { ...seeded.place, workspace: randomUUID() } }
    expect(await roleOf(gateway.url, unknown, secret)).toBe('NOT_FOUND')
    await seeded.store.workspace.update({
      where: { organizationId_id: { organizationId: seeded.organizationId, id: seeded.workspaceId } },
      data: { slug: unknown.place.workspace },
    })
    expect(await roleOf(gateway.url, unknown, secret)).toBe('WRITE')
  } finally {
    await gateway.close()
  }
})

test('what is remembered of one key never serves another', async () => {
  const gateway = await listenOnTestStore({ ACCESS_MEMORY_MS: '5000' })
  try {
    const [one, other] = [await seedWorkspace(), await seedWorkspace()]
    expect(await roleOf(gateway.url, one, one.ana.key)).toBe('ADMIN')
    expect(await roleOf(gateway.url, one, one.dan.key)).toBe('READ')
    expect(await roleOf(gateway.url, one, one.eve.key)).toBe('NOT_FOUND')
    expect(await roleOf(gateway.url, one, other.ana.key)).toBe('NOT_FOUND')
    expect(await roleOf(gateway.url, one, `${one.ana.key}x`)).toBe('UNAUTHENTICATED')
  } finally {
    await gateway.close()
  }
})

test('what a gateway changes of roles and names counts there at once, however long it remembers', async () => {
  const gateway = await listenOnTestStore({ ACCESS_MEMORY_MS: '5000' })
  try {
    const seeded = await seedWorkspace()
    const { place, ana, cat } = seeded
    const ask = async (key: string, query: string, variables: object) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-API-Key': key },
        body: JSON.stringify({ query, variables }),
      })
      const { data, errors } = (await response.json()) as any
      expect(errors).toBeUndefined()
      return data
    }
    const named = `query Named($organization: String!, $workspace: String!) {
      workspace(organization: $organization, slug: $workspace) { name description } }`
    await ask(ana.key, named, place)
    expect(await roleOf(gateway.url, seeded, cat.key)).toBe('WRITE')

    const texts = { name: 'Robots of the lab', description: 'arms and grippers' }
    const update = `mutation Update($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { workspace { name } } }`
    await ask(ana.key, update, { input: { ...place, ...texts } })
    expect(await ask(ana.key, named, place)).toEqual({ workspace: texts })

    const set = `mutation Set($input: SetWorkspaceMemberInput!) { setWorkspaceMember(input: $input) { member { role } } }`
    await ask(ana.key, set, { input: { ...place, user: cat.userId, role: 'READ' } })
    expect(await roleOf(gateway.url, seeded, cat.key)).toBe('READ')
  } finally {
    await gateway.close()
  }
})

test('a revoked key and a changed role are in force at another gateway within that time, however often it is asked', async () => {
  const memoryMs = 1000
  const [here, there] = [await listenOnTestStore(), await listenOnTestStore()]
  try {
    const seeded = await seedWorkspace()
    const { place, ana, cat } = seeded
    const { id, secret } = await createKey(seeded)
    /** When the last request that was answered as before was sent. */
    const lastSent = async (url: string, key: string, after: string) => {
      for (let sent = 0, next = performance.now(); ; sent = next, next = performance.now())
        if ((await roleOf(url, seeded, key)) === after) return sent
    }
    const change = async (query: string, input: object) => {
      const answer = await fetch(`${here.url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-API-Key': ana.key },
        body: JSON.stringify({ query, variables: { input: { ...place, ...input } } }),
      })
      expect(((await answer.json()) as any).errors).toBeUndefined()
      return performance.now()
    }
    const changes = [
      {
        ...{ key: secret, after: 'UNAUTHENTICATED', input: { id } },
        query: `mutation Revoke($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { uuid } } }`,
      },
      {
        ...{ key: cat.key, after: 'READ', input: { user: cat.userId, role: 'READ' } },
        query: `mutation Set($input: SetWorkspaceMemberInput!) { setWorkspaceMember(input: $input) { member { role } } }`,
      },
    ]
    for (const { key, after, query, input } of changes) {
      for (const { url } of [here, there]) expect(await roleOf(url, seeded, key)).toBe('WRITE')
      const last = Promise.all([here, there].map(({ url }) => lastSent(url, key, after)))
      await setTimeout(200)
      const changedAt = await change(query, input)
      const [own, other] = (await last) as [number, number]
      expect(own).toBeLessThan(changedAt)
      expect(other).toBeLessThan(changedAt + memoryMs)
    }
  } finally {
    for (const gateway of [here, there]) await gateway.close()
  }
})
