import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openColumns } from '../support/columns.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { recordStatements } from '../support/store.js'

async function count(
  { place }: SeededWorkspace,
  viewer: Member,
  selection: string,
  args = '(mode: ALL_FILTERS)',
) {
  const answer = await viewer.graphql(
    `query Count($organization: String!, $workspace: String!) {
      workspace(organization: $organization, slug: $workspace) { sessionFacets${args} { ${selection} } }
    }`,
    place,
  )
  return { facets: answer.data?.workspace?.sessionFacets, issue: answer.errors?.[0]?.extensions }
}

test('an owner or a project that is gone is left out, and not in totalCount', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId, bob, cat, projectId } = seeded
  for (const owner of [bob, cat]) await saveSession(seeded, owner, { visibility: 'WORKSPACE', projectId })
  await store.user.delete({ where: { id: cat.userId } })
  await store.project.delete({ where: { organizationId_id: { organizationId, id: projectId } } })

  const { facets } = await count(
    seeded,
    seeded.dan,
    'users { edges { node { login } count } totalCount } projects { edges { count } totalCount } visibility { value count }',
  )

  expect(facets).toEqual({
    users: { edges: [{ node: { login: bob.login }, count: 1 }], totalCount: 1 },
    projects: { edges: [], totalCount: 0 },
    visibility: [{ value: 'WORKSPACE', count: 2 }],
  })
})

test('owners are found by login, full name or e-mail address, projects by slug or name, in any case', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId, workspaceId, bob, cat } = seeded
  await store.user.update({ where: { id: bob.userId }, data: { fullName: 'Émile Bobson', email: 'x@b.org' } })
  const project = { organizationId, workspaceId, id: randomUUID(), slug: 'web', name: 'Front end' }
  await store.project.create({ data: project })
  await saveSession(seeded, bob, { visibility: 'WORKSPACE', projectId: project.id })
  await saveSession(seeded, cat, { visibility: 'WORKSPACE', projectId: seeded.projectId })
  const find = async (users: string, projects: string) => {
    const { facets } = await count(
      seeded,
      seeded.dan,
      `users(prefix: "${users}") { edges { node { login } } } projects(prefix: "${projects}") { edges { node { slug } } }`,
    )
    return [...facets.users.edges, ...facets.projects.edges].map(({ node }) => node.login ?? node.slug)
  }

  expect(await find('BOB-', 'WEB')).toEqual([bob.login, 'web'])
  expect(await find('émile', 'front')).toEqual([bob.login, 'web'])
  expect(await find('X@B', 'sea')).toEqual([bob.login, 'search'])
  expect(await find('bobson', 'end')).toEqual([])
})

test.each([['counted in columns'], ['counted in the database']])(
  'a value is found by any part of its text, in any case, %s',
  async (where) => {
    const columns = where === 'counted in columns' ? await openColumns() : null
    const seeded = await seedWorkspace({ columns })
    const { store, organizationId, workspaceId, bob, dan } = seeded
    await store.user.update({
      where: { id: bob.userId },
      data: { fullName: 'Zoë Émile Straße' },
    })
    const project = { organizationId, workspaceId, id: randomUUID(), slug: 'web', name: 'Front end' }
    await store.project.create({ data: project })
    for (const agent of ['acme/Größe-100%', 'acme/coder', 'grosser'])
      await saveSession(seeded, bob, { visibility: 'WORKSPACE', projectId: project.id, agent })
    await columns?.ready(seeded)
    const find = async (text: string) => {
      const asked = `(search: ${JSON.stringify(text)})`
      const { facets } = await count(
        seeded,
        dan,
        `agents${asked} { edges { node { value } } totalCount } users${asked} { edges { node { login } } }
        projects${asked} { edges { node { slug } } }`,
      )
      expect(facets.agents.totalCount).toBe(facets.agents.edges.length)
      return [...facets.agents.edges, ...facets.users.edges, ...facets.projects.edges].map(
        ({ node }) => node.value ?? node.login ?? node.slug,
      )
    }

    expect(await find('GRÖSSE')).toEqual(['acme/Größe-100%'])
    expect(await find('größe')).toEqual(['acme/Größe-100%'])
    expect(await find(' ME/C ')).toEqual(['acme/coder'])
    expect(await find('0%')).toEqual(['acme/Größe-100%'])
    expect(await find('_')).toEqual([])
    expect(await find('STRASSE')).toEqual([bob.login])
    expect(await find('ËMILE')).toEqual([])
    expect(await find('ë é')).toEqual([bob.login])
    expect(await find('NT E')).toEqual(['web'])
    expect(await find(' ')).toHaveLength(5)
  },
)

test.each([['counted in columns'], ['counted in the database']])(
  'owners of one count come by name, also a page at a time, %s',
  async (where) => {
    const columns = where === 'counted in columns' ? await openColumns() : null
    const seeded = await seedWorkspace({ columns })
    const { ana, bob, cat, store, organizationId, workspaceId } = seeded
    // Their uuids stand the other way round than their names.
    const owners = [ana, bob, cat].map(({ userId }) => userId).toSorted()
    const names = ['z', 'y', 'x'].map((letter) => `${letter}-${seeded.place.organization}`)
    for (const [index, id] of owners.entries()) {
      await store.user.update({ where: { id }, data: { username: names[index] as string } })
      const own = { organizationId, workspaceId, id: randomUUID(), ownerId: id, model: 'm' }
      await store.session.createMany({ data: { ...own, visibility: 'workspace' } })
    }
    await columns?.ready(seeded)
    const found: string[] = []
    for (let after: string | null = null; found.length < 5; ) {
      const page = `users(first: 1${after === null ? '' : `, after: "${after}"`})`
      const { facets } = await count(
        seeded,
        ana,
        `${page} { edges { cursor node { login } } pageInfo { hasNextPage } }`,
      )
      const { edges, pageInfo } = facets.users
      found.push(...edges.map(({ node }: { node: { login: string } }) => node.login))
      if (!pageInfo.hasNextPage) break
      after = edges[0].cursor
    }
    expect(found).toEqual(names.toReversed())
  },
)

