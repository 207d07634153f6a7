import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { type LimitStore, openLimits } from '../../src/auth/limits.js'
import { sql } from '../../src/db/sql.js'
import { HeldStreams, LEASE_MS, type LeaseStore } from '../../src/domain/events/held-streams.js'
import { listen } from '../support/event-listener.js'
import { listenOnTestStore } from '../support/listening-gateway.js'
import { type RedisServer, startRedis, whyNoRedis } from '../support/redis.js'
import { saveSession, seedWorkspace } from '../support/seed.js'
import { openTestStore, type TestStore } from '../support/store.js'

let opened: TestStore
let redis: RedisServer | null = null
let client: Redis | null = null

beforeAll(async () => {
  opened = await openTestStore()
  // One pass is enough: Redis does not care about the store.
  if (inject('postgresql') === null && whyNoRedis() === null) {
    redis = await startRedis()
    client = new Redis(redis.url).on('error', () => {})
  }
})

afterAll(async () => {
  client?.disconnect()
  await redis?.kill()
})

interface CommonStore {
  limits: LimitStore
  /** As `RATE_LIMIT_STORE` names it. */
  name: string
  /** Has all streams of a key end so much earlier. */
  age(keyId: string, ms: number): Promise<unknown>
  lose(keyId: string): Promise<unknown>
  count(keyId: string): Promise<number>
}

const inRedis = (keyId: string) => `session-gateway:streams:${keyId}`

const stores: [string, () => CommonStore | null][] = [
  [
    'PostgreSQL',
    () => {
      const { store, url } = opened
      if (url === null) return null
      return {
        limits: { kind: 'postgresql', pool: { connectionString: url } },
        name: 'postgresql',
        age: (keyId, ms) =>
          store.$executeRaw(
            sql`update stream_leases set ends_at = ends_at - ${ms}::int * interval '1 millisecond' where key_id = ${keyId}`,
          ),
        lose: (keyId) => store.$executeRaw(sql`delete from stream_leases where key_id = ${keyId}`),
        count: async (keyId) => {
          const [row] = await store.$queryRaw<[{ held: number }]>(
            sql`select count(*)::int as held from stream_leases where key_id = ${keyId} and ends_at > clock_timestamp()`,
          )
          return row.held
        },
      }
    },
  ],
  [
    'Redis',
    () => {
      if (redis === null || client === null) return null
      const asking = client
      return {
        limits: { kind: 'redis', url: redis.url },
        name: redis.url,
        age: async (keyId, ms) => {
          for (const member of await asking.zrange(inRedis(keyId), '0', '-1'))
            await asking.zincrby(inRedis(keyId), -ms, member)
        },
        lose: (keyId) => asking.del(inRedis(keyId)),
        count: (keyId) => asking.zcard(inRedis(keyId)),
      }
    },
  ],
]

/** Places as one gateway has them, whose store answers. */
async function openPlaces({ limits }: CommonStore, streamsPerKey: number, renewEveryMs = 3_600_000) {
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  const { leases, close } = openLimits(limits, onError, 20_000)
  await vi.waitFor(() => (leases as LeaseStore).giveBack([{ keyId: 'ready', streamId: randomUUID() }]), {
    timeout: 20_000,
  })
  const places = new HeldStreams({ streamsPerKey, leases, onError, renewEveryMs })
  onTestFinished(() => places.close().then(close))
  return { places, errors }
}

const takeMany = (places: HeldStreams, key: string, times: number) =>
  Promise.all(Array.from({ length: times }, () => places.take(key)))
const isTaken = (lease: unknown) => lease !== null

