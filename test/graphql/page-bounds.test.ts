import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type BoundedList, boundedLists } from '../support/page-bounds.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const further: Record<string, string> = { searchMessages: 'query: "hello"' }
const around: Record<string, (selection: string) => string> = {
  Query: (selection) => selection,
  Organization: (selection) => `organization(slug: $organization) { ${selection} }`,
  Workspace: (selection) => `workspace(organization: $organization, slug: $workspace) { ${selection} }`,
  Session: (selection) => around.Workspace!(`session(id: $id) { ${selection} }`),
  SessionFacets: (selection) => around.Workspace!(`sessionFacets { ${selection} }`),
}

let world: SeededWorkspace
let id: string
beforeAll(async () => {
  world = await seedWorkspace()
  id = await saveSession(world, world.ana, { agent: 'agent' })
  const { store, organizationId, workspaceId, ana } = world
  await store.session.createMany({
    data: Array.from({ length: 24 }, (_, index) => ({
      ...{ organizationId, workspaceId, id: randomUUID(), ownerId: ana.userId, agent: `agent ${index}` },
    })),
  })
})

const ask = (selection: string) =>
  world.ana.graphql(
    `query ($organization: String!, $workspace: String!, $id: String!) {
      own: organization(slug: $organization) { slug }
      open: workspace(organization: $organization, slug: $workspace) { session(id: $id) { uuid } }
      ${selection} }`,
    { ...world.place, id },
  )

const refusalsOf = async ({ parent, field }: BoundedList, first: number) => {
  const args = [further[field], `first: ${first}`].filter(Boolean).join(', ')
  const { errors } = await ask(around[parent]!(`${field}(${args}) { pageInfo { hasNextPage } }`))
  return errors?.map(({ extensions }) => [extensions.code, extensions.issues?.[0]?.path])
}

// Operators' lists take a key of their own; `organizations.test.ts` pages them.
const open = boundedLists.filter(({ parent }) => parent !== 'Query')

test('lists that say how long their pages are were found', () => {
  expect(open.length).toBeGreaterThan(15)
})

test.each(open.map((list) => [`${list.parent}.${list.field}`, list] as const))(
  'the longest page that %s states is given, and one row more is refused',
  async (_name, list) => {
    expect(await refusalsOf(list, list.most)).toBeUndefined()
    expect(await refusalsOf(list, list.most + 1)).toEqual([['INVALID_INPUT', ['first']]])
  },
)

test('an append takes five hundred messages, and not one more', async () => {
  const append = async (count: number) => {
    const messages = Array.from({ length: count }, () => ({ role: 'USER', content: 'x' }))
    const { errors } = await world.ana.graphql(
      'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }',
      { input: { ...world.place, id, messages } },
    )
    return errors?.[0]?.extensions.code
  }
  expect(await append(501)).toBe('INVALID_INPUT')
  expect(await append(500)).toBeUndefined()
})

test('numbered pages have a hundred sessions at most', async () => {
  const { errors } = await ask(
    around.Workspace!('longest: sessionPage(limit: 100) { total } longer: sessionPage(limit: 101) { total }'),
  )
  expect(errors?.map(({ path, extensions }) => [path?.at(-1), extensions.code])).toEqual([
    ['longer', 'INVALID_INPUT'],
  ])
})

describe('a page without a length has as many as its list states', () => {
  test.each(['sessions { edges { cursor } }', 'sessionFacets { agents { edges { cursor } } }'])(
    '%s',
    async (selection) => {
      const { workspace } = (await ask(around.Workspace!(selection))).data
      const name = selection.startsWith('sessions ') ? 'sessions' : 'agents'
      const { edges } = workspace[name] ?? workspace.sessionFacets[name]
      expect(edges).toHaveLength(boundedLists.find(({ field }) => field === name)!.usual)
    },
  )
})
