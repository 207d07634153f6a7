import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { ask, type Member, type SeededWorkspace, seedWorkspace } from '../support/seed.js'

const set = `mutation Set($input: SetWorkspaceMemberInput!) {
  setWorkspaceMember(input: $input) { member { role user { uuid login email } } } }`
const remove = `mutation Remove($input: RemoveWorkspaceMemberInput!) {
  removeWorkspaceMember(input: $input) { user { login } } }`
const create = `mutation Create($input: CreateWorkspaceInput!) {
  createWorkspace(input: $input) { workspace { slug name description isDefault viewerRole projects { edges { node { slug } } } } } }`
const update = `mutation Update($input: UpdateWorkspaceInput!) {
  updateWorkspace(input: $input) { workspace { slug name description } } }`

const rename = `mutation Rename($input: UpdateOrganizationInput!) {
  updateOrganization(input: $input) { organization { slug name description } } }`

/** The answer's data, or the code of its refusal. */
async function run(member: Pick<Member, 'graphql'>, query: string, input: object): Promise<any> {
  const { data, errors } = await member.graphql(query, { input })
  return errors?.[0]?.extensions.code ?? Object.values(data)[0]
}
const rolesOf = async ({ store, organizationId, workspaceId }: SeededWorkspace) =>
  Object.fromEntries(
    (
      await store.workspaceMember.findMany({
        where: { organizationId, workspaceId },
        include: { user: true },
      })
    ).map(({ user, role }) => [user.fullName ?? user.email, role]),
  )
const actsOf = async ({ store, organizationId }: SeededWorkspace) =>
  (await store.auditEntry.findMany({ where: { organizationId }, orderBy: { at: 'asc' } })).map(
    ({ act, outcome }) => `${act} ${outcome}`,
  )

describe('an admin of a workspace', () => {
  test('adds, changes and removes members, by e-mail address, login or uuid, each noted in the audit', async () => {
    const seeded = await seedWorkspace()
    const { ana, dan, eve, cat, place } = seeded
    const email = `New-${randomUUID()}@example.com`
    const added = await run(ana, set, { ...place, user: email, role: 'WRITE' })
    expect(added.member).toMatchObject({ role: 'WRITE', user: { email: email.toLowerCase() } })
    expect((await run(ana, set, { ...place, user: email, role: 'READ' })).member.user).toEqual(
      added.member.user,
    )
    await run(ana, set, { ...place, user: dan.login, role: 'ADMIN' })
    await run(ana, set, { ...place, user: eve.userId, role: 'READ' })
    await run(ana, remove, { ...place, user: cat.userId })
    expect(await rolesOf(seeded)).toEqual({
      ...{ ana: 'ADMIN', bob: 'WRITE', dan: 'ADMIN', eve: 'READ' },
      [email.toLowerCase()]: 'READ',
    })
    expect(await run(cat, set, { ...place, user: dan.login, role: 'READ' })).toBe('NOT_FOUND')
    expect((await actsOf(seeded)).filter((act) => /member/.test(act))).toEqual([
      ...Array(4).fill('set_member done'),
      'remove_member done',
      'set_member refused',
    ])
  })

  test('does not lose the workspace its last admin, by whatever way, nor by two at once', async () => {
    const seeded = await seedWorkspace()
    const { ana, bob, place } = seeded
    expect(await run(ana, set, { ...place, user: ana.login, role: 'WRITE' })).toBe('CONFLICT')
    expect(await run(ana, remove, { ...place, user: ana.login })).toBe('CONFLICT')
    await run(ana, set, { ...place, user: bob.login, role: 'ADMIN' })
    const answers = await Promise.all([
      run(ana, remove, { ...place, user: bob.login }),
      run(bob, remove, { ...place, user: ana.login }),
      run(ana, set, { ...place, user: ana.login, role: 'READ' }),
      run(bob, set, { ...place, user: bob.login, role: 'READ' }),
    ])
    expect(answers.some((answer) => typeof answer === 'string')).toBe(true)
    expect(Object.values(await rolesOf(seeded))).toContain('ADMIN')
  })

  test('is told nothing of people outside the organization but by their whole address', async () => {
    const [seeded, other] = [await seedWorkspace(), await seedWorkspace()]
    const { ana, place } = seeded
    for (const user of [other.bob.login, other.bob.userId, 'nobody', randomUUID(), 'a\u0000b', ''])
      for (const query of [set, remove])
        expect(await run(ana, query, { ...place, user, ...(query === set ? { role: 'READ' } : {}) })).toBe(
          'NOT_FOUND',
        )
    expect(await run(ana, remove, { ...place, user: `${other.bob.login}@example.com` })).toBe('NOT_FOUND')
    expect(await run(ana, set, { ...place, user: 'no address@', role: 'READ' })).toBe('INVALID_INPUT')
    expect(await run(ana, remove, { ...place, user: seeded.eve.login })).toBe('NOT_FOUND')
  })

  test('makes a workspace with its default project and is its admin, and changes name and description', async () => {
    const seeded = await seedWorkspace()
    const { ana, place } = seeded
    const { organization } = place
    const made = await run(ana, create, {
      organization,
      slug: 'second',
      name: 'Second',
      description: 'For tests',
    })
    expect(made.workspace).toEqual({
      ...{ slug: 'second', name: 'Second', description: 'For tests', isDefault: false, viewerRole: 'ADMIN' },
      projects: { edges: [{ node: { slug: 'default' } }] },
    })
    const second = { organization, workspace: 'second' }
    expect(await run(ana, update, { ...second, name: 'Other' })).toEqual({
      workspace: { slug: 'second', name: 'Other', description: 'For tests' },
    })
    expect((await run(ana, update, { ...second, description: null })).workspace.description).toBeNull()
    expect(await run(ana, create, { organization, slug: 'second' })).toBe('CONFLICT')
    for (const bad of [{ slug: 'No Slug' }, { slug: 'x', name: ' ' }, { slug: 'x', name: 'x'.repeat(256) }])
      expect(await run(ana, create, { organization, ...bad })).toBe('INVALID_INPUT')
    expect(await run(ana, create, { organization: 'elsewhere', slug: 'x' })).toBe('NOT_FOUND')
    expect((await actsOf(seeded)).filter((act) => /workspace done/.test(act))).toEqual([
      'create_workspace done',
      'update_workspace done',
      'update_workspace done',
    ])
  })
})

