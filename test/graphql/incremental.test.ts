import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { createGateway } from '../../src/app.js'
import { readConfig } from '../../src/config/read.js'
import type { ModelStore } from '../../src/db/sql.js'
import { finishRequests } from '../../src/http/drain.js'
import { holdUp } from '../support/gate.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { openTestStore } from '../support/store.js'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function listen(store: ModelStore, env: Record<string, string> = {}): Promise<string> {
  const { server } = createGateway(readConfig(env), { store }, null)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => finishRequests(server, 200))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

const inParts = 'multipart/mixed, application/json'

async function post(url: string, key: string, query: string, variables: object, accept = inParts) {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}`, Accept: accept },
    body: JSON.stringify({ query, variables }),
  })
}

/** The JSON parts of a multipart answer, each as soon as it is whole. */
async function* partsOf(response: Response) {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of Readable.fromWeb(response.body as never)) {
    text += decoder.decode(chunk, { stream: true })
    const pieces = text.split('\r\n---')
    text = pieces.pop() ?? ''
    for (const piece of pieces) {
      const start = piece.indexOf('\r\n\r\n')
      if (start !== -1) yield JSON.parse(piece.slice(start)) as any
    }
  }
}

async function all(response: Response): Promise<any[]> {
  const parts = []
  for await (const part of partsOf(response)) parts.push(part)
  return parts
}

const deferred = `query Page($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 10) { nodes: edges { node { title ... @defer(label: "texts") { firstUserText } } } }
  }
}`
const whole = deferred.replace('@defer(label: "texts")', '')

/** A workspace with two sessions that its reader sees. */
async function seedTwo(): Promise<SeededWorkspace> {
  const seeded = await seedWorkspace()
  for (const title of ['one', 'two'])
    await saveSession(seeded, seeded.bob, { title, visibility: 'WORKSPACE' })
  return seeded
}

describe('@defer over HTTP', () => {
  test('the first part arrives while the deferred one still waits for the store', async () => {
    const { dan, place } = await seedTwo()
    const gate = holdUp(await openTestStore(), 'firstUserText')
    const response = await post(await listen(gate.store), dan.key, deferred, place)
    expect(response.headers.get('content-type')).toContain('multipart/mixed')
    expect(response.headers.get('content-encoding')).toBeNull()
    const parts = partsOf(response)

    const first = (await parts.next()).value
    await gate.reached
    expect(first).toMatchObject({ hasNext: true })
    expect(first.data.workspace.sessions.nodes).toEqual([
      { node: { title: 'two' } },
      { node: { title: 'one' } },
    ])

    gate.open()
    const rest = []
    for await (const part of parts) rest.push(part)
    const patches = rest.flatMap((part) => part.incremental ?? [])
    expect(patches).toHaveLength(2)
    expect(patches[0]).toMatchObject({ label: 'texts', data: { firstUserText: null } })
    expect(rest.at(-1)).toMatchObject({ hasNext: false })
  })

  test('an unexpected error in a deferred part is masked', async () => {
    const { dan, place } = await seedTwo()
    const gate = holdUp(await openTestStore(), 'firstUserText')
    gate.fail()
    const response = await post(await listen(gate.store), dan.key, deferred, place)
    const parts = await all(response)
    const errors = parts.flatMap((part) => part.incremental ?? []).flatMap((one) => one.errors ?? [])
    expect(errors).toHaveLength(2)
    expect(errors[0]).toMatchObject({
      message: 'Internal server error',
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: response.headers.get('x-request-id') },
    })
    expect(JSON.stringify(parts)).not.toMatch(/secret_table|prisma/i)
  })

  test('the time limit ends an answer whose deferred part is late', async () => {
    const { dan, place } = await seedTwo()
    const gate = holdUp(await openTestStore(), 'firstUserText')
    const url = await listen(gate.store, { REQUEST_TIMEOUT_MS: '1500' })
    const parts = await all(await post(url, dan.key, deferred, place))
    gate.open()
    expect(parts[0].data.workspace.sessions.nodes).toHaveLength(2)
    expect(parts.at(-1)).toMatchObject({ hasNext: false, errors: [{ extensions: { code: 'TIMED_OUT' } }] })
    expect(parts).toHaveLength(2)
  })

  test('a client that takes JSON only gets the same answer as without the directive', async () => {
    const { dan, place } = await seedTwo()
    const url = await listen((await openTestStore()).store)
    const asked = await post(url, dan.key, deferred, place, 'application/json')
    const plain = await post(url, dan.key, whole, place, 'application/json')
    expect(asked.headers.get('content-type')).toContain('application/json')
    expect(await asked.text()).toBe(await plain.text())
  })

  test.each([
    'multipart/mixed;incrementalSpec=v0.2,application/graphql-response+json,application/json;q=0.9',
    'multipart/mixed;deferSpec=20230621,application/json',
  ])('a client that reads parts in another format gets the answer whole: %s', async (accept) => {
    const { dan, place } = await seedTwo()
    const url = await listen((await openTestStore()).store)
    const asked = await post(url, dan.key, deferred, place, accept)
    const plain = await post(url, dan.key, whole, place, 'application/json')
    expect(asked.headers.get('content-type')).toContain('json')
    expect(await asked.text()).toBe(await plain.text())
  })

  test('a client that reads nothing but parts in another format gets the answer whole, as one part', async () => {
    const { dan, place } = await seedTwo()
    const url = await listen((await openTestStore()).store)
    const parts = await all(await post(url, dan.key, deferred, place, 'multipart/mixed;incrementalSpec=v0.2'))
    const plain = await post(url, dan.key, whole, place, 'application/json')
    expect(parts).toEqual([await plain.json()])
  })

  test('a client that reads events beside parts in another format gets events', async () => {
    const { dan, place } = await seedTwo()
    const url = await listen((await openTestStore()).store)
    const accept = 'multipart/mixed;incrementalSpec=v0.2, text/event-stream'
    const response = await post(url, dan.key, deferred, place, accept)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(await response.text()).toMatch(/"hasNext":true[\s\S]*"incremental"[\s\S]*event: complete/)
  })

  test('an operation without the directives is answered whole, whatever the client takes', async () => {
    const { dan, place } = await seedTwo()
    const url = await listen((await openTestStore()).store)
    const answers = await Promise.all(
      [inParts, 'application/json', '*/*'].map(async (accept) => {
        const parts = await post(url, dan.key, whole, place, accept).then((one) => one.text())
        return parts.slice(parts.indexOf('{'), parts.lastIndexOf('}') + 1)
      }),
    )
    expect(new Set(answers).size).toBe(1)
  })
})

describe('@stream over HTTP', () => {
  test.each([-1, null])(
    'an initialCount of %s is refused, as text and as a variable',
    async (initialCount) => {
      const { dan, place } = await seedTwo()
      const url = await listen((await openTestStore()).store)
      const asText = whole.replace('edges {', `edges @stream(initialCount: ${initialCount}) {`)
      const asVariable = whole
        .replace('edges {', 'edges @stream(initialCount: $initialCount) {')
        .replace('(', '($initialCount: Int, ')
      for (const query of [asText, asVariable]) {
        const text = await (await post(url, dan.key, query, { ...place, initialCount })).text()
        expect(text).toContain('is a number that is at least 0')
        expect(text).toContain('BAD_REQUEST')
      }
    },
  )

  test('the rows of a list come in order, the first ones at once', async () => {
    const { dan, place } = await seedTwo()
    const query = whole.replace('edges {', 'edges @stream(initialCount: 1) {')
    const parts = await all(await post(await listen((await openTestStore()).store), dan.key, query, place))
    expect(parts[0].data.workspace.sessions.nodes).toMatchObject([{ node: { title: 'two' } }])
    const items = parts.flatMap((part) => part.incremental ?? []).flatMap((one) => one.items ?? [])
    expect(items).toMatchObject([{ node: { title: 'one' } }])
  })

  test('a long transcript comes message by message', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const contents = Array.from({ length: 100 }, (_, index) => `message ${index}`)
    await seeded.bob.graphql(
      'mutation Append($input: AppendTranscriptInput!) { appendTranscript(input: $input) { appendedCount } }',
      { input: { ...seeded.place, id, messages: contents.map((content) => ({ role: 'USER', content })) } },
    )
    const url = await listen((await openTestStore()).store)
    const query = `query Read($organization: String!, $workspace: String!, $id: String!) {
      workspace(organization: $organization, slug: $workspace) { session(id: $id) {
        transcript(first: 100) { edges @stream(initialCount: 20) { node { content } } } } } }`
    const parts = await all(await post(url, seeded.bob.key, query, { ...seeded.place, id }))
    const { edges } = parts[0].data.workspace.session.transcript
    const later = parts.flatMap((part) => part.incremental ?? []).flatMap((one) => one.items ?? [])
    expect(edges).toHaveLength(20)
    expect([...edges, ...later].map((edge) => edge.node.content)).toEqual(contents)
  })
})

describe('what the directives do not change', () => {
  test('a stranger learns nothing in any part', async () => {
    const { eve, place } = await seedTwo()
    const query = `query Page($organization: String!, $workspace: String!) { ... @defer {
      workspace(organization: $organization, slug: $workspace) { sessions { edges { node { title } } } } } }`
    const parts = await all(await post(await listen((await openTestStore()).store), eve.key, query, place))
    expect(JSON.stringify(parts)).toContain('NOT_FOUND')
    expect(JSON.stringify(parts)).not.toContain('one')
  })

  test('nobody without a key gets a deferred part', async () => {
    const { place } = await seedTwo()
    const url = await listen((await openTestStore()).store)
    const text = await (await post(url, 'wrong', deferred, place)).text()
    expect(text).toContain('UNAUTHENTICATED')
    expect(text).not.toContain('title')
  })

  test.each([
    [
      'six of them',
      '{ viewer { ... @defer { id } '.concat('... @defer { id } '.repeat(5), '} }'),
      /[Dd]irective/,
    ],
    [
      'eleven aliases in a deferred part',
      `{ ... @defer { ${'abcdefghijk'
        .split('')
        .map((name) => `${name}: __typename`)
        .join(' ')} } }`,
      /[Aa]lias/,
    ],
    ['a deferred mutation', 'mutation { ... @defer { __typename } }', /[Dd]efer directive cannot/],
    ['@stream on what is no list', '{ viewer @stream { id } }', /[Ss]tream directive cannot/],
  ])('%s are refused before anything runs', async (_name, query, message) => {
    const { dan } = await seedTwo()
    const response = await post(await listen((await openTestStore()).store), dan.key, query, {})
    const parts = response.headers.get('content-type')?.includes('json')
      ? [await response.json()]
      : await all(response)
    expect(parts).toHaveLength(1)
    expect(parts[0].data ?? null).toBeNull()
    expect(parts[0].errors[0].message).toMatch(message)
  })
})
