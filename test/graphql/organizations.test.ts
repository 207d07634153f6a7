import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { keyScopes, sessionScopes } from '../../src/domain/viewer.js'
import { ask, type SeededWorkspace, seedWorkspace } from '../support/seed.js'

const create = `mutation Create($input: CreateOrganizationInput!) { createOrganization(input: $input) {
  organization { uuid slug name description workspaceCount memberCount } defaultWorkspace secret } }`
const list = `query List($first: Int, $after: String, $last: Int, $before: String) {
  organizations(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { slug workspaceCount memberCount } } pageInfo { hasNextPage hasPreviousPage } } }`

/** Asks with a key of ana's organization. */
async function keyed({ store, organizationId, ana, yoga }: SeededWorkspace, more: object) {
  const key = generateSecret()
  const wanted = { organizationId, userId: ana.userId, name: 'x', ...more }
  await createApiKey(store, wanted as never, key)
  return async (query: string, variables: object): Promise<any> => {
    const { data, errors } = await ask(yoga, key, query, variables as never)
    return errors?.[0]?.extensions.code ?? Object.values(data)[0]
  }
}
const operator = (seeded: SeededWorkspace, more: object = {}) =>
  keyed(seeded, { scopes: ['organizations:manage'], ...more })
const entries = async ({ store }: SeededWorkspace, organizationId: string) =>
  (await store.auditEntry.findMany({ where: { organizationId }, orderBy: { seq: 'asc' } })).map(
    ({ act, outcome, userId, workspaceId }) => ({ act, outcome, userId, placed: workspaceId !== null }),
  )