describe.each(stores)('streams of a key counted in %s', (_kind, find) => {
  test('are those of all processes together, and places that are given back are free again', async (context) => {
    const store = find()
    if (store === null) return context.skip()
    const [one, other] = [await openPlaces(store, 3), await openPlaces(store, 3)]
    const key = randomUUID()
    const first = await one.places.take(key)
    if (first === null) throw new Error('The first stream was refused')
    expect((await takeMany(other.places, key, 2)).every(isTaken)).toBe(true)
    expect([await one.places.take(key), await other.places.take(key)]).toEqual([null, null])
    expect(await one.places.take(randomUUID())).not.toBeNull()
    one.places.giveBack(first)
    await expect.poll(() => store.count(key)).toBe(2)
    expect(await other.places.take(key)).not.toBeNull()
    await one.places.close()
    await other.places.close()
    expect(await store.count(key)).toBe(0)
    expect([...one.errors, ...other.errors]).toEqual([])
  })

  test('are never more than it may hold, however many ask at once', async (context) => {
    const store = find()
    if (store === null) return context.skip()
    const [one, other] = [await openPlaces(store, 5), await openPlaces(store, 5)]
    const key = randomUUID()
    const taken = await Promise.all([takeMany(one.places, key, 8), takeMany(other.places, key, 8)])
    expect(taken.flat().filter(isTaken)).toHaveLength(5)
    expect(await store.count(key)).toBe(5)
  })

  test('end by themselves where nobody renews them, as those of a process that was killed', async (context) => {
    const store = find()
    if (store === null) return context.skip()
    const [killed, other] = [await openPlaces(store, 2), await openPlaces(store, 2)]
    const key = randomUUID()
    await takeMany(killed.places, key, 2)
    expect(await other.places.take(key)).toBeNull()
    await store.age(key, LEASE_MS)
    expect((await takeMany(other.places, key, 2)).every(isTaken)).toBe(true)
  })

  test('are held while they are renewed, also where the store has lost them', async (context) => {
    const store = find()
    if (store === null) return context.skip()
    const [one, other] = [await openPlaces(store, 1, 50), await openPlaces(store, 1)]
    const key = randomUUID()
    await one.places.take(key)
    await store.lose(key)
    await expect.poll(() => store.count(key)).toBe(1)
    expect(await other.places.take(key)).toBeNull()
  })

  test('are refused by a second gateway once the first has as many, until they end there', async (context) => {
    const store = find()
    if (store === null) return context.skip()
    const world = await seedWorkspace()
    const env = {
      STREAMS_PER_KEY: '1',
      RATE_LIMIT_STORE: store.name,
      ...(opened.url === null ? {} : { DATABASE_URL: opened.url }),
    }
    const [one, other] = [await listenOnTestStore(env), await listenOnTestStore(env)]
    onTestFinished(async () => void (await Promise.all([one.close(), other.close()])))
    const first = await listen(one, world, world.ana)
    onTestFinished(() => first.close())
    const [{ keyId }] = (await world.store.$queryRaw(
      sql`select id as "keyId" from api_keys where user_id = ${world.ana.userId}::uuid`,
    )) as [{ keyId: string }]
    // While the store does not answer within a second, a gateway counts by itself, and tells of its streams when it renews them.
    await expect.poll(() => store.count(keyId), { timeout: LEASE_MS }).toBe(1)
    const tryOther = async () => {
      const tried = await listen(other, world, world.ana)
      onTestFinished(() => tried.close())
      await saveSession(world, world.bob, { visibility: 'WORKSPACE' })
      await Promise.race([tried.over, tried.count(1)])
      const answer = tried.events.length > 0 ? 'heard' : (await tried.failure()).code
      tried.close()
      return answer
    }
    await expect.poll(tryOther, { timeout: LEASE_MS }).toBe('RATE_LIMITED')
    first.close()
    await expect.poll(tryOther, { timeout: LEASE_MS }).toBe('heard')
    await Promise.all([one.close(), other.close()])
    await expect.poll(() => store.count(keyId), { timeout: 2 * LEASE_MS }).toBe(0)
  })
})

test('while Redis is gone each process counts its own, and once it is back those of all count again', async (context) => {
  const store = stores[1]?.[1]() ?? null
  if (store === null || redis === null) return context.skip()
  const [one, other] = [await openPlaces(store, 3, 50), await openPlaces(store, 3, 50)]
  const key = randomUUID()
  expect(await one.places.take(key)).not.toBeNull()
  await redis.kill()
  // Nobody is locked out, and each process holds a key to the limit.
  expect((await takeMany(one.places, key, 4)).filter(isTaken)).toHaveLength(2)
  expect(await other.places.take(key)).not.toBeNull()
  await redis.start()
  await expect.poll(() => store.count(key).catch(() => null)).toBe(4)
  expect(await other.places.take(key)).toBeNull()
  expect([one.errors.length, other.errors.length].every((failures) => failures > 0)).toBe(true)
})

test('while the common store cannot be reached, each process counts its own', async () => {
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  const pool = { connectionString: 'postgresql://nobody@127.0.0.1:1/none' }
  const { leases, close } = openLimits({ kind: 'postgresql', pool }, onError)
  const places = new HeldStreams({ streamsPerKey: 2, leases, onError })
  onTestFinished(() => places.close().then(close))
  const taken = await takeMany(places, randomUUID(), 3)
  expect(taken.filter(isTaken)).toHaveLength(2)
  expect(errors.length).toBeGreaterThan(0)
})
