import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { fullSelection, listFields, mutationFields, smallSelection, typeOf } from '../support/selections.js'
import { type StatementWorld, seedStatementWorld } from '../support/statement-world.js'
import { recordStatements } from '../support/store.js'

/**
 * How many statements each list, facet and mutation takes, its key and its transaction included: with the smallest
 * selection, and with every field of its rows and of what they refer to. The same for 3 rows and for 18, as many as the limit of cost lets a full selection have.
 */
const statements: Record<string, readonly [small: number, full: number]> = {
  'Mutation.annotateSession': [5, 9],
  'Mutation.appendTranscript': [10, 14],
  'Mutation.archiveSession': [5, 8],
  'Mutation.archiveSessions': [5, 10],
  'Mutation.cancelTurn': [4, 8],
  'Mutation.compactTranscript': [9, 13],
  'Mutation.createSession': [5, 9],
  'Mutation.createSessionGroup': [3, 4],
  'Mutation.deleteFilter': [5, 5],
  'Mutation.deleteSession': [5, 5],
  'Mutation.deleteSessions': [5, 7],
  'Mutation.endTurn': [4, 8],
  'Mutation.freezeSession': [5, 8],
  'Mutation.freezeSessionForEvaluation': [5, 8],
  'Mutation.freezeSessions': [5, 10],
  'Mutation.labelSessions': [5, 11],
  'Mutation.moveSessions': [5, 11],
  'Mutation.pinSession': [4, 8],
  'Mutation.pinSessions': [3, 9],
  'Mutation.rewindTranscript': [8, 12],
  'Mutation.saveFilter': [7, 7],
  'Mutation.saveSession': [6, 10],
  'Mutation.setSessionEvaluationRef': [5, 9],
  'Mutation.shareSession': [4, 8],
  'Mutation.shareSessions': [4, 10],
  'Mutation.startTurn': [5, 8],
  'Mutation.unarchiveSession': [4, 8],
  'Mutation.unarchiveSessions': [4, 10],
  'Mutation.unpinSession': [4, 8],
  'Mutation.unpinSessions': [3, 9],
  'Mutation.updateSession': [6, 10],
  'Mutation.updateSessionGroup': [5, 6],
  'Organization.sessionSlice': [4, 12],
  'Query.nodes': [3, 3],
  'Session.trajectory': [5, 5],
  'Session.transcript': [4, 4],
  'SessionFacets.agents': [3, 3],
  'SessionFacets.archived': [3, 3],
  'SessionFacets.frozen': [3, 3],
  'SessionFacets.labels': [3, 3],
  'SessionFacets.models': [3, 3],
  'SessionFacets.origins': [3, 3],
  'SessionFacets.projects': [4, 4],
  'SessionFacets.users': [4, 4],
  'SessionFacets.visibility': [3, 3],
  'SessionGroup.sessions': [4, 12],
  'Viewer.workspaces': [2, 2],
  'Workspace.groupedSessions': [3, 9],
  'Workspace.projects': [3, 3],
  'Workspace.savedFilters': [3, 4],
  'Workspace.sessionFacets': [2, 2],
  'Workspace.sessionGroups': [3, 5],
  'Workspace.sessionPage': [3, 11],
  'Workspace.sessions': [3, 12],
}

type Input = (world: StatementWorld) => Promise<object> | object

const one = async (world: StatementWorld) => ({ ...world.place, id: (await world.createSessions(1))[0] })
const many = async (world: StatementWorld) => ({
  ...world.place,
  ids: await world.createSessions(world.size),
})
const messages = ({ size }: StatementWorld) =>
  Array.from({ length: size }, () => ({
    role: 'USER',
    content: 'x',
    usage: { inputTokens: 1, outputTokens: 1 },
  }))
const withRight = (input: Input, more: object) => async (world: StatementWorld) => ({
  ...(await input(world)),
  ...more,
})

/** What each mutation takes to do its work, on fresh sessions of as many messages as the world is large. */
const inputs: Record<string, Input> = {
  annotateSession: withRight(one, { title: 'x' }),
  appendTranscript: async (world) => ({
    ...(await one(world)),
    messages: messages(world),
    context: { model: 'm' },
  }),
  archiveSession: one,
  archiveSessions: many,
  cancelTurn: one,
  compactTranscript: withRight(one, { upToSeq: 1, summary: { role: 'USER', content: 'x' } }),
  createSession: () => ({ title: 'x' }),
  createSessionGroup: ({ place, projectId }) => ({ ...place, projectId, kind: 'WORKFLOW' }),
  deleteFilter: ({ place, savedFilterIds }) => ({ ...place, id: savedFilterIds.pop() }),
  deleteSession: one,
  deleteSessions: many,
  endTurn: one,
  freezeSession: one,
  freezeSessionForEvaluation: one,
  freezeSessions: many,
  labelSessions: withRight(many, { add: [{ key: 'env', values: ['prod'] }] }),
  moveSessions: withRight(many, { projectId: null }),
  pinSession: one,
  pinSessions: many,
  rewindTranscript: withRight(one, { fromSeq: 1 }),
  saveFilter: ({ place }) => ({ ...place, id: randomUUID(), name: randomUUID(), filter: {} }),
  saveSession: withRight(one, { model: 'other' }),
  setSessionEvaluationRef: async (world) => ({
    ...world.place,
    id: (await world.createSessions(1, { origin: 'eval' }))[0],
    ref: { evaluationId: randomUUID() },
  }),
  shareSession: one,
  shareSessions: many,
  startTurn: one,
  unarchiveSession: one,
  unarchiveSessions: many,
  unpinSession: one,
  unpinSessions: many,
  updateSession: withRight(one, { title: 'x', agent: 'y' }),
  updateSessionGroup: ({ place, groupId }) => ({ ...place, id: groupId, title: randomUUID() }),
}

