import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { raw, sql } from '../../src/db/sql.js'
import { createApiKey, findViewer, generateSecret } from '../../src/domain/tenancy/api-key.js'
import type { KeyScope } from '../../src/domain/viewer.js'
import { ask, type Member, type SeededWorkspace, seedWorkspace } from '../support/seed.js'

const fields =
  'id uuid name prefix scopes isBound isViewers user { login } createdAt expiresAt revokedAt lastUsedAt'
const create = `mutation C($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { ${fields} } } }`
const revoke = `mutation R($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { ${fields} } } }`
const list = `query L($organization: String!, $workspace: String!, $includeRevoked: Boolean! = false, $first: Int, $after: String) {
  workspace(organization: $organization, slug: $workspace) {
    apiKeys(includeRevoked: $includeRevoked, first: $first, after: $after) {
      edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } } }`

type Asking = Pick<Member, 'graphql'>

async function createAs(member: Asking, { place }: SeededWorkspace, input: object = {}) {
  const { data, errors } = await member.graphql(create, {
    input: { ...place, name: 'CI', scopes: ['sessions:read'], ...input },
  })
  return errors ? errors[0]!.extensions : data.createApiKey
}

async function revokeAs(member: Asking, { place }: SeededWorkspace, id: string) {
  const { data, errors } = await member.graphql(revoke, { input: { ...place, id } })
  return errors ? errors[0]!.extensions.code : data.revokeApiKey.apiKey
}

async function listAs(member: Asking, { place }: SeededWorkspace, more: object = {}) {
  const { data, errors } = await member.graphql(list, { ...place, ...more })
  return errors ? errors[0]!.extensions.code : data.workspace.apiKeys.edges.map(({ node }: any) => node)
}

const holding = ({ yoga }: SeededWorkspace, key: string): Asking => ({
  graphql: (query, variables) => ask(yoga, key, query, variables),
})

const entered = async (member: Asking, { place }: SeededWorkspace, workspace = place.workspace) =>
  (
    await member.graphql(
      'query($o: String!, $w: String!) { workspace(organization: $o, slug: $w) { slug } }',
      {
        o: place.organization,
        w: workspace,
      },
    )
  ).errors?.[0]?.extensions.code ?? 'entered'

