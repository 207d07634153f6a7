import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { openTestStore } from '../support/store.js'

let seeded: SeededWorkspace
let gateway: ListeningGateway

beforeAll(async () => {
  seeded = await seedWorkspace()
  gateway = await listenOnTestStore()
})

afterAll(() => gateway.close())

interface Sent {
  answer: Promise<{ status: number; body: any; ms: number }>
  hangUp(): void
}

const lockingSession = 'select from sessions where organization_id = $1 and id = $2 for update'

/** Posts an operation over a connection of its own, which may hang up. */
function post({ key }: Member, query: string, { port = gateway.port, variables = {} } = {}): Sent {
  const begun = performance.now()
  const headers = { 'Content-Type': 'application/json', 'X-API-Key': key }
  const sent = request({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent: false, headers })
  const answer = new Promise<{ status: number; body: any; ms: number }>((resolve, reject) => {
    sent.once('error', reject)
    sent.once('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => void chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(chunks).toString()),
          ms: performance.now() - begun,
        }),
      )
    })
  })
  answer.catch(() => {})
  sent.end(JSON.stringify({ query, variables }))
  return { answer, hangUp: () => void sent.destroy() }
}

const workspace = (fields: string, { place } = seeded) =>
  `workspace(organization: "${place.organization}", slug: "${place.workspace}") { ${fields} }`
const list = () => `{ ${workspace('sessions(first: 5) { edges { node { uuid } } }')} }`
const read = (id: string) =>
  workspace(`session(id: "${id}") { transcript(first: 1) { edges { node { seq } } } }`)
const archive = (id: string) =>
  `mutation { archiveSession(input: { organization: "${seeded.place.organization}", workspace: "main", id: "${id}" }) { session { uuid } } }`

const node = (type: string, key: string) =>
  `{ node(id: "${Buffer.from(`${type}:${key}`).toString('base64')}") { id ... on ${type} { uuid } } }`
const newKey = ({ place } = seeded) =>
  `mutation { createApiKey(input: { organization: "${place.organization}", workspace: "${place.workspace}", name: "x", scopes: ["sessions:read"] }) { secret } }`

