import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'
import { createDatabase } from '../support/databases.js'

const folder = './test/support/added-fields'
const run = promisify(execFile)

interface Operation {
  query: string
  variables?: object
  /** Whether columns in memory count. */
  columns?: boolean
}

/** Asks a gateway of its own whose table of fields has the rows of `added-fields/rows.ts`. */
async function askWithAddedFields(operations: readonly Operation[]) {
  const postgresql = inject('postgresql')
  const url = postgresql && (await createDatabase(postgresql.serverUrl, postgresql.prefix))
  const given = operations.map(({ columns = false, query, variables = {} }) => ({
    columns,
    query,
    variables,
  }))
  const { stdout } = await run(process.execPath, [
    ...['--import', 'tsx', '--import', `${folder}/rows.ts`, `${folder}/ask.ts`],
    JSON.stringify({ url, operations: given }),
  ])
  return JSON.parse(stdout) as { answers: any[]; differences: unknown[] }
}

const place = { organization: 'acme', workspace: 'main' }
const inWorkspace = (query: string) => `{ workspace(organization: "acme", slug: "main") { ${query} } }`

function save(id: string, branch: string | null): Operation {
  return {
    query: 'mutation Save($input: SaveSessionInput!) { saveSession(input: $input) { session { branch } } }',
    variables: { input: { ...place, id, model: 'm', branch } },
  }
}

test('a row of the table, a migration and a line of GraphQL make a field that is written, shown, filtered, counted, sorted and exported', async () => {
  const ids = [randomUUID(), randomUUID(), randomUUID()] as const
  const list = (args: string) =>
    inWorkspace(`sessions(first: 9, ${args}) { edges { node { uuid } } totalCount }`)
  const facets = inWorkspace(`sessionFacets {
    branches(first: 9) { edges { node { value } count } }
    branchParts(first: 9) { edges { node { value } count } }
    branchLengths { min max count }
  } branched: sessionFacets(filter: { branches: ["main"] }) { branchParts(first: 9) { edges { node { value } count } } }`)
  const update = (branch: string | null): Operation => ({
    query:
      'mutation Update($input: UpdateSessionInput!) { updateSession(input: $input) { session { branch } } }',
    variables: { input: { ...place, id: ids[2], branch } },
  })

  const { answers, differences } = await askWithAddedFields([
    save(ids[0], 'main'),
    save(ids[1], 'fix/list/main'),
    save(ids[2], null),
    save(randomUUID(), 'x'.repeat(41)),
    update('other'),
    update(null),
    { query: list('filter: { branches: ["main"] }') },
    { query: list('filter: { branchParts: ["main"] }, orderBy: { field: BRANCH_LENGTH, direction: DESC }') },
    {
      query: list(
        'filter: { not: { branchLength: { min: 5 } } }, orderBy: { field: BRANCH_LENGTH, direction: ASC }',
      ),
    },
    { query: facets },
    { query: facets, columns: true },
    {
      query: inWorkspace(`session(id: "${ids[1]}") { trajectory(format: ATIF) { document } }`),
    },
  ])

  const [main, fix, none, long, other, cleared, ofBranch, longest, shortest, bySql, byColumns, exported] =
    answers
  expect([main, fix, none].map(({ data }) => data.saveSession.session.branch)).toEqual([
    'main',
    'fix/list/main',
    null,
  ])
  expect(long.errors[0].extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: ['branch'] }] })
  expect([other, cleared].map(({ data }) => data.updateSession.session.branch)).toEqual(['other', null])
  const listed = [ofBranch, longest, shortest].map(({ data }) =>
    data.workspace.sessions.edges.map((edge: { node: { uuid: string } }) => edge.node.uuid),
  )
  expect(listed).toEqual([[ids[0]], [ids[1], ids[0]], [ids[0], ids[2]]])
  expect(bySql.data?.workspace, JSON.stringify(bySql)).toEqual({
    sessionFacets: {
      branches: valuesOf({ 'fix/list/main': 1, main: 1 }),
      branchParts: valuesOf({ main: 2, fix: 1, list: 1 }),
      branchLengths: [
        { min: 0, max: 4, count: 1 },
        { min: 10, max: null, count: 1 },
      ],
    },
    branched: { branchParts: valuesOf({ main: 1 }) },
  })
  expect(byColumns).toEqual(bySql)
  expect(differences).toEqual([])
  expect(exported.data.workspace.session.trajectory.document.extra).toMatchObject({ branch: 'fix/list/main' })
})

function valuesOf(counts: Record<string, number>) {
  return { edges: Object.entries(counts).map(([value, count]) => ({ node: { value }, count })) }
}
