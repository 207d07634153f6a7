import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { createTestYoga, type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import { openTestStore } from '../support/store.js'

const endpoint = 'http://gateway.test/graphql'
const json = { 'content-type': 'application/json' }

async function post(body: string, headers: Record<string, string> = json, options = {}) {
  const yoga = await createTestYoga(options)
  const response = await yoga.fetch(endpoint, { method: 'POST', headers, body })
  const text = await response.text()
  return {
    status: response.status,
    text,
    errors: JSON.parse(text).errors as { message: string }[] | undefined,
  }
}

const query = (text: string) => JSON.stringify({ query: text })

describe('hostile operations', () => {
  test.each([
    '{ __proto__: viewer { constructor: organization { slug } } }',
    'query ($__proto__: SessionFilter) { viewer { organization { slug @include(if: true) } } }',
    '{ ...__proto__ } fragment __proto__ on Query { __typename }',
  ])('call nothing by the name of no member: %s', async (text) => {
    const variables = JSON.parse('{"__proto__": {"search": "x"}}')
    const { errors } = await post(JSON.stringify({ query: text, variables }))
    expect(errors?.some(({ message }) => message === 'Nothing can be called __proto__.')).toBe(true)
  })

  test.each([
    [
      'eleven aliases, even of __typename',
      `{ ${'abcdefghijk'
        .split('')
        .map((name) => `${name}: __typename`)
        .join(' ')} }`,
      /[Aa]lias/,
    ],
    ['six directives', `{ __typename ${'@include(if: true) '.repeat(6)} }`, /[Dd]irective/],
    ['three thousand tokens', `{ ${'__typename '.repeat(3000)} }`, /[Tt]oken/],
    [
      'a query twenty levels deep',
      `{ viewer { organization { ${'sessionSlice { nodes { workspace { session(id: "x") { '.repeat(3)} id ${'} } } }'.repeat(3)} } } }`,
      /depth|[Cc]ost/,
    ],
  ])('%s are refused before anything runs', async (_name, text, message) => {
    const { errors, text: body } = await post(query(text))
    expect(errors?.[0]?.message).toMatch(message)
    expect(errors?.[0]?.message).not.toMatch(/Syntax Error/)
    expect(JSON.parse(body)).not.toHaveProperty('data.viewer')
  })

  test('a batch of operations is refused', async () => {
    expect((await post(`[${query('{ __typename }')}]`)).status).toBe(400)
  })
})

describe('variables', () => {
  const text =
    'query ($filter: SessionFilter) { viewer { organization { sessionSlice(filter: $filter) { total } } } }'
  const nested = (levels: number) => `${'{"not":'.repeat(levels)}{}${'}'.repeat(levels)}`

  test.each([
    [
      '300,000 conditions',
      `{"or":[${Array(300_000).fill('{}').join()}]}`,
      'Variables hold at most 100000 values',
    ],
    ['200,000 levels', nested(200_000), 'Variables have at most 200 levels'],
    ['201 levels', nested(201), 'Variables have at most 200 levels'],
  ])('with %s are refused before the caller is looked for', async (_name, filter, message) => {
    const body = `{"query":"${text}","variables":{"filter":${filter}}}`

    const { status, errors } = await post(body)

    expect(status).toBe(400)
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_REQUEST' } }])
  })

  test('within both limits are read', async () => {
    const filter = `{"agents":[${Array(99_000).fill('"a"').join()}]}`

    const { errors } = await post(`{"query":"${text}","variables":{"filter":${filter}}}`)

    expect(errors?.[0]?.message).toBe('Authentication required')
  })
})

describe('lists within lists', () => {
  const nested = `query ($organization: String!, $workspace: String!, $first: Int) {
    workspace(organization: $organization, slug: $workspace) {
      sessions(first: $first) { edges { node { group { sessions { group { sessions { uuid } } } } } } }
    } }`

  test.each([0, 2])('hold 50,000 objects together at most, compiled after %i executions', async (after) => {
    const seeded = await seedWorkspace({ compileAfterExecutions: after })
    await saveInOneGroup(seeded, 38)
    const ask = (first: number) => seeded.bob.graphql(nested, { ...seeded.place, first })

    const within = await ask(30)
    const beyond = await ask(38)

    expect(within.errors).toBeUndefined()
    expect(within.data).toMatchObject({ workspace: { sessions: { edges: { length: 30 } } } })
    expect(beyond.data ?? null).toBeNull()
    expect(beyond.errors).toHaveLength(1)
    expect(beyond.errors?.[0]).toMatchObject({
      message: 'The lists of one answer hold at most 50000 objects together; ask for shorter pages',
      extensions: { code: 'INVALID_INPUT' },
    })
  })
})

test('one answer looks into workspaces 200 times at most', async () => {
  const seeded = await seedWorkspace()
  await saveInOneGroup(seeded, 14)
  const text = `query ($organization: String!, $workspace: String!, $first: Int) {
    workspace(organization: $organization, slug: $workspace) {
      sessions(first: $first) { edges { node { workspace { sessions(first: $first) { edges { node { workspace {
        sessionFacets { origins { value } } } } } } } } } } } }`
  const ask = (first: number) => seeded.bob.graphql(text, { ...seeded.place, first })

  const within = await ask(13)
  const beyond = await ask(14)

  expect(within.errors).toBeUndefined()
  expect(beyond.data ?? null).toBeNull()
  expect(beyond.errors).toMatchObject([
    {
      message: 'One answer looks into workspaces at most 200 times; ask for shorter pages',
      extensions: { code: 'INVALID_INPUT' },
    },
  ])
})

test('what is refused within an answer that is null already is told', async () => {
  const seeded = await seedWorkspace()
  await saveInOneGroup(seeded, 100)
  const { data, errors } = await seeded.bob.graphql(
    `query ($organization: String!, $workspace: String!) {
      workspace(organization: $organization, slug: $workspace) { sessions(first: 100) { edges { node {
        transcript(after: "x") { edges { cursor } }
        workspace { sessionFacets { __typename } sessionTimeline { timeZone } projects { edges { cursor } } }
      } } } } }`,
    seeded.place,
  )

  expect(data ?? null).toBeNull()
  expect(errors).toMatchObject([
    {
      message: 'One answer looks into workspaces at most 200 times; ask for shorter pages',
      extensions: { code: 'INVALID_INPUT' },
    },
  ])
})

async function saveInOneGroup(
  { store, organizationId, workspaceId, projectId, bob }: SeededWorkspace,
  count: number,
) {
  const group = { organizationId, id: randomUUID(), workspaceId, projectId, creatorId: bob.userId }
  await store.sessionGroup.createMany({ data: { ...group, kind: 'workflow' } })
  const session = { organizationId, workspaceId, ownerId: bob.userId, groupId: group.id }
  await store.session.createMany({
    data: Array.from({ length: count }, () => ({ ...session, id: randomUUID() })),
  })
}

test('a page of 100 sessions beside a popover of every dimension, 100 values each, is within the limits', async () => {
  const page = 'totalCount remainingCount pageInfo { hasNextPage endCursor }'
  const sessions = `sessions(first: 100) { totalCount edges { node { id uuid title agent model origin visibility updatedAt
    createdBy { login fullName } project { slug name } labels { key values } usage { totalInputTokens totalCostUsd } } } }`
  const facets = `sessionFacets(mode: OWN_FILTER_EXCLUDED) {
    agents(first: 100) { edges { node { value } count } ${page} } models(first: 100) { edges { node { value } count } ${page} }
    users(first: 100) { edges { node { id login fullName } count } ${page} }
    projects(first: 100) { edges { node { id slug name } count } ${page} }
    labels(first: 100) { key edges { node { value } count } ${page} }
    origins { value count } visibility { value count } archived { value count } frozen { value count } }`
  const { bob, place } = await seedWorkspace()

  const answer = await bob.graphql(
    `{ workspace(organization: "${place.organization}", slug: "${place.workspace}") { ${sessions} ${facets} } }`,
  )

  expect(answer.errors).toBeUndefined()
})

describe('what docs/front-end.md says of costs', () => {
  const page = readFileSync(new URL('../../docs/front-end.md', import.meta.url), 'utf8')
  const [popovers = '', tooMuch = ''] = [...page.matchAll(/```graphql\n([\s\S]*?)```/g)]
    .map(([, text]) => text as string)
    .filter((text) => /^query (Popovers|TooMuch)/.test(text))

  test('three facets of a thousand values beside a page of sessions are answered', async () => {
    const { bob, place } = await seedWorkspace()
    const { data, errors } = await bob.graphql(popovers, place)

    expect(popovers.match(/first: 1000/g)).toHaveLength(3)
    expect(errors).toBeUndefined()
    expect(data.workspace.sessionFacets).toHaveProperty('users')
  })

  test('an operation beyond the limit is refused with the cost that it has by those weights', async () => {
    const { bob, place } = await seedWorkspace()
    const cost = /with its ([\d,]+):/.exec(page)?.[1]?.replaceAll(',', '')
    const { errors } = await bob.graphql(tooMuch, place)

    expect(errors).toMatchObject([
      {
        message: `Query Cost limit of 100000 exceeded, found ${cost}.`,
        extensions: { code: 'OPERATION_TOO_COMPLEX' },
      },
    ])
  })
})

describe('cross-site requests', () => {
  test.each([
    ['a form', 'POST', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', 'POST', { 'content-type': 'text/plain' }],
    ['a link', 'GET', {}],
  ])('%s without a header that a page cannot set is refused', async (_name, method, headers) => {
    const yoga = await createTestYoga()
    const url = method === 'GET' ? `${endpoint}?query=%7B__typename%7D` : endpoint
    const body = method === 'GET' ? undefined : 'query=%7B__typename%7D'
    const response = await yoga.fetch(url, {
      method,
      headers: { ...headers, accept: 'application/json' },
      body,
    })
    expect(response.status).toBe(403)
  })
})

describe('what errors reveal', () => {
  test('wrong JSON is 400, and the body is not echoed', async () => {
    const { status, text } = await post('{"query": secret-secret')
    expect(status).toBe(400)
    expect(text).not.toContain('secret-secret')
  })

  test('with introspection off neither the schema nor suggestions are given', async () => {
    const off = { introspection: false }
    const introspected = await post(query('{ __schema { types { name } } }'), json, off)
    expect(introspected.errors?.[0]?.message).toMatch(/introspection/i)
    const filter =
      'query ($filter: SessionFilter) { viewer { organization { sessionSlice(filter: $filter) { total } } } }'
    const guesses = [
      query('{ vieweer { scopes } }'),
      query('{ viewer { organization { sessionSlice(filtr: {}) { total } } } }'),
      query('{ viewer { organization { sessionSlice(filter: { agent: [] }) { total } } } }'),
      query('{ viewer { organization { sessionSlice(filter: { archived: ANZ }) { total } } } }'),
      query('query ($filter: SessionFiltr) { viewer { scopes } }'),
      JSON.stringify({ query: filter, variables: { filter: { agent: [] } } }),
      JSON.stringify({ query: filter, variables: { filter: { archived: 'ANZ' } } }),
    ]
    for (const guess of guesses) {
      // Compiled documents read their variables in another way.
      for (let times = 0; times < 2; times += 1) {
        const { text, errors } = await post(guess, json, { ...off, compileAfterExecutions: times })
        expect(errors, guess).not.toHaveLength(0)
        expect(text).not.toMatch(/Did you mean|Suggestion/)
      }
      expect((await post(guess)).text).toMatch(/Did you mean/)
    }
    for (const sent of ['x. Did you mean y?', ' Did you mean '.repeat(100)]) {
      const quoted = JSON.stringify({ query: filter, variables: { filter: { agent: sent } } })
      for (let times = 0; times < 2; times += 1) {
        const { text } = await post(quoted, json, { ...off, compileAfterExecutions: times })
        expect(text).toContain('Did you mean')
        expect(text).not.toContain('agents')
      }
    }
  })

  test('an unexpected error is masked and carries a request id', async () => {
    const { store } = await openTestStore()
    const broken = {
      identify: async () => {
        await store.$queryRaw(sql`select * from no_such_table`)
        throw new Error('unreachable')
      },
    }
    const { text } = await post(query('{ viewer { scopes } }'), json, broken)
    expect(JSON.parse(text)).toMatchObject({
      data: null,
      errors: [
        {
          message: 'Internal server error',
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        },
      ],
    })
    expect(text).not.toMatch(/no_such_table|prisma/i)
  })
})

test('an operation that takes too long answers TIMED_OUT', async () => {
  const slow = {
    requestTimeoutMs: 30,
    identify: () => setTimeout(300).then(() => Promise.reject(new Error('late'))),
  }
  const { errors } = await post(query('{ viewer { scopes } }'), json, slow)
  expect(errors?.[0]).toMatchObject({ message: 'The request timed out', extensions: { code: 'TIMED_OUT' } })
})
