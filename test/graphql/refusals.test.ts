import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGateway } from '../../src/app.js'
import { readConfig } from '../../src/config/read.js'
import { errorCodes } from '../../src/domain/errors.js'
import { readTables } from '../docs/markdown.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { saveSession, seedWorkspace } from '../support/seed.js'
import { openTestStore } from '../support/store.js'

const operations = fileURLToPath(
  new URL('../../examples/persisted-operations.generated.json', import.meta.url),
)
const gateways = {
  development: {},
  production: { SIMPLE_REQUESTS: 'false', INTROSPECTION: 'false', GRAPHIQL: 'false' },
  strict: { PERSISTED_OPERATIONS: operations, PERSISTED_OPERATIONS_ONLY: 'true' },
  small: { GRAPHQL_BODY_LIMIT_BYTES: '2000' },
  busy: { STRANGER_RATE_LIMIT_PER_MINUTE: '1' },
}
const listening = {} as Record<keyof typeof gateways, ListeningGateway>
const key = { 'X-API-Key': 'sgw_unknown' }
const json = { ...key, 'Content-Type': 'application/json' }

beforeAll(async () => {
  for (const [name, env] of Object.entries(gateways))
    listening[name as keyof typeof gateways] = await listenOnTestStore(env)
})

afterAll(async () => {
  for (const gateway of Object.values(listening)) await gateway.close()
})

interface Case {
  sent: Omit<RequestInit, 'headers'> & { headers?: Record<string, string>; search?: string }
  to?: keyof typeof gateways
  status: number
  code: string
  message: RegExp
}

const post = (body: unknown, headers: Record<string, string> = json): Case['sent'] => ({
  method: 'POST',
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const operation = (query: string, more: object = {}, headers: Record<string, string> = json) =>
  post({ query, ...more }, headers)
const get = (parameters: Record<string, string>, headers: Record<string, string> = key): Case['sent'] => ({
  headers,
  search: `?${new URLSearchParams(parameters)}`,
})
const hash = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } })
const unknownHash = hash('a'.repeat(64))
const events = 'subscription { sessionEvents(organization: "a", workspace: "b") { id } }'
const levels = 'sessionSlice { nodes { workspace { session(id: "x") { '

