import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import { splitHosts } from '../../src/db/host-list.js'
import { log, setLogLevel } from '../../src/log.js'
import { eventually } from '../support/eventually.js'
import { withoutRateLimits } from '../support/listening-gateway.js'
import { expectNoLoggedErrors } from '../support/logged-errors.js'
import { whyNoCluster } from '../support/postgresql.js'
import {
  administer,
  allServe,
  caller,
  keepSaving,
  makeKey,
  makeReplicaWorld,
  type ReplicaWorld,
  serveWithReplicas,
} from '../support/replica-world.js'

const skipped = inject('postgresql') === null ? 'on the embedded store' : whyNoCluster()

/** One URL that names both servers of a world. */
function both(world: ReplicaWorld): string {
  const [one, other] = [new URL(world.url), new URL(world.on(world.standbys[0] as { url: string }))]
  return world.url.replace(one.host, `${one.host},${other.host}`)
}

async function serve(env: Record<string, string>) {
  const config = readConfig({
    ...{ ...withoutRateLimits, PORT: '0', LOG_LEVEL: 'silent', ACCESS_MEMORY_MS: '0' },
    ...{ STATEMENT_TIMEOUT_MS: '2000', CONNECT_TIMEOUT_MS: '2000' },
    ...env,
  })
  const running = await startGateway(config, { migrate: true })
  onTestFinished(running.close)
  return running
}

/** A primary and a standby; making them logs as a command does. */
async function makeWorld(settings: Record<string, string> = {}): Promise<ReplicaWorld> {
  const world = await makeReplicaWorld(1, settings)
  onTestFinished(world.stop)
  setLogLevel('silent')
  return world
}

describe.skipIf(skipped !== null)('a primary that is gone', () => {
  beforeEach(expectNoLoggedErrors)

  test('is followed by the standby that is promoted: nothing acknowledged is lost, and service is back by itself', async () => {
    const world = await makeWorld({ synchronous_commit: 'on' })
    const standby = world.standbys[0] as (typeof world.standbys)[number]
    // From here on a commit waits for the standby to have it on disk.
    await administer(
      world.primary.url,
      "alter system set synchronous_standby_names = '*'",
      'select pg_reload_conf()',
    )
    await eventually(() =>
      administer(world.primary.url, 'select sync_state from pg_stat_replication'),
    ).toEqual([{ sync_state: 'sync' }])
    const gateway = await serve({ DATABASE_URL: both(world), READ_DATABASE_URL: world.on(standby) })

    const { acknowledged, answers, stop } = keepSaving(gateway, world.key)
    await eventually(() => acknowledged.length).toBeGreaterThan(50)
    await world.primary.kill()
    await sleep(300)
    await administer(standby.url, 'select pg_promote(wait => true)')
    const atPromotion = acknowledged.length
    await eventually(() => acknowledged.length).toBeGreaterThan(atPromotion + 50)
    await stop()

    expect([...answers].filter((status) => ![200, 502, 504].includes(status))).toEqual([])
    const rows = await administer(world.on(standby), 'select id::text from sessions')
    const kept = new Set(rows.map(({ id }) => id))
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    // What was a replica is the primary now, and reads are its own.
    const { titleByRest } = caller(gateway, world.key)
    expect(await titleByRest(acknowledged.at(-1) as string)).toBe(acknowledged.at(-1))
    expect(await (await fetch(`${gateway.url}/readyz`)).json()).toMatchObject({
      status: 'ready',
      replicas: [{ state: 'left out' }],
    })
  })

  test('goes on beside a replica that is promoted: it is left out, and all that is read is what the primary has', async () => {
    const world = await makeWorld()
    const standby = world.standbys[0] as (typeof world.standbys)[number]
    const gateway = await serveWithReplicas(world)
    await allServe(gateway)
    const writer = caller(gateway, world.key)
    const id = randomUUID()
    await writer.save(id, 'first')
    let over = false
    const faults: unknown[] = []
    let answers = 0
    const keys = await Promise.all(Array.from({ length: 4 }, () => makeKey(gateway)))
    for (const key of keys) await eventually(() => caller(gateway, key).titleByRest(id)).toBe('first')
    const reading = keys.map(async (key) => {
      const { titleByRest, titleByGraphql } = caller(gateway, key)
      while (!over) {
        const titles = [await titleByRest(id), await titleByGraphql(id)]
        for (const title of titles) if (title !== 'first' && title !== 'second') faults.push(title)
        answers += 1
      }
    })
    await administer(standby.url, 'select pg_promote(wait => true)')
    await eventually(gateway.states).toEqual(['left out'])
    await administer(world.on(standby), `update sessions set title = 'elsewhere' where id = '${id}'`)
    const atPromotion = answers
    await eventually(() => answers).toBeGreaterThan(atPromotion + 50)
    expect((await writer.save(id, 'second')).status).toBe(200)
    for (const key of keys) expect(await caller(gateway, key).titleByGraphql(id)).toBe('second')
    over = true
    await Promise.all(reading)
    expect(faults).toEqual([])
  })

  test('a start finds the one of several that takes writes, wherever it is named', async () => {
    const world = await makeWorld()
    const [one, other] = splitHosts(both(world)) as [string, string]
    const turned = one.replace(new URL(one).host, `${new URL(other).host},${new URL(one).host}`)
    const gateway = await serve({ DATABASE_URL: turned })
    const { save, titleByRest } = caller(gateway, world.key)
    const id = randomUUID()
    expect((await save(id, 'by the second')).status).toBe(200)
    expect(await titleByRest(id)).toBe('by the second')
    expect(await administer(world.url, `select title from sessions where id = '${id}'`)).toEqual([
      { title: 'by the second' },
    ])
  })

  test('a standby alone is served: reads are answered, writes refused, nothing is done behind them, and a promotion ends that', async () => {
    const world = await makeWorld()
    const standby = world.standbys[0] as (typeof world.standbys)[number]
    const id = randomUUID()
    const first = await serve({ DATABASE_URL: world.url })
    expect((await caller(first, world.key).save(id, 'there')).status).toBe(200)
    await eventually(() =>
      administer(world.on(standby), `select title from sessions where id = '${id}'`),
    ).toEqual([{ title: 'there' }])

    const warnings = vi.spyOn(log, 'warn')
    const gateway = await serve({ DATABASE_URL: world.on(standby) })
    const { save, saveByGraphql, titleByRest, titleByGraphql, ask, list } = caller(gateway, world.key)
    expect([await titleByRest(id), await titleByGraphql(id), (await list()).total]).toEqual([
      'there',
      'there',
      1,
    ])
    expect((await save()).status).toBe(502)
    expect((await saveByGraphql(randomUUID(), 'x')).body.errors[0].extensions.code).toBe('UNAVAILABLE')
    const agent = { agent_id: `agent_${'0'.repeat(32)}`, title: 'x' }
    expect((await ask('/v1/sessions', agent, { authorization: world.key })).status).toBe(502)
    const ready = await fetch(`${gateway.url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'unavailable', reason: 'The database takes no writes now' },
    ])
    await sleep(1500)
    const told = warnings.mock.calls.map(([first, second]) => second ?? first).map(String)
    expect(told.filter((line) => /^(pruning|removing|indexing)/.test(line))).toEqual([])
    expect(told).toContainEqual(expect.stringContaining('what is done beside requests rests'))

    await world.primary.kill()
    await administer(standby.url, 'select pg_promote(wait => true)')
    await eventually(async () => (await save()).status).toBe(200)
    await eventually(() => warnings.mock.calls.map(String).join()).toContain('takes writes again')
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200)
  })
})
