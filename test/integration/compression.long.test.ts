import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const query = `query Page($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) { sessions(first: 20) { edges { node { id title } } } } }`

let gateway: ListeningGateway
let plain: ListeningGateway
let seeded: SeededWorkspace

beforeAll(async () => {
  gateway = await listenOnTestStore()
  plain = await listenOnTestStore({ COMPRESSION: 'false' })
  seeded = await seedWorkspace()
  for (let index = 0; index < 20; index++)
    await saveSession(seeded, seeded.bob, { title: `Session ${index}`, visibility: 'WORKSPACE' })
})
afterAll(() => Promise.all([gateway.close(), plain.close()]))

interface Asked {
  from?: ListeningGateway
  path?: string
  headers: Record<string, string>
  body?: object
}

/** The answer as it comes over the wire; `fetch` would decode it. */
async function ask({ from = gateway, path = '/graphql', headers, body }: Asked) {
  const sent = request(`${from.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': seeded.dan.key, ...headers },
  })
  sent.end(body === undefined ? undefined : JSON.stringify(body))
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return { headers: answer.headers, bytes: await buffer(answer) }
}

const graphql = () => ({ body: { query, variables: seeded.place } })
const rest = () => ({
  path: `/api/v1/org/${seeded.place.organization}/ws/${seeded.place.workspace}/sessions`,
})

describe.each([
  ['GraphQL', graphql],
  ['REST', rest],
  ['an OpenAPI document', () => ({ path: '/openapi.json' })],
])('an answer of %s', (_name, asked) => {
  test.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const)('is the same one when it is sent as %s', async (encoding, decode) => {
    const { headers, bytes } = await ask({ ...asked(), headers: { 'Accept-Encoding': encoding } })
    const identity = await ask({ ...asked(), headers: {} })
    expect(headers['content-encoding']).toBe(encoding)
    expect(headers.vary).toContain('Accept-Encoding')
    expect(identity.headers['content-encoding']).toBeUndefined()
    expect(decode(bytes)).toEqual(identity.bytes)
    expect(bytes.length).toBeLessThan(identity.bytes.length / 2)
  })

  test('is not compressed where that is turned off', async () => {
    const { headers } = await ask({ ...asked(), from: plain, headers: { 'Accept-Encoding': 'gzip, br' } })
    expect(headers['content-encoding']).toBeUndefined()
  })
})

test('brotli is taken over gzip where a client takes both', async () => {
  const { headers } = await ask({ ...rest(), headers: { 'Accept-Encoding': 'gzip, deflate, br' } })
  expect(headers['content-encoding']).toBe('br')
})

test.each([
  ['GraphQL', () => ({ body: { query: '{ viewer { scopes } }' } })],
  ['REST', () => ({ path: '/api/v1/nowhere' })],
  ['health', () => ({ path: '/livez' })],
])('a short answer of %s is sent as it is', async (_name, asked) => {
  const { headers } = await ask({ ...asked(), headers: { 'Accept-Encoding': 'gzip' } })
  expect(headers['content-encoding']).toBeUndefined()
})

test.each(['multipart/mixed', 'text/event-stream'])(
  'an answer in parts as %s is never compressed, so that no part waits for the next',
  async (accept) => {
    const deferred = query.replace('id title', 'id ... @defer { title }')
    const { headers, bytes } = await ask({
      body: { query: deferred, variables: seeded.place },
      headers: { Accept: accept, 'Accept-Encoding': 'gzip' },
    })
    expect(headers['content-type']).toContain(accept)
    expect(headers['content-encoding']).not.toBe('gzip')
    expect(bytes.toString()).toContain('"hasNext":false')
  },
)
