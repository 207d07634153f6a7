import { expect, test } from 'vitest'
import { saveSession, seedWorkspace } from '../support/seed.js'
import { recordStatements } from '../support/store.js'

const page = `query Page($organization: String!, $workspace: String!, $first: Int!) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: $first) {
      totalCount
      edges { node {
        title labels { key values } createdBy { login email } sharedBy { login } project { name } group { title }
        usage { totalInputTokens totalCostUsd } pinnedAt firstUserText startedAt
      } }
    }
    sessionFacets {
      agents { edges { node { value } count } } models { edges { node { value } count } } origins { value count }
      users { edges { node { login } count } } projects { edges { node { slug } count } }
      labels { key edges { node { value } count } totalCount }
      visibility { value count } archived { value count } frozen { value count }
    }
  }
}`

/** The tables a statement reads, which is what tells statements apart. */
const tables = (statement: string) =>
  [...new Set(statement.match(/(?:from|join|"public"\.)\s*"?(\w+)"?/gi))].join(' ').replaceAll(/["\s]+/g, ' ')

async function statementsFor(count: number): Promise<string[]> {
  const seeded = await seedWorkspace()
  const owners = [seeded.ana, seeded.bob, seeded.cat]
  for (let index = 0; index < count; index++)
    await saveSession(seeded, owners[index % 3]!, {
      visibility: 'WORKSPACE',
      projectId: seeded.projectId,
      labels: [{ key: 'env', values: ['prod'] }],
    })
  const recording = recordStatements()
  const answer = await seeded.dan.graphql(page, { ...seeded.place, first: 100 })
  const statements = recording.stop()
  expect(answer.errors).toBeUndefined()
  expect(answer.data.workspace.sessions.edges).toHaveLength(count)
  return statements
}

test('a page of sessions takes the same statements for one session as for thirty: creators, who shared them too, projects and pins cost none', async () => {
  const one = (await statementsFor(1)).map(tables)
  const thirty = (await statementsFor(30)).map(tables)

  console.log(`Statements behind a page of 30 sessions:\n${thirty.map((line) => `  ${line}`).join('\n')}`)
  expect(thirty.toSorted()).toEqual(one.toSorted())
  expect(thirty.filter((statement) => statement.trim() === 'from users')).toHaveLength(0)
  expect(thirty.filter((statement) => statement.includes('counted'))).toHaveLength(1)
  expect(thirty).toHaveLength(5)
})

test.each([
  ['included by a variable', true, 1],
  ['left out by a variable', false, 0],
])('a total that is %s is counted just then, through a fragment too', async (_, wanted, counts) => {
  const seeded = await seedWorkspace()
  const recording = recordStatements()
  const answer = await seeded.bob.graphql(
    `query Total($organization: String!, $workspace: String!, $wanted: Boolean!) {
      workspace(organization: $organization, slug: $workspace) { sessions { edges { cursor } ...Total @include(if: $wanted) } } }
    fragment Total on WorkspaceSessionsConnection { totalCount @skip(if: false) }`,
    { ...seeded.place, wanted },
  )
  const counting = recording.stop().filter((statement) => statement.includes('count(*)'))

  expect(answer.errors).toBeUndefined()
  expect(answer.data.workspace.sessions.totalCount).toBe(wanted ? 0 : undefined)
  expect(counting).toHaveLength(counts)
})

test('a dimension that is not selected is not counted', async () => {
  const seeded = await seedWorkspace()
  const recording = recordStatements()
  await seeded.bob.graphql(
    `query One($organization: String!, $workspace: String!) {
      workspace(organization: $organization, slug: $workspace) { sessionFacets(filter: { titleWords: ["x"] }) { agents { totalCount } } } }`,
    seeded.place,
  )
  const counting = recording.stop().filter((statement) => statement.includes('grouping sets'))

  expect(counting).toHaveLength(1)
  expect(counting[0]).not.toMatch(/s\.labels|s\.model|s\.owner_id::text/)
})

test('a list of one workspace asks for it by equality, so that an index gives its rows in order', async () => {
  const seeded = await seedWorkspace()
  const recording = recordStatements()
  await seeded.bob.graphql(
    `query List($organization: String!, $workspace: String!) {
      workspace(organization: $organization, slug: $workspace) { sessions { edges { cursor } } } }`,
    seeded.place,
  )
  const list = recording.stop().find((statement) => statement.includes('from sessions s'))
  expect(list).toMatch(/s\.workspace_id = \$\d+::uuid/)
})
