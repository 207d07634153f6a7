import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { ask, type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const fields =
  'id uuid name shared filter view isCurrent owner { login } viewerCan { edit } createdAt updatedAt'
const save = `mutation S($input: SaveFilterInput!) { saveFilter(input: $input) { savedFilter { ${fields} } } }`
const remove =
  'mutation D($input: DeleteFilterInput!) { deleteFilter(input: $input) { deletedId deletedUuid } }'
const list = `query L($organization: String!, $workspace: String!, $first: Int, $after: String, $last: Int, $before: String) {
  workspace(organization: $organization, slug: $workspace) {
    savedFilters(first: $first, after: $after, last: $last, before: $before) {
      edges { node { ${fields} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`
const sessions = `query F($organization: String!, $workspace: String!, $filter: SessionFilter) {
  workspace(organization: $organization, slug: $workspace) { sessions(filter: $filter) { edges { node { uuid } } } } }`

async function saveAs(
  member: Pick<Member, 'graphql'>,
  { place }: SeededWorkspace,
  input: Record<string, unknown>,
) {
  const { data, errors } = await member.graphql(save, {
    input: { ...place, id: randomUUID(), name: 'Mine', filter: {}, ...input },
  })
  return errors ? errors[0]!.extensions : data.saveFilter.savedFilter
}

async function deleteAs(member: Member, { place }: SeededWorkspace, id: string) {
  const { data, errors } = await member.graphql(remove, { input: { ...place, id } })
  return errors ? errors[0]!.extensions.code : data.deleteFilter.deletedUuid
}

async function listAs(member: Member, { place }: SeededWorkspace, page: object = {}) {
  const { data } = await member.graphql(list, { ...place, ...page })
  return data.workspace.savedFilters.edges.map(({ node }: any) => node)
}
const names = (filters: any[]) => filters.map(({ name }) => name)

describe('a saved filter', () => {
  test('reads back in the words of the input, and narrows as it did when it is sent again', async () => {
    const seeded = await seedWorkspace()
    const { bob, projectId } = seeded
    const filter = {
      projects: [projectId],
      origins: ['USER', 'WORKER'],
      visibility: 'PRIVATE',
      archived: 'ANY',
      labels: [{ key: 'env', values: ['prod'] }],
      search: '100%',
    }
    const hit = await saveSession(seeded, bob, {
      ...{ projectId, title: '100% done' },
      labels: [{ key: 'env', values: ['prod'] }],
    })
    await saveSession(seeded, bob, { title: '100% done' })
    const saved = await saveAs(bob, seeded, { filter })

    expect(saved).toMatchObject({ name: 'Mine', shared: false, isCurrent: true, owner: { login: bob.login } })
    expect(saved.filter).toMatchObject(filter)
    const again = await bob.graphql(sessions, { ...seeded.place, filter: saved.filter })
    expect(again.data.workspace.sessions.edges).toEqual([{ node: { uuid: hit } }])
  })

  test('is saved anew under its id; repeating that changes nothing, updatedAt included', async () => {
    const seeded = await seedWorkspace()
    const id = randomUUID()
    const first = await saveAs(seeded.bob, seeded, { id, filter: { search: 'a' } })
    expect(await saveAs(seeded.bob, seeded, { id, filter: { search: 'a' } })).toEqual(first)
    const changed = await saveAs(seeded.bob, seeded, { id, name: 'Yours', filter: { search: 'b' } })
    expect(changed).toMatchObject({ uuid: id, name: 'Yours', createdAt: first.createdAt })
    expect(changed.updatedAt > first.updatedAt).toBe(true)
    expect(await listAs(seeded.bob, seeded)).toEqual([changed])
  })

  test('keeps the view of the client that saved it as it is, and none where the next save gives none', async () => {
    const seeded = await seedWorkspace()
    const id = randomUUID()
    const view = 'last=7d&agent=%E2%9C%93&sort=cost'
    const first = await saveAs(seeded.bob, seeded, { id, view })
    expect(first.view).toBe(view)
    expect(await saveAs(seeded.bob, seeded, { id, view })).toEqual(first)
    const moved = await saveAs(seeded.bob, seeded, { id, view: 'last=30d' })
    expect(moved.view).toBe('last=30d')
    expect(moved.updatedAt > first.updatedAt).toBe(true)
    expect((await saveAs(seeded.bob, seeded, { id })).view).toBeNull()
    expect((await saveAs(seeded.bob, seeded, { id, view: 'v'.repeat(8193) })).code).toBe('INVALID_INPUT')
    expect((await saveAs(seeded.bob, seeded, { id, view: 'a\u0000b' })).code).toBe('INVALID_INPUT')
  })

  test('that holds a member which the input no longer has is told apart, as it was saved', async () => {
    const seeded = await seedWorkspace()
    const { uuid } = await saveAs(seeded.bob, seeded, {})
    const { organizationId, store } = seeded
    const filter = { colour: 'red' }
    await store.savedFilter.update({
      where: { organizationId_id: { organizationId, id: uuid } },
      data: { filter },
    })
    expect(await listAs(seeded.bob, seeded)).toMatchObject([{ filter, isCurrent: false }])
  })

  test('is its owner’s alone until it is shared; then members read it, and its owner and admins edit it', async () => {
    const seeded = await seedWorkspace()
    const { ana, bob, cat, dan, eve } = seeded
    const { uuid, id } = await saveAs(bob, seeded, {})
    const node = `query N($id: ID!) { node(id: $id) { id ... on SavedFilter { viewerCan { edit } } } }`
    const nodeAs = async (member: Member) => (await member.graphql(node, { id })).data.node
    for (const member of [ana, cat, dan, eve]) expect(await nodeAs(member)).toBeNull()
    expect(await listAs(ana, seeded)).toEqual([])
    expect(await deleteAs(ana, seeded, uuid)).toBe('NOT_FOUND')
    expect(await saveAs(cat, seeded, { id: uuid })).toMatchObject({ code: 'CONFLICT' })

    await saveAs(bob, seeded, { id: uuid, shared: true })
    const edit = async (member: Member) => (await nodeAs(member))?.viewerCan.edit
    expect([await edit(bob), await edit(ana), await edit(cat), await edit(dan)]).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(await nodeAs(eve)).toBeNull()
    expect(await deleteAs(cat, seeded, uuid)).toBe('FORBIDDEN')
    expect(await saveAs(cat, seeded, { id: uuid })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await saveAs(ana, seeded, { id: uuid, name: 'Ours' })).toMatchObject({
      name: 'Ours',
      shared: true,
      owner: { login: bob.login },
    })
    expect(await deleteAs(ana, seeded, uuid)).toBe(uuid)
    expect(await deleteAs(bob, seeded, uuid)).toBe('NOT_FOUND')
  })

  test('is for readers too, but sharing takes WRITE; keys need their scope, and a user', async () => {
    const seeded = await seedWorkspace()
    const { organizationId, workspaceId, store, yoga, bob, dan } = seeded
    const keyed = async (
      key: Pick<Parameters<typeof createApiKey>[1], 'userId' | 'scopes' | 'workspaceId'>,
    ) => {
      const secret = generateSecret()
      await createApiKey(store, { organizationId, name: 'k', ...key }, secret)
      return { graphql: (query: string, variables?: object) => ask(yoga, secret, query, { ...variables }) }
    }
    expect(await saveAs(dan, seeded, {})).toMatchObject({ name: 'Mine', viewerCan: { edit: true } })
    expect(await saveAs(dan, seeded, { name: 'Ours', shared: true })).toMatchObject({ code: 'FORBIDDEN' })
    const reading = await keyed({ userId: bob.userId, scopes: ['sessions:read'] })
    const service = await keyed({ userId: null, workspaceId })
    expect(await saveAs(reading, seeded, {})).toMatchObject({ code: 'FORBIDDEN' })
    expect(await saveAs(service, seeded, {})).toMatchObject({ code: 'FORBIDDEN' })
    const writing = await keyed({ userId: dan.userId, scopes: ['sessions:write'] })
    expect((await writing.graphql(list, seeded.place)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

test.each([
  [{ name: ' ' }, ['name']],
  [{ name: 'x'.repeat(101) }, ['name']],
  [{ name: 'a\u0000' }, ['name']],
  [{ filter: { agents: ['\ud800'] } }, ['filter']],
  [{ filter: { agents: ['x'.repeat(16_384)] } }, ['filter']],
])('%j is refused with the field named, and saves nothing', async (input, path) => {
  const seeded = await seedWorkspace()
  const { code, issues } = await saveAs(seeded.bob, seeded, input)
  expect([code, issues?.[0].path.slice(0, 1)]).toEqual(['INVALID_INPUT', path])
  expect(await listAs(seeded.bob, seeded)).toEqual([])
})

test('what the filter’s input type does not take is not saved', async () => {
  const seeded = await seedWorkspace()
  for (const filter of [{ colour: 'red' }, { origins: ['NOPE'] }, 'x', null])
    expect(await saveAs(seeded.bob, seeded, { filter })).toMatchObject({ code: 'BAD_USER_INPUT' })
})

test('a name is one filter of a user, at most 200 are one user’s, however many are saved at once', async () => {
  const seeded = await seedWorkspace()
  const { bob, cat, organizationId, workspaceId, store } = seeded
  const answers = await Promise.all(Array.from({ length: 6 }, () => saveAs(bob, seeded, { name: 'Same' })))
  expect(answers.map(({ code }) => code ?? 'saved').toSorted()).toEqual([
    ...Array(5).fill('CONFLICT'),
    'saved',
  ])
  expect(await saveAs(cat, seeded, { name: 'Same' })).toMatchObject({ name: 'Same' })
  await store.savedFilter.createMany({
    data: Array.from({ length: 198 }, (_, n) => ({
      ...{ organizationId, workspaceId, id: randomUUID(), ownerId: bob.userId, name: `n${n}`, filter: {} },
    })),
  })
  const last = await Promise.all(['x', 'y', 'z'].map((name) => saveAs(bob, seeded, { name })))
  expect(last.filter(({ code }) => code === undefined)).toHaveLength(1)
  expect(await store.savedFilter.count({ where: { organizationId, ownerId: bob.userId } })).toBe(200)
})

test('they page by name in both directions, own and shared ones together', async () => {
  const seeded = await seedWorkspace()
  for (const name of ['b', 'B', 'ä', 'a']) await saveAs(seeded.bob, seeded, { name })
  await saveAs(seeded.cat, seeded, { name: 'b', shared: true })
  await saveAs(seeded.cat, seeded, { name: 'hidden' })
  const all = await listAs(seeded.bob, seeded)
  expect(names(all)).toEqual(['B', 'a', 'b', 'b', 'ä'])
  const page = async (request: object) =>
    (await seeded.bob.graphql(list, { ...seeded.place, ...request })).data.workspace.savedFilters
  const forward: unknown[] = []
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo }: any = await page({ first: 2, after })
    forward.push(...edges.map(({ node }: any) => node))
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  expect(forward).toEqual(all)
  const { pageInfo } = await page({ last: 2 })
  const before = await page({ last: 3, before: pageInfo.startCursor })
  expect(before.edges.map(({ node }: any) => node)).toEqual(all.slice(0, 3))
  expect(before.pageInfo.hasPreviousPage).toBe(false)
})
