import { randomUUID } from 'node:crypto'
import { type GraphQLObjectType, getNamedType, isCompositeType, isRequiredArgument } from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { schema } from '../../src/graphql/schema.js'
import { fullSelection } from '../support/selections.js'
import { type StatementWorld, seedStatementWorld } from '../support/statement-world.js'
import { recordStatements } from '../support/store.js'

let world: StatementWorld
let whole: Record<string, Record<string, unknown>>

/** Each field of a session with all that lies below it. */
const fields = Object.values((schema.getType('Session') as GraphQLObjectType).getFields())
  .filter(({ args }) => !args.some(isRequiredArgument))
  .map(({ name, type }): [name: string, selection: string] => {
    const named = getNamedType(type)
    return [name, isCompositeType(named) ? `${name} ${fullSelection(named.name, 0)}` : name]
  })

beforeAll(async () => {
  world = await seedStatementWorld(3)
  const { organizationId, workspaceId, store, bob } = world
  const [first, second] = await world.createSessions(2)
  const update = (id: string | undefined, data: object) =>
    store.session.updateMany({ where: { organizationId, workspaceId, id: id as string }, data })
  await update(first, { ownerId: randomUUID(), labels: ['b:2', 'b:1', 'a:x', '10:y', '9:z'] })
  await update(second, {
    ...{
      sharedAt: new Date(),
      frozenAt: new Date(),
      frozenBy: 'user',
      previewText: 'text',
      turnStartedAt: new Date(),
    },
    ...{
      capabilities: [{ ref: 'x' }],
      evaluationId: randomUUID(),
      runtimeId: randomUUID(),
      titleSource: 'person',
    },
  })
  const { data } = await bob.graphql(page('edges { node { uuid } }'), world.place)
  const uuids: string[] = data.workspace.sessions.edges.map(
    ({ node }: { node: { uuid: string } }) => node.uuid,
  )
  const one = (id: string) =>
    `workspace(organization: $organization, slug: $workspace) { session(id: "${id}") { ${fields.map(([, selection]) => selection).join(' ')} } }`
  whole = {}
  for (const id of uuids) {
    const { data, errors } = await bob.graphql(`${head} { ${one(id)} }`, world.place)
    expect(errors).toBeUndefined()
    whole[id] = data.workspace.session
  }
})

const head = 'query Selection($organization: String!, $workspace: String!)'
const inWorkspace = (selection: string) =>
  `${head} { workspace(organization: $organization, slug: $workspace) { ${selection} } }`
const page = (selection: string) => inWorkspace(`sessions { ${selection} }`)

/** Every way to a list of sessions that reads only what is asked for. */
const lists: Record<string, (fields: string) => string> = {
  sessions: (selection) => page(`rows: edges { node { ${selection} } }`),
  'sessions by fragments': (selection) =>
    `${page('rows: edges { node { uuid ...Fields } }')} fragment Fields on Session { ${selection} }`,
  sessionPage: (selection) => inWorkspace(`sessions: sessionPage { rows: nodes { ${selection} } }`),
  sessionSlice: (selection) =>
    `query Selection($organization: String!) { workspace: organization(slug: $organization) { sessions: sessionSlice { rows: nodes { ${selection} } } } }`,
}

test.each(Object.keys(lists))(
  'in %s a session has the same fields asked for one by one as all at once',
  async (list) => {
    for (const [name, selection] of fields) {
      const { data, errors } = await world.bob.graphql(lists[list]?.(`uuid ${selection}`) ?? '', world.place)
      expect(errors).toBeUndefined()
      for (const row of data.workspace.sessions.rows) {
        const { uuid, ...node } = row.node ?? row
        expect({ [name]: uuid, ...node }).toEqual({ [name]: whole[uuid]?.[name] })
      }
      expect(data.workspace.sessions.rows).toHaveLength(Object.keys(whole).length)
    }
  },
)

test('a session without its account has no creator in a list, beside others that have theirs', async () => {
  const { data } = await world.bob.graphql(page('edges { node { createdBy { uuid login } } }'), world.place)
  const { bob } = world
  const own = { createdBy: { uuid: bob.userId, login: bob.login } }
  const nodes = data.workspace.sessions.edges.map(({ node }: { node: object }) => node)
  expect(nodes).toEqual(expect.arrayContaining([{ createdBy: null }, own]))
})

test('cursors asked for alone are those of the rows', async () => {
  const { data } = await world.bob.graphql(
    page('edges { cursor node { uuid } } pageInfo { startCursor endCursor }'),
    world.place,
  )
  const { edges, pageInfo } = data.workspace.sessions
  const alone = async (selection: string) =>
    (await world.bob.graphql(page(selection), world.place)).data.workspace.sessions
  expect(await alone('edges { cursor }')).toEqual({
    edges: edges.map(({ cursor }: { cursor: string }) => ({ cursor })),
  })
  expect(await alone('pageInfo { startCursor }')).toEqual({ pageInfo: { startCursor: edges[0].cursor } })
  expect(await alone('pageInfo { endCursor }')).toEqual({ pageInfo: { endCursor: pageInfo.endCursor } })
  expect(pageInfo.endCursor).toBe(edges.at(-1).cursor)
})

test('a page with creators is one statement, which reads no column that is not asked for', async () => {
  const recording = recordStatements()
  await world.bob.graphql(page('edges { node { title createdBy { login } } }'), world.place)
  const listed = recording.stop().filter((statement) => /from sessions s/i.test(statement))
  expect(listed).toHaveLength(1)
  expect(listed[0]).toContain('owner.username')
  for (const column of ['preview_text as', 'owner.email', 'created_at as', '"sortValue"'])
    expect(listed[0]).not.toContain(column)
})
