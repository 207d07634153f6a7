import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from 'graphql-sse'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest'
import { startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import type { PrimaryLog } from '../../src/db/replicas/primary.js'
import { cli } from '../support/cli.js'
import { eventually } from '../support/eventually.js'
import { withoutRateLimits } from '../support/listening-gateway.js'
import { expectNoLoggedErrors } from '../support/logged-errors.js'
import { whyNoCluster } from '../support/postgresql.js'
import {
  administer,
  allServe,
  caller,
  makeKey,
  makeReplicaWorld,
  type ReplicaWorld,
  serveWithReplicas,
} from '../support/replica-world.js'
import { silentProxy } from '../support/silent-proxy.js'

const skipped = inject('postgresql') === null ? 'on the embedded store' : whyNoCluster()

describe.skipIf(skipped !== null)('reads from replicas', () => {
  let world: ReplicaWorld
  let standby: ReplicaWorld['standbys'][number]

  beforeAll(async () => {
    world = await makeReplicaWorld(1)
    standby = world.standbys[0] as typeof standby
  })
  afterAll(() => world.stop())
  beforeEach(() => {
    expectNoLoggedErrors()
    onTestFinished(async () => {
      await resume()
    })
  })

  const pause = () => administer(standby.url, 'select pg_wal_replay_pause()')
  const resume = () => administer(standby.url, 'select pg_wal_replay_resume()').catch(() => {})

  test('what only reads is answered by a replica, over all faces, and writes are not', async () => {
    const gateway = await serveWithReplicas(world)
    await allServe(gateway)
    const { save, list, titleByRest, titleByGraphql } = caller(gateway, world.key)
    const id = randomUUID()
    await save(id, 'seen')
    const reader = caller(gateway, await makeKey(gateway))
    await eventually(() => reader.titleByRest(id)).toBe('seen')
    for (const read of [list, () => titleByRest(id), () => titleByGraphql(id)]) {
      // Until the replica has replayed what this key has seen of the primary.
      await eventually(async () => {
        const before = gateway.reads()
        await read()
        return gateway.reads() - before
      }).toBeGreaterThan(0)
    }
    const before = gateway.reads()
    await save()
    expect(gateway.reads()).toBe(before)
  })

  test('the doctor names each replica that serves no reads, and why', async () => {
    const examine = (...replicas: string[]) =>
      cli(['doctor'], { DATABASE_URL: world.url, READ_DATABASE_URL: replicas.join(',') })
    expect(await examine(world.on(standby))).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Nothing is lacking\n$/),
    })

    const { code, stdout } = await examine(world.url, world.on(standby), 'postgresql://127.0.0.1:1/none')

    expect(code).toBe(1)
    expect(stdout).toContain(
      `The replica at 127.0.0.1:${new URL(world.url).port} serves no reads: It is no standby.\n`,
    )
    expect(stdout).toMatch(
      /The replica at 127\.0\.0\.1:1 serves no reads: connect ECONNREFUSED 127\.0\.0\.1:1\.\n/,
    )
    expect(stdout.match(/serves no reads/g)).toHaveLength(2)
  })

  test('a key reads what it has written, and another gateway reads it too that is sent the position', async () => {
    const [one, other] = [await serveWithReplicas(world), await serveWithReplicas(world)]
    await allServe(one)
    await allServe(other)
    const [here, there] = [caller(one, world.key), caller(other, world.key)]
    const strangers = caller(one, await makeKey(one))
    await pause()
    const id = randomUUID()
    const { position } = await here.save(id, 'new')
    expect(position).toMatch(/^[0-9A-F]+-[0-9A-F]+\/[0-9A-F]+$/)
    expect(await here.titleByRest(id)).toBe('new')
    expect(await here.titleByGraphql(id)).toBe('new')
    expect((await here.list()).titles).toContain('new')

    // Who knows nothing of the write is answered by the replica, which has not replayed it.
    expect(await there.titleByRest(id)).toBe(null)
    expect(await strangers.titleByGraphql(id)).toBe(null)
    const sent = { 'session-gateway-position': position as string }
    expect(await there.titleByRest(id, sent)).toBe('new')
    expect(await there.titleByGraphql(id, sent)).toBe('new')
    await resume()
    await eventually(() => strangers.titleByGraphql(id)).toBe('new')
  })

  test('nobody reads an older state than he has read, whoever answered', async () => {
    const gateway = await serveWithReplicas(world)
    await allServe(gateway)
    const writer = caller(gateway, world.key)
    const reader = caller(gateway, await makeKey(gateway))
    await pause()
    const id = randomUUID()
    const { position } = await writer.save(id, 'first')
    // By the header he reads at the primary, once.
    expect(await reader.titleByRest(id, { 'session-gateway-position': position as string })).toBe('first')
    for (let read = 0; read < 5; read++) expect(await reader.titleByGraphql(id)).toBe('first')
  })

  test('who was told an event finds what it is about, and is told the place for other gateways', async () => {
    const [gateway, other] = [await serveWithReplicas(world), await serveWithReplicas(world)]
    await allServe(gateway)
    await allServe(other)
    const key = await makeKey(gateway)
    const place = { organization: 'acme', workspace: 'main' }
    const query = `subscription ($organization: String!, $workspace: String!) {
      sessionEvents(organization: $organization, workspace: $workspace) { sessionUuid } }`
    const client = createClient({ url: `${gateway.url}/graphql`, headers: { 'x-api-key': key } })
    onTestFinished(() => client.dispose())
    await pause()
    const told: any[] = []
    client.subscribe(
      { query, variables: place },
      { next: (message) => told.push(message), error: () => {}, complete: () => {} },
    )
    const id = randomUUID()
    const { save } = caller(gateway, world.key)
    await eventually(async () => {
      await save(id, 'new')
      return told.length
    }).toBeGreaterThan(0)
    expect(told[0].data.sessionEvents.sessionUuid).toBe(id)
    expect(await caller(gateway, key).titleByRest(id)).toBe('new')
    const elsewhere = caller(other, key)
    expect(await elsewhere.titleByRest(id)).toBe(null)
    const sent = { 'session-gateway-position': told[0].extensions.position }
    expect(await elsewhere.titleByRest(id, sent)).toBe('new')
  })

  test('a position that is none, or of another database, is no fault', async () => {
    const gateway = await serveWithReplicas(world)
    await allServe(gateway)
    const { titleByRest, save } = caller(gateway, world.key)
    const id = randomUUID()
    await save(id, 'here')
    for (const sent of ['', 'x', '1-0/0', 'FFFFFFFF-FFFFFFFF/FFFFFFFF', `1-${'0'.repeat(2000)}`, '-1-0/1'])
      expect(await titleByRest(id, { 'session-gateway-position': sent })).toBe('here')
  })

  test('eight clients read what they write, over both faces, while replay is paused and resumed', async () => {
    const gateway = await serveWithReplicas(world)
    await allServe(gateway)
    let over = false
    const faults: string[] = []
    const toggling = (async () => {
      while (!over) {
        await pause()
        await sleep(Math.random() * 200)
        await resume()
        await sleep(Math.random() * 200)
      }
    })()
    const before = gateway.reads()
    // It says nothing unless replicas have answered, which on a crowded machine they seldom do.
    const saysNothing = () => gateway.reads() - before <= 20
    const client = async () => {
      const { save, saveByGraphql, titleByRest, titleByGraphql, list } = caller(
        gateway,
        await makeKey(gateway),
      )
      const titles = new Map<string, string>()
      let total = 0
      for (let step = 0; step < 60 || (saysNothing() && step < 600); step++) {
        const known = [...titles.keys()]
        const id =
          Math.random() < 0.5 && known.length > 0 ? (known[step % known.length] as string) : randomUUID()
        if (Math.random() < 0.4 || known.length === 0) {
          const title = `${step} of ${id}`
          const { status, body } = await (Math.random() < 0.5 ? save : saveByGraphql)(id, title)
          expect([status, body.errors]).toEqual([200, undefined])
          titles.set(id, title)
        } else if (Math.random() < 0.3) {
          const found = (await list()).total
          if (found < Math.max(total, titles.size)) faults.push(`counted ${found} after ${total}`)
          total = found
        } else {
          const read = Math.random() < 0.5 ? titleByRest : titleByGraphql
          const asked = known[Math.floor(Math.random() * known.length)] as string
          const found = await read(asked)
          if (found !== titles.get(asked)) faults.push(`${found} is not ${titles.get(asked)}`)
        }
        if (Math.random() < 0.2) await sleep(20)
      }
    }
    await Promise.all(Array.from({ length: 8 }, client))
    over = true
    await toggling
    expect(faults).toEqual([])
    expect(saysNothing()).toBe(false)
  })

  test.each([
    ['', 4000, async () => {}],
    [', however often the primary is asked', 10_000, (log: PrimaryLog) => log.since(performance.now())],
  ])(
    'a replica that is too far behind is left out%s, and comes back by itself',
    async (_, readLagMs, ask) => {
      const gateway = await serveWithReplicas(world, undefined, { readLagMs })
      await allServe(gateway)
      const writer = caller(gateway, world.key)
      const reader = caller(gateway, await makeKey(gateway))
      await pause()
      const id = randomUUID()
      await writer.save(id, 'late')
      expect(await reader.titleByRest(id)).toBe(null)
      const asking = setInterval(() => void ask(gateway.replicas.log), 1)
      await eventually(() => reader.titleByRest(id))
        .toBe('late')
        .finally(() => clearInterval(asking))
      const answer = await fetch(`${gateway.url}/readyz`)
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { status: 'ready', replicas: [{ state: 'behind', lagMs: expect.any(Number) }] },
      ])
      await resume()
      await allServe(gateway)
      const before = gateway.reads()
      const readsAfterOne = async () => {
        await reader.titleByRest(id)
        return gateway.reads() - before
      }
      await eventually(readsAfterOne).toBeGreaterThan(0)
    },
  )

  test('a replica that was behind before a gateway began serves nothing until it has come to there', async () => {
    const before = await serveWithReplicas(world)
    await pause()
    const id = randomUUID()
    await caller(before, world.key).save(id, 'of long ago')
    const gateway = await serveWithReplicas(world)
    const reader = caller(gateway, await makeKey(gateway))
    await gateway.replicas.look()
    expect(gateway.states()).toEqual(['behind'])
    expect(await reader.titleByRest(id)).toBe('of long ago')
    expect(await (await fetch(`${gateway.url}/readyz`)).json()).toEqual({
      status: 'ready',
      replicas: [{ state: 'behind', lagMs: null }],
    })
    await resume()
    await allServe(gateway)
  })

  test('facets and totals of a replica are exact while a transaction of the primary is open, and once it is not', async () => {
    const gateway = await serveWithReplicas(world)
    await allServe(gateway)
    const { save } = caller(gateway, world.key)
    const reader = caller(gateway, await makeKey(gateway))
    const id = randomUUID()
    await save(id, 'to be retitled')
    const replica = gateway.replicas.all[0] as (typeof gateway.replicas.all)[number]
    // The columns are read at the first question, and asked from then on.
    await reader.list()
    await sleep(500)
    const { total } = await reader.list()
    const client = new pg.Client({ connectionString: world.url })
    await client.connect()
    onTestFinished(() => client.end())
    await client.query('begin')
    await client.query('update sessions set archived_at = now() where id = $1', [id])
    // Later transactions end before it, so that it is open in the middle of what is seen.
    const others = Array.from({ length: 5 }, () => save())
    await Promise.all(others)
    await eventually(async () => (await reader.list()).total).toBe(total + 5)
    const before = replica.reads
    expect((await reader.list()).total).toBe(total + 5)
    expect(replica.reads).toBeGreaterThan(before)
    await client.query('commit')
    await eventually(async () => (await reader.list()).total).toBe(total + 4)
  })

  test('a replica that is killed while it reads costs nobody an answer, and serves again by itself', async () => {
    const gateway = await serveWithReplicas(world)
    await allServe(gateway)
    const keys = await Promise.all(Array.from({ length: 8 }, () => makeKey(gateway)))
    const id = randomUUID()
    await caller(gateway, world.key).save(id, 'there')
    await eventually(() => caller(gateway, keys[0] as string).titleByRest(id)).toBe('there')
    let over = false
    const answers = { count: 0 }
    const reading = keys.map(async (key) => {
      const { titleByRest, titleByGraphql, list } = caller(gateway, key)
      while (!over) {
        expect(await titleByRest(id)).toBe('there')
        expect(await titleByGraphql(id)).toBe('there')
        expect((await list()).total).toBeGreaterThan(0)
        answers.count += 3
      }
    })
    await sleep(300)
    await standby.kill()
    await eventually(gateway.states).toEqual(['left out'])
    const atKill = answers.count
    await eventually(() => answers.count).toBeGreaterThan(atKill + 50)
    await standby.start()
    await allServe(gateway)
    const before = gateway.reads()
    await eventually(gateway.reads).toBeGreaterThan(before + 10)
    over = true
    await Promise.all(reading)
  })

  test('a replica that falls silent costs nobody an answer, and no more time than it takes to notice', async () => {
    const proxy = await silentProxy(Number(new URL(standby.url).port))
    onTestFinished(proxy.close)
    // By itself a read would wait until a statement has taken too long.
    const gateway = await serveWithReplicas(world, [proxy.urlOf(world.on(standby))], {
      statementTimeoutMs: 30_000,
    })
    await allServe(gateway)
    const id = randomUUID()
    await caller(gateway, world.key).save(id, 'there')
    const keys = await Promise.all(Array.from({ length: 4 }, () => makeKey(gateway)))
    for (const key of keys) await eventually(() => caller(gateway, key).titleByRest(id)).toBe('there')
    proxy.fallSilent()
    const begun = performance.now()
    expect(await Promise.all(keys.map((key) => caller(gateway, key).titleByRest(id)))).toEqual(
      keys.map(() => 'there'),
    )
    expect(performance.now() - begun).toBeLessThan(15_000)
    expect(gateway.states()).toEqual(['left out'])
    proxy.heal()
    await allServe(gateway)
  })

  test('a process that is given replicas by its settings serves from them, and its metrics tell', async () => {
    const config = readConfig({
      ...{ ...withoutRateLimits, PORT: '0', METRICS_PORT: '0', LOG_LEVEL: 'silent' },
      ...{ DATABASE_URL: world.url, READ_DATABASE_URL: world.standbys.map(world.on).join(', ') },
    })
    const running = await startGateway(config, { migrate: true })
    onTestFinished(running.close)
    const reader = caller(running, world.key)
    const place = new URL(world.on(standby)).host
    const told = async () => (await fetch(running.metricsUrl as string)).text()
    const toldAfterOne = async () => {
      await reader.list()
      return told()
    }
    await eventually(toldAfterOne).toMatch(new RegExp(`session_gateway_reads_total{server="${place}"} [1-9]`))
    expect(await told()).toContain(`session_gateway_replica_serving{server="${place}"} 1`)
    expect(await told()).toMatch(new RegExp(`session_gateway_replica_lag_seconds{server="${place}"} \\d`))
    expect(await told()).toMatch(/session_gateway_reads_total\{server="primary"\} \d/)
  })

  test('a server that is no standby of the database serves nothing', async () => {
    const gateway = await serveWithReplicas(world, [world.url, 'postgresql://127.0.0.1:1/none'])
    await gateway.replicas.look()
    expect(gateway.states()).toEqual(['left out', 'left out'])
    expect(gateway.replicas.all.map(({ trouble }) => trouble)).toEqual([
      'It is no standby',
      expect.stringContaining('ECONNREFUSED'),
    ])
    const { save, titleByRest } = caller(gateway, world.key)
    const id = randomUUID()
    await save(id, 'by the primary')
    expect(await titleByRest(id)).toBe('by the primary')
    expect(gateway.reads()).toBe(0)
  })
})
