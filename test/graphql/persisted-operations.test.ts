import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BadOperationList } from '../../src/graphql/edge/bad-operation-list.js'
import { readOperationList } from '../../src/graphql/edge/persisted-operations.js'
import { listenOnTestStore } from '../support/listening-gateway.js'
import { createTestYoga, saveSession, seedWorkspace } from '../support/seed.js'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const extensions = (id: string) => ({ persistedQuery: { version: 1, sha256Hash: id } })
const scopes = '{ viewer { scopes } }'
const titles = `query Titles($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) { sessions { edges { node { title } } } } }`

type Yoga = Awaited<ReturnType<typeof createTestYoga>>

async function post(yoga: Yoga, body: object, key = '') {
  const response = await yoga.fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as any }
}

describe('automatic persisted operations', () => {
  test('an operation that was sent once with its hash runs by its hash alone, also over GET', async () => {
    const { yoga, dan } = await seedWorkspace()
    const query = `query ${'q'.repeat(8)}${Date.now()} ${scopes}`
    const named = { extensions: extensions(sha256(query)) }
    expect(await post(yoga, named, dan.key)).toMatchObject({
      status: 404,
      body: {
        errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
      },
    })
    const sent = await post(yoga, { query, ...named }, dan.key)
    expect(sent.body.data.viewer.scopes).not.toEqual([])
    expect(await post(yoga, named, dan.key)).toEqual(sent)
    const url = `http://gateway.test/graphql?extensions=${encodeURIComponent(JSON.stringify(named.extensions))}`
    const got = await yoga.fetch(url, { headers: { 'x-api-key': dan.key } })
    expect(await got.json()).toEqual(sent.body)
  })

  test('a document whose hash is wrong is refused and not kept', async () => {
    const { yoga, dan } = await seedWorkspace()
    const hash = sha256(scopes)
    expect(await post(yoga, { query: titles, extensions: extensions(hash) }, dan.key)).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'PERSISTED_QUERY_MISMATCH' } }] },
    })
    expect((await post(yoga, { extensions: extensions(hash) }, dan.key)).status).toBe(404)
  })

  test('what is kept has a bound: a thousand documents, the least used goes first, long ones never stay', async () => {
    const { yoga, dan } = await seedWorkspace()
    const send = (query: string) => post(yoga, { query, extensions: extensions(sha256(query)) }, dan.key)
    const again = (query: string) => post(yoga, { extensions: extensions(sha256(query)) }, dan.key)
    const long = `{ viewer { scopes } } # ${'x'.repeat(20_000)}`
    expect((await send(long)).status).toBe(200)
    expect((await again(long)).status).toBe(404)

    const first = `query First ${scopes}`
    await send(first)
    expect((await again(first)).status).toBe(200)
    for (let index = 0; index < 1000; index++) await send(`query Q${index} { __typename }`)
    expect((await again(first)).status).toBe(404)
    expect((await again('query Q999 { __typename }')).status).toBe(200)
  })

  test('limits and authorization hold for an operation that is named by its hash', async () => {
    const { yoga, eve, place } = await seedWorkspace()
    const aliases = `{ ${'abcdefghijk'
      .split('')
      .map((name) => `${name}: __typename`)
      .join(' ')} }`
    for (const query of [aliases, titles])
      await post(yoga, { query, variables: place, extensions: extensions(sha256(query)) }, eve.key)
    const refused = await post(yoga, { extensions: extensions(sha256(aliases)) }, eve.key)
    expect(refused.body.errors[0].message).toMatch(/[Aa]lias/)
    const stranger = await post(yoga, { variables: place, extensions: extensions(sha256(titles)) }, eve.key)
    expect(stranger.body.errors[0].extensions.code).toBe('NOT_FOUND')
  })
})

