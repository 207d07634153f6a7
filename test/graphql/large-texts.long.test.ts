import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const MIB = 2 ** 20
const word = 'hippopotamus'

let seeded: SeededWorkspace
let bob: Member
beforeAll(async () => {
  seeded = await seedWorkspace()
  bob = seeded.bob
})

const appending = `mutation Append($input: AppendTranscriptInput!) {
  appendTranscript(input: $input) { session { transcript(first: 1) { edges { node { id } } } } } }`

async function append(id: string, messages: object[], context?: object): Promise<string> {
  const { data, errors } = await bob.graphql(appending, {
    input: { ...seeded.place, id, messages, ...(context && { context }) },
  })
  if (errors) throw new Error(JSON.stringify(errors))
  return data.appendTranscript.session.transcript.edges[0].node.id
}

const said = (mebibytes: number) => ({ role: 'USER', content: `${word} `.padEnd(mebibytes * MIB, 'x') })

const inWorkspace = (selection: string, variables = '') =>
  `query Ask($organization: String!, $workspace: String!${variables}) {
    workspace(organization: $organization, slug: $workspace) { ${selection} } }`

const tooMuch = {
  message: 'The texts of one answer amount to at most 32 MiB; ask for shorter pages',
  extensions: { code: 'INVALID_INPUT' },
}