describe('a key that an admin makes', () => {
  test('lets its holder in as its maker, in this workspace alone and within its scopes', async () => {
    const seeded = await seedWorkspace()
    const { ana, store, organizationId } = seeded
    const other = await store.workspace.findFirstOrThrow({ where: { organizationId, slug: 'other' } })
    await store.workspaceMember.createMany({
      data: { organizationId, workspaceId: other.id, userId: ana.userId, role: 'READ' },
    })
    const { secret, apiKey } = await createAs(ana, seeded)
    const holder = holding(seeded, secret)

    expect(apiKey).toMatchObject({
      ...{ name: 'CI', scopes: ['sessions:read'], isBound: true, isViewers: false, expiresAt: null },
      ...{ user: { login: ana.login }, prefix: secret.slice(0, 12), lastUsedAt: null, revokedAt: null },
    })
    expect(await entered(holder, seeded)).toBe('entered')
    expect(await entered(ana, seeded, 'other')).toBe('entered')
    expect(await entered(holder, seeded, 'other')).toBe('NOT_FOUND')
    const { errors } = await holder.graphql(
      'mutation($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }',
      { input: { ...seeded.place, id: crypto.randomUUID(), model: 'gpt-5' } },
    )
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  test('is told once: neither a list, nor a node, nor the store has the secret afterwards', async () => {
    const seeded = await seedWorkspace()
    const { secret, apiKey } = await createAs(seeded.ana, seeded)
    const listed = await seeded.ana.graphql(list, seeded.place)
    const node = await seeded.ana.graphql(`{ node(id: "${apiKey.id}") { ... on ApiKey { ${fields} } } }`)
    const stored = await seeded.store.apiKey.findUniqueOrThrow({ where: { id: apiKey.uuid } })

    expect(node.data.node).toEqual(apiKey)
    for (const told of [listed, node, stored]) expect(JSON.stringify(told)).not.toContain(secret.slice(12))
  })

  test('marks its use, to the minute, and is refused from the moment on at which it expires or is revoked', async () => {
    const seeded = await seedWorkspace()
    const { secret, apiKey } = await createAs(seeded.ana, seeded, {
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    })
    const holder = holding(seeded, secret)
    const lastUse = async () =>
      (await listAs(seeded.ana, seeded)).find(({ uuid }: any) => uuid === apiKey.uuid).lastUsedAt
    await entered(holder, seeded)
    const first = await lastUse()
    await entered(holder, seeded)
    expect(Date.now() - Date.parse(first)).toBeLessThan(30_000)
    expect(await lastUse()).toBe(first)

    await seeded.store.apiKey.update({ where: { id: apiKey.uuid }, data: { expiresAt: new Date(0) } })
    expect(await entered(holder, seeded)).toBe('UNAUTHENTICATED')
    await seeded.store.apiKey.update({ where: { id: apiKey.uuid }, data: { expiresAt: null } })
    expect(await entered(holder, seeded)).toBe('entered')
    const revoked = await revokeAs(seeded.ana, seeded, apiKey.uuid)
    expect(revoked.revokedAt).not.toBeNull()
    expect(await entered(holder, seeded)).toBe('UNAUTHENTICATED')
    expect(await revokeAs(seeded.ana, seeded, apiKey.uuid)).toEqual(revoked)
  })

  test('without a user owns nothing, and makes no further key', async () => {
    const seeded = await seedWorkspace()
    const scopes = ['sessions:read', 'sessions:write']
    const { secret, apiKey } = await createAs(seeded.ana, seeded, { service: true, scopes })
    expect(apiKey.user).toBeNull()
    const holder = holding(seeded, secret)
    expect(await entered(holder, seeded)).toBe('entered')
    expect((await createAs(holder, seeded)).code).toBe('FORBIDDEN')
  })
})

describe('the keys of a workspace', () => {
  test('are for admins alone; to others none is told, made or revoked', async () => {
    const seeded = await seedWorkspace()
    const { apiKey } = await createAs(seeded.ana, seeded)
    for (const member of [seeded.bob, seeded.dan]) {
      expect(await listAs(member, seeded)).toBe('FORBIDDEN')
      expect((await createAs(member, seeded)).code).toBe('FORBIDDEN')
      expect(await revokeAs(member, seeded, apiKey.uuid)).toBe('FORBIDDEN')
      const { data } = await member.graphql(`{ node(id: "${apiKey.id}") { id } }`)
      expect(data.node).toBeNull()
    }
    expect(await listAs(seeded.eve, seeded)).toBe('NOT_FOUND')
  })

  test('are those bound to it and the admin’s own unbound ones; those of others are as none at all', async () => {
    const seeded = await seedWorkspace()
    const { ana, store, organizationId } = seeded
    const other = await store.workspace.findFirstOrThrow({ where: { organizationId, slug: 'other' } })
    const elsewhere = await createApiKey(
      store,
      { organizationId, userId: null, workspaceId: other.id, name: 'elsewhere' },
      generateSecret(),
    )
    const bobs = await store.apiKey.findFirstOrThrow({ where: { userId: seeded.bob.userId } })
    const { apiKey } = await createAs(ana, seeded, { name: 'bound' })

    const listed = await listAs(ana, seeded)
    expect(listed.map(({ name, isBound, isViewers }: any) => [name, isBound, isViewers])).toEqual([
      ['bound', true, false],
      ['test', false, true],
    ])
    for (const id of [elsewhere.id, bobs.id, crypto.randomUUID()])
      expect(await revokeAs(ana, seeded, id)).toBe('NOT_FOUND')
    await revokeAs(ana, seeded, apiKey.uuid)
    expect((await listAs(ana, seeded)).map(({ name }: any) => name)).toEqual(['test'])
    expect((await listAs(ana, seeded, { includeRevoked: true })).map(({ name }: any) => name)).toEqual([
      'bound',
      'test',
    ])
  })

  test('come in pages, newest first, each once', async () => {
    const seeded = await seedWorkspace()
    for (const name of ['a', 'b', 'c', 'd']) await createAs(seeded.ana, seeded, { name })
    const found: string[] = []
    for (let after: string | null = null; ; ) {
      const { data }: any = await seeded.ana.graphql(list, { ...seeded.place, first: 2, after })
      const { edges, pageInfo } = data.workspace.apiKeys
      found.push(...edges.map(({ node }: any) => node.name))
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(found).toHaveLength(5)
    expect([...found].sort()).toEqual(['a', 'b', 'c', 'd', 'test'])
  })

  test('what breaks a rule is INVALID_INPUT that names it, and makes nothing', async () => {
    const seeded = await seedWorkspace()
    for (const [input, path] of [
      [{ name: ' ' }, 'name'],
      [{ name: 'x'.repeat(101) }, 'name'],
      [{ scopes: [] }, 'scopes'],
      [{ scopes: ['sessions:everything'] }, 'scopes'],
      [{ scopes: ['sessions:read', 'sessions:import'] }, 'scopes'],
      [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ] as const)
      expect(await createAs(seeded.ana, seeded, input)).toMatchObject({
        code: 'INVALID_INPUT',
        issues: [{ path: [path] }],
      })
    expect(await listAs(seeded.ana, seeded)).toHaveLength(1)
  })

  test('a key that only reads makes and revokes none, though its user is an admin', async () => {
    const seeded = await seedWorkspace()
    const scopes: KeyScope[] = ['sessions:read']
    const { secret, apiKey } = await createAs(seeded.ana, seeded, { scopes })
    const reader = holding(seeded, secret)
    expect((await createAs(reader, seeded)).code).toBe('FORBIDDEN')
    expect(await revokeAs(reader, seeded, apiKey.uuid)).toBe('FORBIDDEN')
    expect(await listAs(reader, seeded)).toHaveLength(2)
  })
})

test.skipIf(inject('postgresql') === null || inject('postgresql')?.citus)(
  'a key opens also while a server that its use is written to cannot be reached',
  async () => {
    const { store, organizationId, bob } = await seedWorkspace()
    onTestFinished(async () => {
      await store.$executeRaw(sql`drop function refuse_marks() cascade`)
    })
    await store.$executeRaw(
      raw(`create function refuse_marks() returns trigger language plpgsql as $$ begin
        if old.organization_id = '${organizationId}' then raise 'no node' using errcode = '08006'; end if;
        return new; end $$`),
    )
    await store.$executeRaw(
      sql`create trigger refuse_marks before update on api_keys for each row execute function refuse_marks()`,
    )

    expect(await findViewer(store, bob.key)).toMatchObject({ state: 'valid', viewer: { userId: bob.userId } })
  },
)
