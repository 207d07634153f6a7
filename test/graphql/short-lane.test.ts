import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createShortLane } from '../../src/graphql/speed/short-lane.js'
import { finishRequests } from '../../src/http/drain.js'
import { createGatewayServer } from '../../src/http/server.js'
import { setLogLevel } from '../../src/log.js'
import { openDoor } from '../support/open-door.js'
import { createTestYoga, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const origins = ['https://app.example']
let url: string
let close: () => Promise<void>
/** Requests that the short lane has left to Yoga. */
let left = 0
let seeded: SeededWorkspace
let id: string

beforeAll(async () => {
  setLogLevel('silent')
  const yoga = await createTestYoga({ corsOrigins: origins, requestTimeoutMs: 5000 })
  const counted = new Proxy(yoga, {
    apply: (target, self, args) => {
      left++
      return Reflect.apply(target, self, args)
    },
  })
  const server = createGatewayServer({
    graphql: createShortLane(counted, origins),
    rest: () => Response.json({}),
    ...openDoor,
    ready: async () => null,
    graphqlBodyLimitBytes: 1_000_000,
    requestTimeoutMs: 10_000,
    loopbackHostsOnly: true,
    compression: true,
    documents: [],
    explorer: null,
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  close = () => finishRequests(server, 200)
  seeded = await seedWorkspace()
  id = await saveSession(seeded, seeded.bob, { title: 'Résumé “✓”', visibility: 'WORKSPACE' })
})
afterAll(async () => {
  setLogLevel('warn')
  await close()
})

/** Sends the same request down one lane: a query in the URL leads past the short one. */
async function send(lane: 'short' | 'full', body: string, headers: Record<string, string> = {}) {
  const before = left
  const sent = request(`${url}${lane === 'short' ? '' : '?full'}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-API-Key': seeded.dan.key,
      'X-Request-Id': 'same',
      ...headers,
    },
  })
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const { date: _, ...kept } = answer.headers
  return {
    answer: { status: answer.statusCode, headers: kept, body: await text(answer) },
    isShort: left === before,
  }
}

const operation = (query: string, variables?: unknown, more: object = {}) =>
  JSON.stringify({ query, variables, ...more })

const list = `query List($organization: String!, $workspace: String!, $first: Int = 5) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: $first) { totalCount edges { node { id title createdBy { login } usage { totalTokens } } } }
  }
}`

const place = () => seeded.place
const taken: [string, () => string][] = [
  ['a list', () => operation(list, place())],
  [
    'a mutation',
    () =>
      operation('mutation M($input: PinSessionInput!) { pinSession(input: $input) { session { title } } }', {
        input: { ...place(), id },
      }),
  ],
  [
    'a mutation that is refused',
    () =>
      operation(
        'mutation M($input: ArchiveSessionInput!) { archiveSession(input: $input) { session { title } } }',
        { input: { ...place(), id } },
      ),
  ],
  [
    'an operation picked by its name',
    () => operation('query A { viewer { scopes } } query B { __typename }', null, { operationName: 'B' }),
  ],
  [
    'members that are null',
    () => operation('{ __typename }', null, { operationName: null, extensions: null }),
  ],
  ['introspection', () => operation('{ __schema { queryType { name } types { name } } }')],
  ['what does not exist', () => operation(list, { organization: 'none', workspace: 'none' })],
  ['a missing variable', () => operation(list, {})],
  ['a variable of the wrong type', () => operation(list, { ...place(), first: 'many' })],
  ['input that the domain refuses', () => operation(list, { ...place(), first: 1000 })],
  [
    'an error beside data',
    () =>
      operation(
        'query Q($organization: String!, $workspace: String!) { viewer { scopes } workspace(organization: $organization, slug: $workspace) { session(id: "ffff") { title } } }',
        place(),
      ),
  ],
  [
    'a unicode text',
    () =>
      operation(
        'query S($organization: String!, $workspace: String!, $id: String!) { workspace(organization: $organization, slug: $workspace) { session(id: $id) { title } } }',
        { ...place(), id },
      ),
  ],
]

const others: [string, () => string, Record<string, string>?][] = [
  [
    'what has too many variables',
    () => JSON.stringify({ query: '{ __typename }', variables: { x: Array(100_001).fill(0) } }),
  ],
  ['a syntax error', () => operation('{ viewer')],
  ['an unknown field', () => operation('{ vieweer { scopes } }')],
  [
    'eleven aliases',
    () =>
      operation(
        `{ ${'abcdefghijk'
          .split('')
          .map((name) => `${name}: __typename`)
          .join(' ')} }`,
      ),
  ],
  [
    'an operation name that is not there',
    () => operation('query A { __typename }', null, { operationName: 'B' }),
  ],
  ['two operations and no name', () => operation('query A { __typename } query B { __typename }')],
  ['no query', () => '{}'],
  ['a number for a query', () => '{"query": 1}'],
  ['a list of variables', () => operation('{ __typename }', [])],
  ['an unknown member', () => operation('{ __typename }', {}, { id: 'x' })],
  [
    'an unknown persisted operation',
    () => '{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}}',
  ],
  ['wrong JSON', () => '{"query": '],
  ['null', () => 'null'],
  ['a batch', () => `[${operation('{ __typename }')}]`],
  ['an empty body', () => ''],
  ['another content type', () => '{ __typename }', { 'Content-Type': 'application/graphql' }],
  [
    'a form without a header that pages cannot set',
    () => 'query={__typename}',
    { 'Content-Type': 'application/x-www-form-urlencoded', 'X-API-Key': '' },
  ],
  [
    'an answer in parts',
    () => operation('{ viewer { scopes ... @defer { id } } }'),
    { Accept: 'application/json' },
  ],
  ['a type that is not served', () => operation('{ __typename }'), { Accept: 'text/plain' }],
  ['an allowed origin', () => operation('{ __typename }'), { Origin: 'https://app.example' }],
  ['another origin', () => operation('{ __typename }'), { Origin: 'https://evil.example' }],
]

describe.each(['*/*', 'application/json', 'application/graphql-response+json'])('Accept: %s', (accept) => {
  test.each(taken)('the short lane answers %s as Yoga does, to the byte', async (_name, body) => {
    const short = await send('short', body(), { Accept: accept })
    const full = await send('full', body(), { Accept: accept })
    expect(short.answer).toEqual(full.answer)
    expect([short.isShort, full.isShort]).toEqual([true, false])
  })
})

test.each(others)('%s is left to Yoga', async (_name, body, headers = {}) => {
  const short = await send('short', body(), headers)
  const full = await send('full', body(), headers)
  expect(short.answer).toEqual(full.answer)
  expect(short.isShort).toBe(false)
})

test.each([
  ['X-API-Key', () => ({ 'X-API-Key': seeded.bob.key })],
  ['Authorization', () => ({ 'X-API-Key': '', Authorization: `Bearer ${seeded.bob.key}` })],
  ['a wrong key', () => ({ 'X-API-Key': 'sgw_wrong' })],
  ['no key', () => ({ 'X-API-Key': '' })],
])('%s is read alike in both lanes', async (_name, headers) => {
  const body = operation('{ viewer { scopes user { login } } }')
  const short = await send('short', body, headers())
  expect(short.answer).toEqual((await send('full', body, headers())).answer)
  expect(short.isShort).toBe(true)
})

test('an operation is refused by its limits on every call, not only on the first', async () => {
  const body = operation(
    `{ ${'abcdefghijk'
      .split('')
      .map((name) => `${name}: __typename`)
      .join(' ')} }`,
  )
  for (const _ of [1, 2, 3]) expect((await send('short', body)).answer.body).toMatch(/[Aa]lias/)
})

describe('GraphQL over HTTP, through the server with its short lane', () => {
  const audits = serverAudits({
    url: () => url,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { 'graphql-require-preflight': '1', ...(init.headers as object) } }),
  })

  test.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn()
    expect(result.status, 'reason' in result ? result.reason : undefined).toBe('ok')
  })
})