// Behind a pooler what runs is not cancelled: its process may serve another one by then.
describe.skipIf(inject('postgresql')?.isPooled ?? true)('on PostgreSQL', () => {
  /** A connection beside the gateway's, which holds locks and looks on. */
  async function openBeside() {
    const { url } = await openTestStore()
    const client = new pg.Client({ connectionString: url ?? '', application_name: 'beside' })
    await client.connect()
    onTestFinished(() => client.end())
    const waiting = async (): Promise<number> => {
      // Within a transaction what was seen once stays.
      await client.query('select pg_stat_clear_snapshot()')
      const { rows } = await client.query(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and application_name = 'session-gateway' and state = 'active'`,
      )
      return rows[0].count
    }
    const until = async (holds: (count: number) => boolean) => {
      for (let look = 0; look < 100; look++) {
        if (holds(await waiting())) return
        await sleep(20)
      }
      expect.fail(`${await waiting()} statements run`)
    }
    return { client, waiting, until }
  }

  test('500 ms after a client hung up none of its statements runs, and what it began to write is not there', async () => {
    const id = await saveSession(seeded, seeded.bob)
    const { client, waiting, until } = await openBeside()
    await client.query('begin')
    await client.query(lockingSession, [seeded.organizationId, id])
    const sent = post(seeded.bob, archive(id))
    await until((count) => count === 1)
    sent.hangUp()
    await sleep(500)
    expect(await waiting()).toBe(0)
    await client.query('rollback')
    const { rows } = await client.query('select archived_at from sessions where id = $1', [id])
    expect(rows).toEqual([{ archived_at: null }])
  })

  test('500 ms after the time of a request is over none of its statements runs', async () => {
    const id = await saveSession(seeded, seeded.bob)
    const hasty = await listenOnTestStore({ REQUEST_TIMEOUT_MS: '1000' })
    onTestFinished(() => hasty.close())
    const { client, waiting } = await openBeside()
    await client.query('begin')
    await client.query('lock table messages')
    const { body } = await post(seeded.bob, `{ ${read(id)} }`, { port: hasty.port }).answer
    expect(body.errors[0].extensions.code).toBe('TIMED_OUT')
    await sleep(500)
    expect(await waiting()).toBe(0)
    await client.query('rollback')
  })

  const reads = [
    ['the organization of who calls', 'organizations', '{ viewer { organization { name } } }'],
    [
      'an organization by its slug',
      'organizations',
      () => `{ organization(slug: "${seeded.place.organization}") { name } }`,
    ],
    ['projects', 'projects', () => `{ ${workspace('projects { edges { node { name } } }')} }`],
    [
      'a project by its global id',
      'projects',
      () => node('Project', `${seeded.organizationId}/${seeded.projectId}`),
    ],
    ['a user by its global id', 'users', () => node('User', seeded.cat.userId)],
    ['a new key', 'api_keys', () => newKey()],
  ] as const

  test.each(reads)(
    '%s: read at once by one key they hold half of the connections, and none once it hung up',
    async (_what, table, query) => {
      const { client, waiting } = await openBeside()
      // Who calls is known by then.
      expect((await post(seeded.ana, list()).answer).body.errors).toBeUndefined()
      await client.query('begin')
      await client.query(`lock table ${table}`)
      const flood = Array.from({ length: 20 }, () =>
        post(seeded.ana, typeof query === 'string' ? query : query()),
      )
      await sleep(500)
      expect(await waiting()).toBe(5)
      for (const sent of flood) sent.hangUp()
      await sleep(500)
      expect(await waiting()).toBe(0)
      await client.query('rollback')
    },
  )

  test('one request has at most three statements run at once', async () => {
    const id = await saveSession(seeded, seeded.bob)
    const { client, waiting } = await openBeside()
    await client.query('begin')
    await client.query('lock table messages')
    // Pages of messages are read two at a time anyhow, whatever they wait for.
    const outline = workspace(`session(id: "${id}") { outline(first: 1) { edges { node { seq } } } }`)
    const aliases = Array.from({ length: 9 }, (_, number) => `a${number}: ${outline}`)
    const sent = post(seeded.bob, `{ ${aliases.join(' ')} }`)
    await sleep(500)
    expect(await waiting()).toBe(3)
    await client.query('rollback')
    expect((await sent.answer).body.errors).toBeUndefined()
  })

  test('a key whose statements all wait holds half of the connections, and lists of others go on', async () => {
    const id = await saveSession(seeded, seeded.bob)
    const { client, waiting } = await openBeside()
    await client.query('begin')
    await client.query(lockingSession, [seeded.organizationId, id])
    const flood = Array.from({ length: 60 }, () => post(seeded.bob, archive(id)))
    await sleep(500)
    expect(await waiting()).toBe(5)
    for (let turn = 0; turn < 5; turn++) {
      const { body, ms } = await post(seeded.cat, list()).answer
      expect(body.errors).toBeUndefined()
      expect(ms).toBeLessThan(1000)
    }
    for (const sent of flood) sent.hangUp()
    await sleep(500)
    expect(await waiting()).toBe(0)
    await client.query('rollback')
    expect((await post(seeded.bob, list()).answer).body.errors).toBeUndefined()
  })
})

test('a list of another key does not wait for the many slow filters of one', async () => {
  const { store, organizationId, workspaceId, bob, cat } = seeded
  await store.$executeRawUnsafe(
    `insert into sessions (organization_id, id, workspace_id, owner_id, model, visibility, labels, created_at, updated_at)
     select $1::uuid, gen_random_uuid(), $2::uuid, $3::uuid, 'm', 'workspace', array['a:' || n % 5000, 'b:' || n % 7],
       now(), now() from generate_series(1, $4) n`,
    organizationId,
    workspaceId,
    bob.userId,
    inject('postgresql') === null ? 2000 : 20_000,
  )
  const numbers = Array.from({ length: 9 }, (_, number) => number)
  const aliases = numbers.map((number) => `a${number}: sessions(filter: $f${number}) { totalCount }`)
  const declared = numbers.map((number) => `$f${number}: SessionFilter`)
  const ask = () => {
    const filters = numbers.map((number) => [
      `f${number}`,
      { labels: [{ key: 'a', values: unknownValues() }] },
    ])
    const variables = Object.fromEntries(filters)
    return post(bob, `query (${declared}) { ${workspace(aliases.join(' '))} }`, { variables })
  }
  // The database counts until the columns are read.
  for (let turn = 0; turn < 3; turn++) {
    expect((await ask().answer).body.errors).toBeUndefined()
    await sleep(500)
  }
  let answered = 0
  const flood = Array.from({ length: 40 }, ask)
  for (const { answer } of flood)
    answer.then(
      () => answered++,
      () => {},
    )
  await Promise.race(flood.map(({ answer }) => answer))
  const before = answered
  const beside = await post(
    cat,
    `{ ${workspace('sessions(first: 5) { totalCount edges { node { uuid } } }')} }`,
  ).answer
  expect(beside.body.errors).toBeUndefined()
  // Of forty: those that are under way, and as many turns as its own statements take.
  expect(answered - before).toBeLessThan(25)
  for (const sent of flood) sent.hangUp()
})

const unknownValues = () => Array.from({ length: 300 }, () => randomUUID())