test('a key that enters one workspace makes no other, and what is refused is not there', async () => {
  const { ana, place, store, organizationId, workspaceId, yoga } = await seedWorkspace()
  const key = generateSecret()
  await createApiKey(store, { organizationId, userId: ana.userId, workspaceId, name: 'x' }, key)
  const bound = { graphql: (query: string, variables: any) => ask(yoga, key, query, variables) }
  const workspaces = () => store.workspace.count({ where: { organizationId } })
  const before = await workspaces()
  expect(await run(bound, create, { organization: place.organization, slug: 'third' })).toBe('FORBIDDEN')
  expect(await workspaces()).toBe(before)
})

test('neither writers, readers, strangers, service keys nor keys that only read administer anything', async () => {
  const seeded = await seedWorkspace()
  const { ana, bob, dan, eve, place, store, organizationId, workspaceId, yoga } = seeded
  const keyed = async (more: object) => {
    const key = generateSecret()
    await createApiKey(store, { organizationId, userId: null, workspaceId, name: 'x', ...more } as never, key)
    return { graphql: (query: string, variables: any) => ask(yoga, key, query, variables) }
  }
  const reading = await keyed({ userId: ana.userId, workspaceId: null, scopes: ['sessions:read'] })
  const service = await keyed({ scopes: ['sessions:read', 'sessions:write', 'sessions:evaluate'] })
  const before = await rolesOf(seeded)
  const attempts: [string, object][] = [
    [set, { ...place, user: bob.login, role: 'ADMIN' }],
    [remove, { ...place, user: bob.login }],
    [update, { ...place, name: 'x' }],
    [create, { organization: place.organization, slug: 'x' }],
  ]
  for (const [query, input] of attempts) {
    for (const caller of [bob, dan, service, reading])
      expect(await run(caller, query, input)).toBe('FORBIDDEN')
    expect(await run(eve, query, input)).toBe(query === create ? 'FORBIDDEN' : 'NOT_FOUND')
  }
  expect(await rolesOf(seeded)).toEqual(before)
})

describe('an organization', () => {
  test('is named and described by admins of its default workspace, each change noted in the audit', async () => {
    const seeded = await seedWorkspace()
    const { ana, bob, eve, place } = seeded
    const { organization } = place
    expect(await run(ana, rename, { organization, name: 'Acme', description: 'All of it' })).toEqual({
      organization: { slug: organization, name: 'Acme', description: 'All of it' },
    })
    expect((await run(ana, rename, { organization })).organization.name).toBe('Acme')
    expect((await run(ana, rename, { organization, description: null })).organization.description).toBeNull()
    for (const member of [bob, eve])
      expect(await run(member, rename, { organization, name: 'x' })).toBe('FORBIDDEN')
    for (const name of ['', ' ', 'x'.repeat(256)])
      expect(await run(ana, rename, { organization, name })).toBe('INVALID_INPUT')
    expect(await run(ana, rename, { organization: 'other', name: 'x' })).toBe('NOT_FOUND')
    expect((await actsOf(seeded)).filter((act) => act.endsWith('done'))).toEqual([
      'update_organization done',
      'update_organization done',
    ])
  })
})