describe('an answer with megabytes of many sessions', () => {
  const messageIds: string[] = []
  let sessionId = ''
  beforeAll(async () => {
    for (let index = 0; index < 6; index++) {
      const id = await saveSession(seeded, bob)
      messageIds.push(await append(id, [said(7)]))
      sessionId = id
    }
  })

  test('is given up to 32 MiB, and beyond is one error that says so', async () => {
    const query = inWorkspace(
      'sessions(first: $first) { edges { node { transcript(first: 1) { edges { node { content } } } } } }',
      ', $first: Int',
    )
    const within = await bob.graphql(query, { ...seeded.place, first: 4 })
    const beyond = await bob.graphql(query, { ...seeded.place, first: 6 })

    expect(within.errors).toBeUndefined()
    expect(
      within.data.workspace.sessions.edges.map(
        (edge: any) => edge.node.transcript.edges[0].node.content.length,
      ),
    ).toEqual([7, 7, 7, 7].map((mebibytes) => mebibytes * MIB))
    expect([beyond.data ?? null, beyond.errors?.length]).toEqual([null, 1])
    expect(beyond.errors?.[0]).toMatchObject(tooMuch)
  })

  test('holds messages by their ids within the same limit', async () => {
    const query = 'query Nodes($ids: [ID!]!) { nodes(ids: $ids) { ... on Message { content } } }'
    const within = await bob.graphql(query, { ids: messageIds.slice(0, 4) })
    const beyond = await bob.graphql(query, { ids: messageIds })

    expect(within.data.nodes.map(({ content }: any) => content.length)).toEqual(
      [7, 7, 7, 7].map((n) => n * MIB),
    )
    expect(beyond.errors).toMatchObject([tooMuch])
    const [same = ''] = messageIds
    const again = await bob.graphql(query, { ids: Array.from({ length: 5 }, () => same) })
    expect(again.errors).toMatchObject([tooMuch])
  })

  test.each([
    ['by another name', 'edges { node { a: content b: content c: content d: content e: content } }'],
    [
      'of the same page',
      'a: edges { ...Rows } b: edges { ...Rows } c: edges { ...Rows } d: edges { ...Rows } edges { ...Rows }',
    ],
  ])('counts a text %s again', async (_way, selection) => {
    const query = (rows: string) =>
      `${inWorkspace(`session(id: "${sessionId}") { transcript(first: 1) { ${rows} } }`)}
      ${rows.includes('...Rows') ? 'fragment Rows on SessionTranscriptConnectionEdge { node { content } }' : ''}`
    const within = await bob.graphql(
      query('edges { node { a: content b: content c: content d: content } }'),
      seeded.place,
    )
    const beyond = await bob.graphql(query(selection), seeded.place)

    expect(within.errors).toBeUndefined()
    expect(beyond.errors).toMatchObject([tooMuch])
  })

  test('counts metadata, arguments of calls and items of exports again', async () => {
    const id = await saveSession(seeded, bob)
    const large = 'x'.repeat(5 * MIB)
    await append(id, [
      { role: 'ASSISTANT', metadata: { large }, toolCalls: [{ id: 'c', name: 'n', arguments: large }] },
    ])
    const aliased = (selection: string) => [...'abcdef'].map((name) => `${name}: ${selection}`).join(' ')
    for (const selection of [
      `transcript { edges { node { ${aliased('metadata')} } } }`,
      `transcript { edges { node { toolCalls { ${aliased('arguments')} } } } }`,
      `trajectory(format: ROWS) { ${aliased('items')} }`,
    ]) {
      const { errors } = await bob.graphql(inWorkspace(`session(id: "${id}") { ${selection} }`), seeded.place)
      expect({ selection, errors }).toMatchObject({ errors: [tooMuch] })
    }
  })

  test('holds exports within the same limit', async () => {
    const query = inWorkspace('sessions(first: 6) { edges { node { trajectory { items } } } }')
    const beyond = await bob.graphql(query, seeded.place)

    expect(beyond.errors).toMatchObject([tooMuch])
  })

  test('keeps what mutations did', async () => {
    const id = await saveSession(seeded, bob)
    await append(id, [said(7)])
    const pages = [...'abcdef'].map((name) => `${name}: transcript { edges { node { content } } }`).join(' ')
    const { data, errors } = await bob.graphql(
      `mutation Rename($input: UpdateSessionInput!, $archived: ArchiveSessionInput!) {
        updateSession(input: $input) { session { title } }
        archiveSession(input: $archived) { session { ${pages} } } }`,
      { input: { ...seeded.place, id, title: 'kept' }, archived: { ...seeded.place, id } },
    )

    expect(data).toEqual({ updateSession: { session: { title: 'kept' } }, archiveSession: null })
    const message = `It was done, but is not shown. ${tooMuch.message}`
    expect(errors).toMatchObject([{ ...tooMuch, message, path: ['archiveSession'] }])
    const found = await bob.graphql(inWorkspace(`session(id: "${id}") { archivedAt }`), seeded.place)
    expect(found.data.workspace.session.archivedAt).not.toBeNull()
  })

  test('of a search ends where messages are large, and says that there are more', async () => {
    const query = inWorkspace(
      `searchMessages(query: "${word}", first: 100, after: $after) { edges { node { message { id } } } pageInfo { endCursor hasNextPage } }`,
      ', $after: String',
    )
    const found: string[] = []
    for (let after: string | null = null; ; ) {
      const { data, errors }: any = await bob.graphql(query, { ...seeded.place, after })
      expect(errors).toBeUndefined()
      const { edges, pageInfo } = data.workspace.searchMessages
      expect(edges).toHaveLength(1)
      found.push(edges[0].node.message.id)
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(found).toHaveLength(new Set(found).size)
    for (const id of messageIds) expect(found).toContain(id)
  })
})

describe('a page of an export', () => {
  async function pagesOf(id: string, format: string): Promise<any[][]> {
    const query = inWorkspace(
      `session(id: "${id}") { trajectory(format: ${format}, after: $after) { items document endCursor hasNextPage } }`,
      ', $after: String',
    )
    const pages: any[][] = []
    for (let after: string | null = null; ; ) {
      const { data, errors }: any = await bob.graphql(query, { ...seeded.place, after })
      if (errors) throw new Error(JSON.stringify(errors))
      const { items, endCursor, hasNextPage } = data.workspace.session.trajectory
      pages.push(items)
      if (!hasNextPage) return pages
      after = endCursor
    }
  }

  test('ends where the results of its steps are large; joined, the pages are the whole', async () => {
    const id = await saveSession(seeded, bob)
    for (const call of ['a', 'b', 'c'])
      await append(id, [
        { role: 'ASSISTANT', content: call, toolCalls: [{ id: call, name: 'read', arguments: '{}' }] },
        { role: 'TOOL', toolCallId: call, content: call.repeat(5 * MIB) },
      ])
    const pages = await pagesOf(id, 'ATIF')

    expect(pages.map(({ length }) => length)).toEqual([1, 1, 1])
    expect(
      pages
        .flat()
        .map(({ step_id, message, observation }) => [
          step_id,
          message,
          observation.results.map(({ content }: any) => [content[0], content.length]),
        ]),
    ).toEqual([
      [1, 'a', [['a', 5 * MIB]]],
      [2, 'b', [['b', 5 * MIB]]],
      [3, 'c', [['c', 5 * MIB]]],
    ])
  })

  test.each(['ATIF', 'CHAT', 'ROWS'])('as %s ends where its system prompts are large', async (format) => {
    const id = await saveSession(seeded, bob)
    for (let index = 0; index < 12; index++)
      await append(id, [{ role: 'USER', content: `row ${index}` }], {
        model: 'm',
        systemPrompt: String(index).padEnd(MIB, 'p'),
      })
    const pages = await pagesOf(id, format)

    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(10 * MIB)
    const text = JSON.stringify(pages.flat())
    expect(text.match(/"\d+p/g)).toEqual(Array.from({ length: 12 }, (_, index) => `"${index}p`))
    expect(text.match(/row \d+/g)).toEqual(Array.from({ length: 12 }, (_, index) => `row ${index}`))
  })
})

test('system prompts of more sessions than fit are refused', async () => {
  const own = await seedWorkspace()
  for (let index = 0; index < 33; index++) {
    const id = await saveSession(own, own.bob)
    await own.bob.graphql(appending, {
      input: {
        ...own.place,
        id,
        messages: [{ role: 'USER', content: 'x' }],
        context: { model: 'm', systemPrompt: 'p'.repeat(MIB) },
      },
    })
  }
  const ask = (first: number) =>
    own.bob.graphql(
      inWorkspace(`sessions(first: ${first}) { edges { node { currentSystemPrompt } } }`),
      own.place,
    )

  expect((await ask(32)).errors).toBeUndefined()
  expect((await ask(33)).errors?.[0]).toMatchObject({ extensions: { code: 'INVALID_INPUT' } })
})

test('names of tools of more sessions than fit are refused', async () => {
  const own = await seedWorkspace()
  for (let index = 0; index < 3; index++) await saveSession(own, own.bob)
  await own.store.$executeRaw(sql`
    update sessions set tool_names = (select array_agg(n || repeat('x', 65536)) from generate_series(1, 200) n)
    where organization_id = ${own.organizationId}::uuid`)
  const ask = (first: number) =>
    own.bob.graphql(inWorkspace(`sessions(first: ${first}) { edges { node { toolNames } } }`), own.place)

  expect((await ask(2)).errors).toBeUndefined()
  expect((await ask(3)).errors?.[0]).toMatchObject(tooMuch)
})

test('metadata of the groups of more sessions than fit is refused, also where it is that of one group', async () => {
  const own = await seedWorkspace()
  const metadata = { text: 'x'.repeat(60_000) }
  const { data } = await own.bob.graphql(
    'mutation M($input: CreateSessionGroupInput!) { createSessionGroup(input: $input) { group { uuid } } }',
    { input: { ...own.place, projectId: own.projectId, kind: 'WORKFLOW', metadata } },
  )
  const groupId = data.createSessionGroup.group.uuid
  for (let index = 0; index < 70; index++) await saveSession(own, own.bob, { groupId })
  const listed = (name: string) => `${name}: sessions(first: 100) { edges { node { group { metadata } } } }`
  const ask = (...names: string[]) => own.bob.graphql(inWorkspace(names.map(listed).join(' ')), own.place)

  expect((await ask('a', 'b')).errors).toBeUndefined()
  expect((await ask(...'abcdefghi')).errors?.[0]).toMatchObject(tooMuch)
})