describe('an allow list', () => {
  const list = new Map([['titles-1', titles]])
  const only = { persistedOperations: { list, only: true } }

  test('its operations run by their id', async () => {
    const seeded = await seedWorkspace()
    await saveSession(seeded, seeded.bob, { title: 'listed', visibility: 'WORKSPACE' })
    const yoga = await createTestYoga(only)
    const { body } = await post(
      yoga,
      { extensions: extensions('titles-1'), variables: seeded.place },
      seeded.dan.key,
    )
    expect(body.data.workspace.sessions.edges).toEqual([{ node: { title: 'listed' } }])
  })

  test.each([
    ['another operation', { query: scopes }, 'PERSISTED_QUERY_ONLY'],
    [
      'an operation with an id',
      { query: scopes, extensions: extensions('titles-1') },
      'PERSISTED_QUERY_ONLY',
    ],
    ['a listed operation as a text', { query: titles }, 'PERSISTED_QUERY_ONLY'],
    ['an unknown id', { extensions: extensions(sha256(scopes)) }, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['an id of Object.prototype', { extensions: extensions('constructor') }, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['no id', { variables: {} }, 'PERSISTED_QUERY_ID_REQUIRED'],
  ])('refuses %s and runs nothing', async (_name, sent, code) => {
    const { dan } = await seedWorkspace()
    expect(await post(await createTestYoga(only), sent, dan.key)).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code } }] },
    })
  })

  test('beside other operations, it serves by id what nobody has sent yet', async () => {
    const { dan, place } = await seedWorkspace()
    const yoga = await createTestYoga({ persistedOperations: { list, only: false } })
    const named = await post(yoga, { extensions: extensions('titles-1'), variables: place }, dan.key)
    expect(named.body.data.workspace.sessions.edges).toEqual([])
    expect((await post(yoga, { query: scopes }, dan.key)).body.data.viewer.scopes).not.toEqual([])
  })
})

describe('the file of a list', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'operations-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function write(text: string): Promise<string> {
    const path = join(folder, `${randomUUID()}.json`)
    await writeFile(path, text)
    return path
  }

  test('a gateway that allows only the list has no GraphiQL, and its REST answers as ever', async () => {
    const { dan, place } = await seedWorkspace()
    const path = await write(JSON.stringify({ [sha256(titles)]: titles }))
    const gateway = await listenOnTestStore({ PERSISTED_OPERATIONS: path, PERSISTED_OPERATIONS_ONLY: 'true' })
    try {
      const { organization, workspace } = place
      const key = { 'X-API-Key': dan.key }
      const rest = await fetch(`${gateway.url}/api/v1/org/${organization}/ws/${workspace}/sessions`, {
        headers: key,
      })
      expect(await rest.json()).toMatchObject({ sessions: [], total: 0 })
      const page = await fetch(`${gateway.url}/graphql`, { headers: { Accept: 'text/html', ...key } })
      expect(await page.text()).not.toContain('<html')
      const listed = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...key },
        body: JSON.stringify({ extensions: extensions(sha256(titles)), variables: place }),
      })
      expect(await listed.json()).toEqual({ data: { workspace: { sessions: { edges: [] } } } })
    } finally {
      await gateway.close()
    }
  })

  test.each([
    ['that is missing', null, /cannot be read\.$/],
    ['that is no JSON', '{"a": ', /is not JSON\.$/],
    ['with a list in it', '["{ viewer { id } }"]', /takes an object of documents by id\.$/],
    ['with nothing in it', '{}', /is empty\.$/],
    ['with a number', '{"one": 1}', /The operation one of .* cannot be used: It is no text\.$/],
    ['with wrong syntax', '{"one": "{ viewer"}', /The operation one of .*Syntax Error/],
    ['with an unknown field', '{"one": "{ vieweer { id } }"}', /The operation one of .*Cannot query field/],
  ])('one %s is refused in a sentence', async (_name, text, message) => {
    const path = text === null ? join(folder, 'none.json') : await write(text)
    expect(() => readOperationList(path)).toThrow(BadOperationList)
    expect(() => readOperationList(path)).toThrow(message)
  })
})