test('a prefix finds nobody whose sessions the viewer does not see', async () => {
  const seeded = await seedWorkspace()
  await saveSession(seeded, seeded.bob, { visibility: 'PRIVATE', agent: 'secret' })

  const { facets } = await count(
    seeded,
    seeded.ana,
    'users(prefix: "bob") { totalCount } agents(prefix: "s") { totalCount } labels { key }',
  )

  expect(facets).toEqual({ users: { totalCount: 0 }, agents: { totalCount: 0 }, labels: [] })
})

test('a session with two values of a label key counts in both, and a value with a colon stays whole', async () => {
  const seeded = await seedWorkspace()
  await saveSession(seeded, seeded.bob, { labels: [{ key: 'env', values: ['a:b', 'prod'] }] })
  await saveSession(seeded, seeded.bob, { labels: [{ key: 'env', values: ['prod'] }] })

  const { facets } = await count(seeded, seeded.bob, 'labels { key edges { node { value } count } }')

  expect(facets.labels).toEqual([
    {
      key: 'env',
      edges: [
        { node: { value: 'prod' }, count: 2 },
        { node: { value: 'a:b' }, count: 1 },
      ],
    },
  ])
})

test('all dimensions at once, under aliases with arguments of their own, are one statement in either mode', async () => {
  const seeded = await seedWorkspace()
  await saveSession(seeded, seeded.bob, { agent: 'coder', labels: [{ key: 'env', values: ['prod'] }] })
  const page = '{ edges { count } totalCount remainingCount pageInfo { endCursor } }'
  const small = `agents ${page}`
  const large = `a: agents(first: 1) ${page} b: agents(prefix: "c") ${page} models ${page} users ${page} projects ${page}
    labels ${page} c: labels(keys: ["env"], first: 0) ${page} origins { value } visibility { value } archived { value }
    frozen { value }`
  const filter =
    'agents: ["coder"], owners: [], visibility: PRIVATE, frozen: false, labels: [{ key: "env", values: ["prod"] }]'

  for (const mode of ['ALL_FILTERS', 'OWN_FILTER_EXCLUDED'])
    for (const selection of [small, large]) {
      const recording = recordStatements()
      const { issue } = await count(seeded, seeded.bob, selection, `(mode: ${mode}, filter: { ${filter} })`)
      expect(issue).toBeUndefined()
      expect(recording.stop().filter((statement) => /from sessions\b/.test(statement))).toHaveLength(1)
    }
})

test('a page of no values still tells how many there are', async () => {
  const seeded = await seedWorkspace()
  for (const agent of ['a', 'b', 'c']) await saveSession(seeded, seeded.bob, { agent })

  const { facets } = await count(
    seeded,
    seeded.bob,
    'agents(first: 0) { edges { count } totalCount remainingCount pageInfo { hasNextPage endCursor } }',
  )

  expect(facets.agents).toEqual({
    edges: [],
    totalCount: 3,
    remainingCount: 3,
    pageInfo: { hasNextPage: true, endCursor: null },
  })
})

test('bad arguments are INVALID_INPUT, name the argument, and leave the other dimensions alone', async () => {
  const seeded = await seedWorkspace()
  for (const agent of ['a', 'b']) await saveSession(seeded, seeded.bob, { agent })
  const { facets } = await count(seeded, seeded.bob, 'agents { pageInfo { endCursor } }')
  const cursor = facets.agents.pageInfo.endCursor
  const forged = Buffer.from(JSON.stringify(['agents', null, 1.5, '', 'a'])).toString('base64url')

  for (const [selection, path] of [
    ['agents(first: -1) { totalCount }', 'first'],
    ['agents(first: 1001) { totalCount }', 'first'],
    ['agents(last: 1001) { totalCount }', 'last'],
    ['agents(first: 1, before: "x") { totalCount }', 'before'],
    ['agents(after: "x") { totalCount }', 'after'],
    [`agents(after: "${forged}") { totalCount }`, 'after'],
    [`models(after: "${cursor}") { totalCount }`, 'after'],
    [`labels(after: "${cursor}", keys: ["env"]) { totalCount }`, 'after'],
    [`labels(after: "${cursor}") { totalCount }`, 'after'],
    [`agents(prefix: "${'x'.repeat(256)}") { totalCount }`, 'prefix'],
    ['agents(prefix: "\\u0000") { totalCount }', 'prefix'],
    [`agents(search: "${'x'.repeat(256)}") { totalCount }`, 'search'],
    ['agents(search: "\\u0000") { totalCount }', 'search'],
    [`labels(keys: [${'"k" '.repeat(101)}]) { totalCount }`, 'keys'],
    ['labels(keys: ["\\u0000"]) { totalCount }', 'keys'],
  ] as const) {
    const { issue } = await count(seeded, seeded.bob, `${selection} users { totalCount }`)
    expect(issue, selection).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: expect.arrayContaining([path]) }],
    })
  }
})