describe('an operator', () => {
  test('makes an organization whose admin it is by a key that is told once, noted in both organizations', async () => {
    const seeded = await seedWorkspace()
    const { ana, yoga, organizationId } = seeded
    const slug = `new-${randomUUID().slice(0, 8)}`
    const expiresAt = new Date(Date.now() + 86_400_000)
    const asked = await operator(seeded, { expiresAt })
    const made = await asked(create, { input: { slug, name: 'New', description: 'For tests' } })
    const { organization, secret } = made
    expect(organization).toEqual({
      ...{ uuid: expect.any(String), slug, name: 'New', description: 'For tests' },
      ...{ workspaceCount: 1, memberCount: 1 },
    })
    expect(made.defaultWorkspace).toBe('main')

    const there = await ask(
      yoga,
      secret,
      '{ viewer { scopes user { login } organization { slug } workspaces { slug isDefault viewerRole apiKeys { edges { node { isViewers isBound expiresAt } } } } } }',
    )
    expect(there.data.viewer).toEqual({
      scopes: ['sessions:read', 'sessions:write'],
      user: { login: ana.login },
      organization: { slug },
      workspaces: [
        {
          ...{ slug: 'main', isDefault: true, viewerRole: 'ADMIN' },
          apiKeys: {
            edges: [{ node: { isViewers: true, isBound: false, expiresAt: expiresAt.toISOString() } }],
          },
        },
      ],
    })
    const done = { outcome: 'done', userId: ana.userId, placed: true }
    expect(await entries(seeded, organization.uuid)).toEqual(
      ['create_organization', 'create_workspace', 'set_member', 'create_key'].map((act) => ({
        act,
        ...done,
      })),
    )
    expect(await entries(seeded, organizationId)).toEqual([
      { act: 'create_organization', ...done, placed: false },
    ])
  })

  test('makes one for somebody else without a role or a key of its own', async () => {
    const seeded = await seedWorkspace()
    const { store, ana } = seeded
    const [slug, admin] = [`new-${randomUUID().slice(0, 8)}`, `First-${randomUUID()}@example.com`]
    const made = await (await operator(seeded))(create, { input: { slug, admin, defaultWorkspace: 'home' } })
    expect(made).toMatchObject({
      organization: { name: slug, memberCount: 1 },
      ...{ defaultWorkspace: 'home', secret: null },
    })
    const organizationId = made.organization.uuid
    const members = await store.workspaceMember.findMany({
      where: { organizationId },
      include: { user: true },
    })
    expect(members.map(({ role, user }) => [user.email, role])).toEqual([[admin.toLowerCase(), 'ADMIN']])
    expect(await store.apiKey.count({ where: { organizationId } })).toBe(0)
    expect(members.map(({ userId }) => userId)).not.toContain(ana.userId)
  })

  test('is refused what is taken or breaks a rule, and nothing of it stays', async () => {
    const seeded = await seedWorkspace()
    const { store, place } = seeded
    const asked = await operator(seeded)
    const slug = `new-${randomUUID().slice(0, 8)}`
    const before = await store.organization.count({ where: { slug: { startsWith: 'new-' } } })
    expect(await asked(create, { input: { slug: place.organization } })).toBe('CONFLICT')
    for (const bad of [
      ...[{ slug: 'No Slug' }, { slug: '' }, { slug, defaultWorkspace: 'No Slug' }, { slug, name: ' ' }],
      ...[
        { slug, description: 'x'.repeat(2001) },
        { slug, admin: seeded.bob.login },
        { slug, admin: 'no address@' },
      ],
    ])
      expect(await asked(create, { input: bad })).toBe('INVALID_INPUT')
    expect(await store.organization.count({ where: { slug: { startsWith: 'new-' } } })).toBe(before)
    const two = await Promise.all([asked(create, { input: { slug } }), asked(create, { input: { slug } })])
    expect(two.filter((answer) => answer === 'CONFLICT')).toHaveLength(1)
  })

  test('sees every organization by slug, page by page both ways, and nothing of what lies in them', async () => {
    const [seeded, other] = [await seedWorkspace(), await seedWorkspace()]
    const asked = await operator(seeded)
    const all: any[] = []
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo } = await asked(list, { first: 200, after })
      all.push(...edges)
      if (!pageInfo.hasNextPage) break
      after = edges.at(-1).cursor
    }
    const slugs = all.map(({ node }) => node.slug)
    expect(slugs).toEqual([...slugs].sort())
    for (const { place } of [seeded, other])
      expect(all.map(({ node }) => node)).toContainEqual({
        ...{ slug: place.organization, workspaceCount: 2, memberCount: 5 },
      })
    const at = slugs.indexOf(other.place.organization)
    const back = await asked(list, { last: 1, before: all[at].cursor })
    expect(back.edges.map(({ node }: any) => node.slug)).toEqual(slugs.slice(at - 1, at))
    expect(await asked(list, { after: 'bm9uZQ' })).toBe('INVALID_INPUT')
    expect(await asked('{ viewer { workspaces { sessions { edges { node { uuid } } } } } }', {})).toBe(
      'FORBIDDEN',
    )
  })
})

test('no other key sees or makes one, nor passes the scope on, whatever its role', async () => {
  const seeded = await seedWorkspace()
  const { workspaceId, place, store } = seeded
  const scopes = [...keyScopes]
  const others = await Promise.all([
    keyed(seeded, { scopes: [...sessionScopes] }),
    keyed(seeded, {}),
    keyed(seeded, { scopes, workspaceId }),
    keyed(seeded, { scopes, workspaceId, userId: null }),
  ])
  for (const asked of others) {
    expect(await asked(list, {})).toBe('FORBIDDEN')
    expect(await asked(create, { input: { slug: `new-${randomUUID()}` } })).toBe('FORBIDDEN')
  }
  const made = await keyed(seeded, { scopes }).then((asked) =>
    asked('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }', {
      input: { ...place, name: 'x', scopes: ['sessions:read', 'organizations:manage'] },
    }),
  )
  expect(made).toBe('INVALID_INPUT')
  const refused = await store.auditEntry.findMany({
    where: { organizationId: seeded.organizationId, act: 'create_organization' },
  })
  expect(refused.map(({ outcome }) => outcome)).toEqual(Array(4).fill('refused'))
})
