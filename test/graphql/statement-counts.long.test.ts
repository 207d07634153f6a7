import { beforeAll, expect, test } from 'vitest'
import { listOperation } from '../support/list-operation.js'
import { mutationOf } from '../support/mutation.js'
import { becomeAdmin, inputs } from '../support/mutation-inputs.js'
import { fullSelection, keyedMutations, listFields, smallSelection, typeOf } from '../support/selections.js'
import { type StatementWorld, seedStatementWorld } from '../support/statement-world.js'
import { recordStatements } from '../support/store.js'

/**
 * How many statements each list, facet and mutation takes, besides those that tell who calls and what it may enter and those
 * that begin and end a transaction: with the smallest selection, and with every field of its rows and of what they refer to. The same for 3 rows and for 18, as many as the limit of cost lets a full selection have.
 */
const statements: Record<string, readonly [small: number, full: number]> = {
  'Mutation.annotateSession': [2, 5],
  'Mutation.appendTranscript': [1, 4],
  'Mutation.approveDeviceLogin': [3, 3],
  'Mutation.archiveSession': [2, 5],
  'Mutation.archiveSessions': [2, 6],
  'Mutation.cancelTurn': [1, 4],
  'Mutation.compactTranscript': [5, 8],
  'Mutation.createAnnotation': [3, 6],
  'Mutation.createApiKey': [3, 3],
  'Mutation.createOrganization': [17, 17],
  'Mutation.createProject': [1, 2],
  'Mutation.createRetentionRule': [3, 3],
  'Mutation.createSession': [2, 5],
  'Mutation.createSessionGroup': [1, 2],
  'Mutation.createWorkspace': [9, 10],
  'Mutation.deleteAnnotation': [4, 7],
  'Mutation.deleteFilter': [2, 2],
  'Mutation.deleteProject': [3, 3],
  'Mutation.deleteRetentionRule': [1, 1],
  'Mutation.deleteSession': [2, 2],
  'Mutation.deleteSessions': [2, 3],
  'Mutation.denyDeviceLogin': [2, 2],
  'Mutation.endTurn': [1, 4],
  'Mutation.eraseUserSessions': [4, 4],
  'Mutation.freezeSession': [2, 5],
  'Mutation.freezeSessionForEvaluation': [2, 5],
  'Mutation.freezeSessions': [2, 6],
  'Mutation.labelSessions': [2, 6],
  'Mutation.moveSessions': [2, 6],
  'Mutation.pinSession': [2, 5],
  'Mutation.pinSessions': [1, 5],
  'Mutation.rewindTranscript': [3, 6],
  'Mutation.removeWorkspaceMember': [5, 5],
  'Mutation.revokeApiKey': [3, 3],
  'Mutation.runRetention': [3, 3],
  'Mutation.saveFilter': [4, 4],
  'Mutation.saveSession': [3, 6],
  'Mutation.setSessionEvaluationRef': [2, 5],
  'Mutation.setWorkspaceMember': [8, 8],
  'Mutation.shareSession': [1, 4],
  'Mutation.shareSessions': [1, 5],
  'Mutation.startTurn': [2, 5],
  'Mutation.takeBackMessages': [3, 6],
  'Mutation.unarchiveSession': [1, 4],
  'Mutation.unarchiveSessions': [1, 5],
  'Mutation.unpinSession': [2, 5],
  'Mutation.unpinSessions': [1, 5],
  'Mutation.updateAnnotation': [4, 7],
  'Mutation.updateOrganization': [4, 5],
  'Mutation.updateProject': [2, 3],
  'Mutation.updateRetentionRule': [1, 1],
  'Mutation.updateSession': [3, 6],
  'Mutation.updateSessionGroup': [2, 3],
  'Mutation.updateWorkspace': [2, 3],
  'Organization.auditEntries': [2, 8],
  'Organization.retentionRules': [2, 2],
  'Organization.sessionSlice': [2, 9],
  'Query.nodes': [1, 1],
  'Query.organizations': [1, 1],
  'Session.annotationScores': [1, 1],
  'Session.annotations': [2, 2],
  'Session.outline': [2, 2],
  'Session.rewinds': [1, 1],
  'Session.trajectory': [3, 3],
  'Session.transcript': [2, 3],
  'SessionFacets.agents': [1, 1],
  'SessionFacets.annotationLabels': [1, 1],
  'SessionFacets.annotationNames': [1, 1],
  'SessionFacets.annotationSources': [1, 1],
  'SessionFacets.answeringModels': [1, 1],
  'SessionFacets.archived': [1, 1],
  'SessionFacets.durations': [1, 1],
  'SessionFacets.failedCalls': [1, 1],
  'SessionFacets.frozen': [1, 1],
  'SessionFacets.labels': [1, 1],
  'SessionFacets.models': [1, 1],
  'SessionFacets.origins': [1, 1],
  'SessionFacets.projects': [1, 3],
  'SessionFacets.toolNames': [1, 1],
  'SessionFacets.users': [1, 1],
  'SessionFacets.visibility': [1, 1],
  'SessionGroup.sessions': [2, 11],
  'Viewer.workspaces': [0, 1],
  'Workspace.apiKeys': [1, 2],
  'Workspace.groupedSessions': [1, 6],
  'Workspace.members': [1, 1],
  'Workspace.projects': [1, 3],
  'Workspace.retentionRules': [1, 1],
  'Workspace.savedFilters': [1, 2],
  'Workspace.searchMessages': [2, 6],
  'Workspace.sessionFacets': [0, 0],
  'Workspace.sessionGroups': [1, 4],
  'Workspace.sessionPage': [1, 8],
  'Workspace.sessionTimeline': [1, 1],
  'Workspace.sessions': [1, 9],
}