const worlds: StatementWorld[] = []
beforeAll(async () => {
  for (const size of [3, 18]) worlds.push(await seedStatementWorld(size))
}, 120_000)

async function count(world: StatementWorld, query: string, variables: object): Promise<number> {
  const recording = recordStatements()
  const { errors } = await world.bob.graphql(query, { ...variables })
  const { length } = recording.stop()
  expect(errors).toBeUndefined()
  return length
}

/** An operation that selects a list from where it hangs. */
async function listOperation(world: StatementWorld, coordinate: string, selection: string) {
  const [parent = '', field = ''] = coordinate.split('.')
  const { organizationId } = world
  const found = await world.store.session.findMany({ where: { organizationId }, take: world.size })
  const ids = found.map(({ id }) => Buffer.from(`Session:${organizationId}/${id}`).toString('base64'))
  const inWorkspace = (inner: string) =>
    `workspace(organization: "${world.place.organization}", slug: "${world.place.workspace}") { ${inner} }`
  const page = /Connection$/.test(typeOf(coordinate)) && parent !== 'SessionFacets' ? '(first: 18)' : ''
  const selected = `${field}${page} ${selection}`
  const around: Record<string, () => string> = {
    Query: () => `nodes(ids: ${JSON.stringify(ids)}) ${selection}`,
    Viewer: () => `viewer { ${selected} }`,
    Organization: () => `organization(slug: "${world.place.organization}") { ${selected} }`,
    Workspace: () => inWorkspace(selected),
    Session: () => inWorkspace(`session(id: "${ids[0]}") { ${selected} }`),
    SessionGroup: () => inWorkspace(`sessionGroup(id: "${world.groupId}") { ${selected} }`),
    SessionFacets: () => inWorkspace(`sessionFacets { ${selected} }`),
  }
  return `query Statements { ${around[parent]?.()} }`
}

test('every list, facet and mutation of the schema has its number of statements here', () => {
  expect(Object.keys(statements).sort()).toEqual([...listFields(), ...mutationFields()].sort())
})

test.each(listFields())('%s takes its statements for 3 rows as for 18', async (coordinate) => {
  for (const world of worlds) {
    const type = typeOf(coordinate)
    const small = await count(world, await listOperation(world, coordinate, smallSelection(type)), {})
    const full = await count(world, await listOperation(world, coordinate, fullSelection(type)), {})
    expect([small, full]).toEqual(statements[coordinate])
  }
})

test.each(mutationFields())('%s takes its statements for 3 rows as for 18', async (coordinate) => {
  const name = coordinate.slice('Mutation.'.length)
  const document = (selection: string) =>
    `mutation Statements($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) ${selection} }`
  for (const world of worlds) {
    const counts: number[] = []
    for (const selection of [smallSelection(typeOf(coordinate)), fullSelection(typeOf(coordinate))]) {
      const input = await inputs[name]?.(world)
      counts.push(await count(world, document(selection), { input }))
    }
    expect(counts).toEqual(statements[coordinate])
  }
})

/** The tables that a statement reads, which is what tells statements apart. */
const tablesOf = (statement: string) =>
  [
    ...new Set(
      [...statement.matchAll(/(?:from|join)\s+(?:"public"\.)?"?([a-z_]+)/gi)].map(([, table]) => table),
    ),
  ].join(' ')

test('a page of 100 sessions with creator, project, group, labels, usage and preview takes seven statements', async () => {
  const [world] = worlds as [StatementWorld]
  await world.createSessions(100)
  const recording = recordStatements()
  const { data, errors } = await world.bob.graphql(
    `query Page($organization: String!, $workspace: String!) {
      workspace(organization: $organization, slug: $workspace) { sessions(first: 100) { edges { node {
        title previewText labels { key values } createdBy { login } project { name } group { title }
        usage { totalInputTokens totalOutputTokens totalCostUsd } viewerCan { archive delete }
      } } } } }`,
    world.place,
  )
  const ran = recording.stop()
  expect(errors).toBeUndefined()
  expect(data.workspace.sessions.edges).toHaveLength(100)
  expect(ran.map(tablesOf).toSorted()).toEqual([
    'api_keys',
    'messages',
    'projects',
    'session_groups',
    'sessions',
    'users',
    'workspaces organizations workspace_members',
  ])
})