const cases: Record<string, Case> = {
  'an Accept header that nothing answers': {
    sent: operation('{ __typename }', {}, { ...json, Accept: 'image/png' }),
    ...{ status: 406, code: 'NOT_ACCEPTABLE', message: /^Answers are application\/graphql/ },
  },
  'a subscription for JSON': {
    sent: operation(events, {}, { ...json, Accept: 'application/json' }),
    ...{ status: 406, code: 'NOT_ACCEPTABLE', message: /^A subscription is answered as text\/event-stream/ },
  },
  'a subscription for parts of no known kind': {
    sent: operation(events, {}, { ...json, Accept: 'multipart/mixed' }),
    ...{ status: 406, code: 'NOT_ACCEPTABLE', message: /^A subscription is answered as/ },
  },
  'a body of another type': {
    sent: post('<a/>', { ...key, 'Content-Type': 'text/xml' }),
    ...{ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: /posted as application\/json/ },
  },
  'a body of many parts': {
    sent: post('--x--', { ...key, 'Content-Type': 'multipart/form-data; boundary=x' }),
    ...{ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: /posted as application\/json/ },
  },
  'a packed body': {
    sent: operation('{ __typename }', {}, { ...json, 'Content-Encoding': 'gzip' }),
    ...{ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: /without Content-Encoding/ },
  },
  'a form in production': {
    sent: post('query=%7B__typename%7D', { ...key, 'Content-Type': 'application/x-www-form-urlencoded' }),
    ...{ to: 'production', status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: /application\/json/ },
  },
  'the text of an operation by GET in production': {
    sent: get({ query: '{__typename}' }),
    ...{ to: 'production', status: 405, code: 'METHOD_NOT_ALLOWED', message: /^GET takes the hash/ },
  },
  'a mutation by GET': {
    sent: get({ query: 'mutation { pinSession(input: { id: "a" }) { session { id } } }' }),
    ...{ status: 405, code: 'METHOD_NOT_ALLOWED', message: /mutation operation from a POST/ },
  },
  'another method': {
    sent: { method: 'PUT', headers: json, body: '{}' },
    ...{ status: 405, code: 'METHOD_NOT_ALLOWED', message: /only supports GET and POST/ },
  },
  'a form without a header that pages cannot set': {
    sent: post('query=%7B__typename%7D', { 'Content-Type': 'application/x-www-form-urlencoded' }),
    ...{ status: 403, code: 'CSRF_PREVENTED', message: /takes a header that pages cannot set/ },
  },
  'a link': {
    sent: get({ query: '{__typename}' }, {}),
    ...{ status: 403, code: 'CSRF_PREVENTED', message: /takes a header that pages cannot set/ },
  },
  'an empty body': {
    sent: post(''),
    ...{ status: 400, code: 'BAD_REQUEST', message: /invalid JSON/ },
  },
  'a body that is no JSON': {
    sent: post('{"query'),
    ...{ status: 400, code: 'BAD_REQUEST', message: /invalid JSON/ },
  },
  'a body that is no object': {
    sent: post('5'),
    ...{ status: 400, code: 'BAD_REQUEST', message: /expected to be object/ },
  },
  'a batch': {
    sent: post([{ query: '{ __typename }' }]),
    ...{ status: 400, code: 'BAD_REQUEST', message: /Batching is not supported/ },
  },
  'no operation': {
    sent: post({}),
    ...{ status: 400, code: 'BAD_REQUEST', message: /Must provide query string/ },
  },
  'an operation that is no text': {
    sent: post({ query: 1 }),
    ...{ status: 400, code: 'BAD_REQUEST', message: /to be a string/ },
  },
  'a member that there is not': {
    sent: operation('{ __typename }', { foo: 1 }),
    ...{ status: 400, code: 'BAD_REQUEST', message: /Unexpected parameter "foo"/ },
  },
  'variables that are no object': {
    sent: operation('{ __typename }', { variables: [1] }),
    ...{ status: 400, code: 'BAD_REQUEST', message: /"variables" param/ },
  },
  'variables in an address that are no JSON': {
    sent: get({ query: '{__typename}', variables: '{' }),
    ...{ status: 400, code: 'BAD_REQUEST', message: /take JSON/ },
  },
  'extensions in a form that are no JSON': {
    sent: post('query=%7B__typename%7D&extensions=%7B', {
      ...{ ...key, 'Content-Type': 'application/x-www-form-urlencoded' },
    }),
    ...{ status: 400, code: 'BAD_REQUEST', message: /take JSON/ },
  },
  'too many levels of variables': {
    sent: post(`{"query":"{__typename}","variables":{"a":${'['.repeat(210)}${']'.repeat(210)}}}`),
    ...{ status: 400, code: 'BAD_REQUEST', message: /at most 200 levels/ },
  },
  'too many levels of a body': {
    sent: post(`{"query":"{__typename}","variables":{"a":${'['.repeat(300)}${']'.repeat(300)}}}`),
    ...{ status: 400, code: 'BAD_REQUEST', message: /At most 256 levels/ },
  },
  'a long document': {
    sent: operation(`{ __typename } ${'#'.repeat(262_144)}`),
    // A stranger is told so before the document is read.
    ...{ status: 401, code: 'UNAUTHENTICATED', message: /Invalid API key/ },
  },
  'a body larger than its limit': {
    sent: operation(`{ __typename } ${'#'.repeat(3000)}`),
    ...{ to: 'small', status: 413, code: 'PAYLOAD_TOO_LARGE', message: /larger than 2000 bytes/ },
  },
  'a name that no operation has': {
    sent: operation('query A { __typename }', { operationName: 'B' }),
    ...{ status: 400, code: 'OPERATION_RESOLUTION_FAILURE', message: /Could not determine/ },
  },
  'a document of two operations and no name': {
    sent: operation('query A { __typename } query B { __typename }'),
    ...{ status: 400, code: 'OPERATION_RESOLUTION_FAILURE', message: /Could not determine/ },
  },
  'a document that cannot be parsed': {
    sent: operation('{'),
    ...{ status: 400, code: 'GRAPHQL_PARSE_FAILED', message: /^Syntax Error: Expected Name/ },
  },
  'a field that there is not': {
    sent: operation('{ nope }'),
    ...{ status: 400, code: 'GRAPHQL_VALIDATION_FAILED', message: /Did you mean "node"/ },
  },
  'a field that there is not, in production': {
    sent: operation('{ nope }'),
    ...{ to: 'production', status: 400, code: 'GRAPHQL_VALIDATION_FAILED', message: /type "Query"\.$/ },
  },
  'a directive out of place': {
    sent: operation('mutation { ... @defer { __typename } }'),
    ...{ status: 400, code: 'GRAPHQL_VALIDATION_FAILED', message: /Defer directive cannot/ },
  },
  introspection: {
    sent: operation('{ __schema { queryType { name } } }'),
    ...{ to: 'production', status: 400, code: 'GRAPHQL_VALIDATION_FAILED', message: /has been disabled/ },
  },
  'a variable that is missing': {
    sent: operation('query ($id: ID!) { node(id: $id) { id } }'),
    ...{ status: 400, code: 'BAD_USER_INPUT', message: /was not provided/ },
  },
  'a variable of another type': {
    sent: operation('query ($id: ID!) { node(id: $id) { id } }', { variables: { id: {} } }),
    ...{ status: 400, code: 'BAD_USER_INPUT', message: /ID cannot represent value/ },
  },
  'too many aliases': {
    sent: operation(`{ ${Array.from({ length: 11 }, (_, at) => `a${at}: __typename`).join(' ')} }`),
    ...{ status: 400, code: 'OPERATION_TOO_LARGE', message: /^Aliases limit of 10 exceeded, found 11/ },
  },
  'too many directives': {
    sent: operation(`{ __typename ${'@include(if: true) '.repeat(6)} }`),
    ...{ status: 400, code: 'OPERATION_TOO_LARGE', message: /^Directives limit of 5 exceeded/ },
  },
  'one field again and again': {
    sent: operation(`{ ${'__typename '.repeat(11)} }`),
    ...{ status: 400, code: 'OPERATION_TOO_LARGE', message: /^Repeats limit of 10 exceeded by __typename/ },
  },
  'one fragment again and again': {
    sent: operation(`{ ${'...a '.repeat(11)} } fragment a on Query { __typename }`),
    ...{ status: 400, code: 'OPERATION_TOO_LARGE', message: /^Repeats limit of 10 exceeded by \.\.\.a/ },
  },
  'too many tokens': {
    sent: operation(`{ ${'__typename '.repeat(2000)} }`),
    ...{ status: 400, code: 'OPERATION_TOO_LARGE', message: /^Token limit of 2000 exceeded/ },
  },
  'too many levels of fields': {
    sent: operation(`{ viewer { organization { ${levels.repeat(3)} id ${'} } } }'.repeat(3)} } } }`),
    ...{ status: 400, code: 'OPERATION_TOO_LARGE', message: /^Query depth limit of 12 exceeded/ },
  },
  'too much to count': {
    sent: operation(
      '{ viewer { workspaces { sessions(first: 100) { edges { node { transcript(first: 5000) { edges { node { id } } } } } } } } }',
    ),
    ...{ status: 400, code: 'OPERATION_TOO_COMPLEX', message: /^Query Cost limit of 100000 exceeded/ },
  },
  'a hash that nobody sent the text of': {
    sent: post(unknownHash),
    ...{ status: 404, code: 'PERSISTED_QUERY_NOT_FOUND', message: /^PersistedQueryNotFound$/ },
  },
  'a text under the hash of another': {
    sent: post({ query: '{ __typename }', ...unknownHash }),
    ...{ status: 400, code: 'PERSISTED_QUERY_MISMATCH', message: /^PersistedQueryMismatch$/ },
  },
  'the text of an operation where there is a list': {
    sent: operation('{ __typename }'),
    ...{ to: 'strict', status: 400, code: 'PERSISTED_QUERY_ONLY', message: /operations of the list/ },
  },
  'a hash that is not in the list': {
    sent: post(unknownHash),
    ...{ to: 'strict', status: 400, code: 'PERSISTED_QUERY_NOT_IN_LIST', message: /NotFound/ },
  },
  'no hash where there is a list': {
    sent: post({}),
    ...{ to: 'strict', status: 400, code: 'PERSISTED_QUERY_ID_REQUIRED', message: /named by their id/ },
  },
  'a large body of a stranger': {
    sent: operation(`{ __typename } ${'#'.repeat(70_000)}`),
    ...{ status: 401, code: 'UNAUTHENTICATED', message: /Invalid API key/ },
  },
}

