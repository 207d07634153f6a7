import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { createGateway } from '../../src/app.js'
import { readConfig } from '../../src/config/read.js'
import { type OpenStore, openStore } from '../../src/db/connect.js'
import { sql } from '../../src/db/sql.js'
import { startPruning } from '../../src/domain/events/prune.js'
import { HeldColumns } from '../../src/domain/facets/columns/held-columns.js'
import { setLogLevel } from '../../src/log.js'
import { listen } from '../support/event-listener.js'
import { listenOn, listenOnTestStore, withoutRateLimits } from '../support/listening-gateway.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { type SilentProxy, silentProxy } from '../support/silent-proxy.js'
import { openTestStore } from '../support/store.js'

const statementTimeoutMs = 1000
/** The promise: nobody waits longer for the store to be back once it is. */
const withinMs = statementTimeoutMs + 5000

describe.skipIf(inject('postgresql') === null)('connections that fall silent without closing', () => {
  let world: SeededWorkspace
  let proxy: SilentProxy
  let opened: OpenStore

  beforeEach(async () => {
    setLogLevel('error')
    world = await seedWorkspace()
    const { url } = await openTestStore()
    if (url === null) throw new Error('This takes PostgreSQL')
    proxy = await silentProxy(Number(new URL(url).port))
    opened = await openStore({
      ...{ url: proxy.urlOf(url), folder: null, poolSize: 10 },
      ...{ statementTimeoutMs, connectTimeoutMs: 1000 },
    })
  })
  afterEach(async () => {
    vi.useRealTimers()
    setLogLevel('warn')
    await proxy.close()
    await opened.close()
  })

  async function serve() {
    const gateway = createGateway(readConfig({ ...withoutRateLimits, ACCESS_MEMORY_MS: '0' }), opened, null)
    const running = await listenOn(gateway)
    onTestFinished(() => running.close())
    return running
  }

  /** The code of an answer to a GraphQL request; null where it has none. */
  async function ask(url: string, query: string, variables: object = {}): Promise<string | null> {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.ana.key}` },
      body: JSON.stringify({ query, variables: { ...world.place, ...variables } }),
    })
    const { errors } = (await answer.json()) as { errors?: { extensions: { code: string } }[] }
    return errors?.[0]?.extensions.code ?? null
  }

  const list = `query ($organization: String!, $workspace: String!) {
    workspace(organization: $organization, slug: $workspace) { sessions(first: 5) { totalCount edges { node { title } } } } }`

  test('are given up, and all ten of a pool are replaced within the time of a statement and 5 s', async () => {
    const { url } = await serve()
    const many = () => Promise.all(Array.from({ length: 30 }, () => ask(url, list)))
    await opened.store.$queryRaw(sql`select pg_sleep(0)`)
    await Promise.all(Array.from({ length: 10 }, () => opened.store.$queryRaw(sql`select pg_sleep(0.1)`)))
    expect(await many()).toEqual(Array(30).fill(null))
    expect(proxy.served()).toBe(10)

    proxy.fallSilent()
    const caught = many()
    await sleep(200)
    proxy.heal()
    const healedAt = performance.now()
    for (let inARow = 0; inARow < 30; ) inARow = (await many()).every((code) => code === null) ? 30 : 0
    expect(performance.now() - healedAt).toBeLessThan(withinMs)
    for (const code of await caught) expect(code).toMatch(/^(UNAVAILABLE|TIMED_OUT)$/)
  })

  // Behind a pooler that is a setting of the role.
  test.skipIf(inject('postgresql')?.isPooled)(
    'leave no lock behind: what a transaction held up can be written soon after',
    async () => {
      const { url } = await serve()
      const id = await saveSession(world, world.ana)
      const silent = proxy.fallSilentAt('for update')
      const change = `mutation ($organization: String!, $workspace: String!, $id: String!) {
      updateSession(input: { organization: $organization, workspace: $workspace, id: $id, title: "two" }) { session { title } } }`
      const caught = opened.store.transact(async (db) => {
        await db.$queryRaw(sql`select id from sessions where organization_id = ${world.organizationId}::uuid
        and id = ${id}::uuid for update`)
      })
      await Promise.all([silent, expect(caught).rejects.toThrow('silent')])
      proxy.heal()
      const healedAt = performance.now()
      for (let code = await ask(url, change, { id }); code !== null; code = await ask(url, change, { id })) {
        expect(code).toMatch(/^(UNAVAILABLE|TIMED_OUT)$/)
        await sleep(50)
      }
      expect(performance.now() - healedAt).toBeLessThan(withinMs)
    },
  )

  test('lose no event, and double none', async () => {
    const { url } = await serve()
    const beside = await listenOnTestStore()
    onTestFinished(() => beside.close())
    const listener = await listen({ url }, world, world.ana)
    onTestFinished(() => listener.close())
    const ids = [await saveSession(world, world.ana)]
    await listener.count(1)
    proxy.fallSilent()
    ids.push(await saveSession(world, world.ana))
    await sleep(300)
    ids.push(await saveSession(world, world.ana))
    proxy.heal()
    const healedAt = performance.now()
    ids.push(await saveSession(world, world.ana))
    await listener.count(4)
    expect(performance.now() - healedAt).toBeLessThan(withinMs)
    await sleep(500)
    expect(listener.heard()).toEqual(ids.map((id) => `CREATED ${id}`))
  })

  test.each(['copy (', 'changed'])(
    'end a question to columns, and the next one is answered (%s)',
    async (at) => {
      const place = { organizationId: world.organizationId, workspaceId: world.workspaceId }
      const failures: unknown[] = []
      const columns = new HeldColumns({
        store: opened.store,
        memoryMb: 64,
        onError: (error) => failures.push(error),
      })
      onTestFinished(() => columns.stop())
      await saveSession(world, world.ana)
      const question = { lookups: () => ({}), rows: null, work: async () => {} }
      if (at !== 'copy (') await columns.ready(place)
      const silent = proxy.fallSilentAt(at)
      const begunAt = performance.now()
      if (at === 'copy (') {
        const reading = columns.ready(place)
        await silent
        await reading
        expect(failures).toHaveLength(1)
      } else {
        const asked = columns.ask(place, question)
        asked.catch(() => {})
        await silent
        await expect(asked).rejects.toThrow('silent')
      }
      expect(performance.now() - begunAt).toBeLessThan(withinMs)
      proxy.heal()
      if (at === 'copy (') return
      expect(await columns.ask(place, question)).toBe(true)
    },
  )

  test('end a round of pruning, and the next one prunes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const failures: unknown[] = []
    const pruner = startPruning(opened.store, 15, (error) => failures.push(error))
    const silent = proxy.fallSilentAt('pg_current_snapshot')
    const begunAt = performance.now()
    await vi.advanceTimersByTimeAsync(60_000)
    await silent
    proxy.heal()
    await vi.waitFor(() => expect(failures).toHaveLength(1), { timeout: withinMs })
    expect(performance.now() - begunAt).toBeLessThan(withinMs)
    await vi.advanceTimersByTimeAsync(60_000)
    await pruner.stop()
    expect(failures).toHaveLength(1)
  })
})