const worlds: StatementWorld[] = []
beforeAll(async () => {
  for (const size of [3, 18]) worlds.push(await seedStatementWorld(size))
}, 120_000)

/** Keys and memberships may be remembered for a while, so that whether they are read depends on the moment. */
const tellsAccess = (statement: string) => /k\.hash|join workspace_members/i.test(statement)
/** How Prisma tells, on the embedded store, that a transaction ends; on PostgreSQL nothing is told about that. */
const endsTransaction = (statement: string) => statement.startsWith('-- Implicit "COMMIT"')

async function count(world: StatementWorld, query: string, variables: object): Promise<number> {
  const recording = recordStatements()
  const { errors } = await world.bob.graphql(query, { ...variables })
  const { length } = recording
    .stop()
    .filter((statement) => !tellsAccess(statement) && !endsTransaction(statement))
  expect(errors).toBeUndefined()
  return length
}

test('every list, facet and mutation of the schema has its number of statements here', () => {
  expect(Object.keys(statements).sort()).toEqual([...listFields(), ...keyedMutations()].sort())
})

/** Lists that are for admins. */
const askAdmins = ['Workspace.apiKeys', 'Organization.auditEntries']

/** As many entries of the audit as the world is large. */
async function pinAll(world: StatementWorld): Promise<void> {
  const ids = await world.createSessions(world.size)
  const { organizationId } = world
  await world.store.pin.deleteMany({ where: { organizationId } })
  await world.bob.graphql(
    'mutation P($input: PinSessionsInput!) { pinSessions(input: $input) { __typename } }',
    { input: { ...world.place, ids } },
  )
}

test.each(listFields())('%s takes its statements for 3 rows as for 18', async (coordinate) => {
  for (const world of worlds) {
    if (coordinate.endsWith('.retentionRules') || askAdmins.includes(coordinate)) await becomeAdmin(world)
    if (coordinate === 'Organization.retentionRules')
      await world.store.workspace.updateMany({
        where: { organizationId: world.organizationId, slug: world.place.workspace },
        data: { isDefault: true },
      })
    if (coordinate === 'Organization.auditEntries') await pinAll(world)
    const type = typeOf(coordinate)
    const small = await count(world, await listOperation(world, coordinate, smallSelection(type)), {})
    const full = await count(world, await listOperation(world, coordinate, fullSelection(type)), {})
    expect([small, full]).toEqual(statements[coordinate])
  }
})

test.each(keyedMutations())('%s takes its statements for 3 rows as for 18', async (coordinate) => {
  const name = coordinate.slice('Mutation.'.length)
  for (const world of worlds) {
    const counts: number[] = []
    for (const selection of [smallSelection(typeOf(coordinate)), fullSelection(typeOf(coordinate))]) {
      const input = await inputs[name]?.(world)
      counts.push(await count(world, mutationOf(name, selection), { input }))
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

test('a page of 100 sessions with creator, project, group, labels, usage and preview takes two statements and the caller’s access', async () => {
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
  expect(ran.filter(tellsAccess).length).toBeLessThanOrEqual(2)
  expect(
    ran
      .filter((statement) => !tellsAccess(statement))
      .map(tablesOf)
      .toSorted(),
  ).toEqual(['session_groups', 'sessions users projects'])
})