async function send({ sent: { search = '', ...init }, to = 'development' }: Case, accept?: string) {
  const headers = { Accept: accept ?? 'application/json', ...init.headers }
  const response = await fetch(`${listening[to].url}/graphql${search}`, { ...init, headers })
  const text = await response.text()
  return { response, text }
}

describe('what is refused before it runs', () => {
  test.each(Object.entries(cases))('%s has the shape of all errors', async (_name, refused) => {
    // Clients of plain JSON get 200 for what is wrong with a document, as ever.
    const { response, text } = await send(refused, 'application/graphql-response+json')

    expect(response.status, text).toBe(refused.status)
    expect(response.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/)
    const { errors, ...rest } = JSON.parse(text)
    expect(rest).toEqual({})
    expect(errors.length).toBeGreaterThan(0)
    expect(errors[0].message).toMatch(refused.message)
    for (const { message, extensions } of errors) {
      expect(message).not.toContain('[Suggestion hidden]')
      expect(extensions).toEqual({
        code: refused.code,
        requestId: response.headers.get('x-request-id'),
      })
    }
  })

  test('a stranger who asks too often is told so in the same shape', async () => {
    const refused = { to: 'busy', ...cases['a variable that is missing'] } as Case
    refused.sent = { ...refused.sent, headers: { 'Content-Type': 'application/json' } }
    await send(refused)
    const { response, text } = await send(refused)

    expect(response.status).toBe(429)
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: expect.any(String),
          extensions: {
            code: 'RATE_LIMITED',
            requestId: response.headers.get('x-request-id'),
            retryAfterSeconds: Number(response.headers.get('retry-after')),
          },
        },
      ],
    })
  })

  test('the same is told in parts and in events to a client that reads nothing else', async () => {
    for (const accept of ['multipart/mixed', 'text/event-stream']) {
      const { response, text } = await send(cases['a field that there is not'] as Case, accept)
      const { errors } = JSON.parse(text.slice(text.indexOf('{"'), text.lastIndexOf('}') + 1))

      expect(response.headers.get('content-type')).toContain(accept)
      expect(errors[0].extensions).toEqual({
        code: 'GRAPHQL_VALIDATION_FAILED',
        requestId: response.headers.get('x-request-id'),
      })
    }
  })

  test('a mutation whose answer nobody can read changes nothing', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const text = `mutation ($input: ArchiveSessionInput!) { archiveSession(input: $input) { session { id } } }`
    const body = { query: text, variables: { input: { ...seeded.place, id } } }
    const headers = { ...json, 'X-API-Key': seeded.bob.key, Accept: 'image/png' }

    const { response } = await send({ ...(cases['a batch'] as Case), sent: post(body, headers) })

    expect(response.status).toBe(406)
    const session = await seeded.store.session.findFirstOrThrow({ where: { id } })
    expect(session.archivedAt).toBeNull()
  })
})

