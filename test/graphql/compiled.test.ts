import { beforeAll, describe, expect, test } from 'vitest'
import type { GatewayYoga } from '../../src/graphql/yoga.js'
import { withRequestId } from '../../src/log.js'
import { createTestYoga, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

let seeded: SeededWorkspace
let compiled: GatewayYoga
let interpreted: GatewayYoga
let id: string

beforeAll(async () => {
  seeded = await seedWorkspace()
  compiled = await createTestYoga({ compileAfterExecutions: 0 })
  interpreted = await createTestYoga({ compileAfterExecutions: Number.POSITIVE_INFINITY })
  id = await saveSession(seeded, seeded.bob, {
    title: 'one',
    visibility: 'WORKSPACE',
    labels: [{ key: 'env', values: ['prod'] }],
  })
  await saveSession(seeded, seeded.cat, { title: 'two', visibility: 'WORKSPACE' })
})

async function ask(yoga: GatewayYoga, body: object, key = seeded.dan.key): Promise<string> {
  return withRequestId('same', async () => {
    const response = await yoga.fetch('http://gateway.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify(body),
    })
    return `${response.status} ${await response.text()}`
  })
}

const place = 'workspace(organization: $organization, slug: $workspace)'
const head = '$organization: String!, $workspace: String!'
const filtered = `query Q(${head}, $filter: SessionFilter, $orderBy: SessionOrder, $first: Int = 5) {
  ${place} { sessions(filter: $filter, orderBy: $orderBy, first: $first) { totalCount edges { cursor node { title } } } } }`

const operations: [string, string, () => object][] = [
  [
    'a list with everything',
    `query Q(${head}) { ${place} { name projects { edges { node { name } } }
    sessions(first: 10) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node {
      ...Fields createdBy { id login } group { title } project { name } usage { totalTokens totalCostUsd } } } } } }
    fragment Fields on Session { id uuid title labels { key values } createdAt visibility ... on Session { archivedAt } }`,
    () => ({}),
  ],
  [
    'facets',
    `query Q(${head}, $filter: SessionFilter) { ${place} { sessionFacets(filter: $filter) { agents { totalCount } } } }`,
    () => ({ filter: {} }),
  ],
  [
    'a filter that contains itself',
    filtered,
    () => ({ filter: { or: [{ agents: ['x'] }, { not: { agents: ['y'] } }] } }),
  ],
  ['an order, as enums', filtered, () => ({ orderBy: { field: 'CREATED_AT', direction: 'ASC' } })],
  ['a default that is left out, and null', filtered, () => ({ filter: null })],
  [
    'a literal with a variable in it',
    `query Q(${head}, $agent: String!) { ${place} { sessions(filter: { agents: [$agent] }) { totalCount } } }`,
    () => ({ agent: 'none' }),
  ],
  [
    'skipped and included fields',
    `query Q(${head}, $yes: Boolean!, $no: Boolean = false) { ${place} { slug @include(if: $yes) name @skip(if: $yes) ... @include(if: $no) { uuid } sessions { totalCount @skip(if: $no) } } }`,
    () => ({ yes: true }),
  ],
  [
    'nodes of several types',
    'query Q($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Session { title } ... on Workspace { slug } } }',
    () => ({
      ids: [
        globalId('Session', id),
        globalId('Workspace', seeded.workspaceId),
        globalId('Session', seeded.workspaceId),
      ],
    }),
  ],
  [
    'aliases and the same field twice',
    `query Q(${head}) { a: ${place} { slug slug sessions { totalCount } } b: ${place} { s: slug sessions { edges { node { title } } } } }`,
    () => ({}),
  ],
  [
    'introspection',
    '{ __schema { types { name fields { name type { name ofType { name } } } } } __type(name: "Session") { name } }',
    () => ({}),
  ],
  [
    'an error beside data',
    `query Q(${head}) { viewer { scopes } ${place} { slug session(id: "ffff") { title } } }`,
    () => ({}),
  ],
  ['an unknown workspace', `query Q { workspace(organization: "none", slug: "none") { slug } }`, () => ({})],
  ['input that the domain refuses', filtered, () => ({ first: 1000 })],
  ['a bad cursor', `query Q(${head}) { ${place} { sessions(after: "x") { totalCount } } }`, () => ({})],
  ['a variable of the wrong type', filtered, () => ({ first: 'many' })],
  ['an unknown member of an input', filtered, () => ({ filter: { colour: 'red' } })],
  ['an unknown enum value', filtered, () => ({ orderBy: { field: 'COLOUR', direction: 'ASC' } })],
  [
    'a variable that is missing',
    `query Q(${head}, $id: String!) { ${place} { session(id: $id) { title } } }`,
    () => ({}),
  ],
  [
    'a uuid that is none',
    `mutation M($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }`,
    () => ({ input: { ...seeded.place, id: 'x', model: 'm' } }),
  ],
  [
    'a mutation that is refused',
    'mutation M($input: ArchiveSessionInput!) { archiveSession(input: $input) { session { title } } }',
    () => ({ input: { ...seeded.place, id } }),
  ],
  [
    'a mutation with variables within its input, one of them left to its default',
    `mutation M(${head}, $id: String!, $role: MessageRole! = USER, $usage: MessageUsageInput) { appendTranscript(input: {
      organization: $organization, workspace: $workspace, id: $id, messages: [{ role: $role, content: "\\u0000", usage: $usage }]
    }) { appendedCount } }`,
    () => ({ id, usage: { inputTokens: 1 } }),
  ],
  [
    'a mutation that repeats what is stored',
    'mutation M($input: PinSessionInput!) { pinSession(input: $input) { session { title pinned } } }',
    () => ({ input: { ...seeded.place, id } }),
  ],
]

function globalId(type: string, uuid: string): string {
  return Buffer.from(`${type}:${seeded.organizationId}/${uuid}`).toString('base64')
}

describe('a compiled operation answers as the interpreted one, to the byte', () => {
  test.each(operations)('%s', async (_name, query, more) => {
    const body = { query, variables: { ...(query.includes(head) ? seeded.place : {}), ...more() } }
    const expected = await ask(interpreted, body)
    expect(await ask(compiled, body)).toBe(expected)
    expect(await ask(compiled, body)).toBe(expected)
  })
})

test('each operation of a document is its own', async () => {
  const query = '{ viewer { scopes } } query B { __typename }'.replace('{', 'query A {')
  for (const operationName of ['A', 'B', 'A'])
    expect(await ask(compiled, { query, operationName })).toBe(
      await ask(interpreted, { query, operationName }),
    )
})

test('a compiled operation keeps nothing of the caller before', async () => {
  const query = 'query Mine { viewer { user { login } } }'
  for (const member of [seeded.ana, seeded.bob, seeded.ana])
    expect(await ask(compiled, { query }, member.key)).toContain(member.login)
  expect(await ask(compiled, { query }, 'sgw_wrong')).toContain('UNAUTHENTICATED')
})