test('docs/front-end.md has every code with its status, and no other', () => {
  const page = readFileSync(new URL('../../docs/front-end.md', import.meta.url), 'utf8')
  const rows = readTables(page, 'code').map(([code, status]) => [code, status])
  const refused = Object.values(cases).map(({ code, status }) => [code, `${status}`])

  expect(rows).toEqual(expect.arrayContaining(refused))
  const codes = new Set([...errorCodes, 'INTERNAL_SERVER_ERROR', ...refused.map(([code]) => code)])
  // Said by the REST faces alone.
  codes.delete('UPGRADE_REQUIRED')
  expect(rows.map(([code]) => code).toSorted()).toEqual([...codes].toSorted())
})

test('a foreign Host has the shape of all errors, over GraphQL', async () => {
  const { server, stop } = createGateway(readConfig({}), await openTestStore(), 'sgw_demo_admin')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const answer = await new Promise<string>((resolve) => {
    httpRequest({ port, path: '/graphql', headers: { host: 'evil.example' } }, (res) => {
      let text = `${res.statusCode} ${res.headers['x-request-id']} `
      res.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text))
    }).end()
  })
  stop()
  server.closeAllConnections()
  server.close()

  const [status, requestId] = answer.split(' ')
  expect(status).toBe('400')
  expect(JSON.parse(answer.slice(answer.indexOf('{')))).toEqual({
    errors: [
      { message: 'The demo answers loopback hosts only', extensions: { code: 'BAD_REQUEST', requestId } },
    ],
  })
})
