import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { type LimitStore, openLimits } from '../../src/auth/limits.js'
import { createLimitGuesses, WRONG_A_MINUTE } from '../../src/auth/login-limits.js'
import { type Counter, createCounter } from '../../src/auth/rate-limit.js'
import { type DomainError, notFound } from '../../src/domain/errors.js'
import type { Viewer } from '../../src/domain/viewer.js'
import { createDatabase } from '../support/databases.js'
import { listenOnTestStore } from '../support/listening-gateway.js'
import { type RedisServer, startRedis, whyNoRedis } from '../support/redis.js'
import { seedWorkspace } from '../support/seed.js'

const postgresql = inject('postgresql')
let redis: RedisServer | null = null
let databaseUrl: string | null = null

beforeAll(async () => {
  // One pass is enough: Redis does not care about the store.
  if (postgresql === null && whyNoRedis() === null) redis = await startRedis()
  if (postgresql !== null) databaseUrl = await createDatabase(postgresql.serverUrl, postgresql.prefix)
})

afterAll(() => redis?.kill())

const stores: [LimitStore['kind'], () => LimitStore | null][] = [
  ['memory', () => ({ kind: 'memory' })],
  [
    'postgresql',
    () => (databaseUrl === null ? null : { kind: 'postgresql', pool: { connectionString: databaseUrl } }),
  ],
  ['redis', () => redis && { kind: 'redis', url: redis.url }],
]

/** A counter as one gateway has it; it counts in its store from the first count on that is not refused by it. */
async function openCounter(
  store: LimitStore,
  perMinute: number,
  name?: string,
): Promise<{ counter: Counter; limiter: RateLimiterAbstract; errors: unknown[] }> {
  const errors: unknown[] = []
  const { limiterOf, close } = openLimits(store, (error) => errors.push(error))
  onTestFinished(close)
  const limiter = limiterOf(perMinute, name)
  if (store.kind !== 'memory')
    await vi.waitFor(() => (limiter as unknown as { _get(key: string): Promise<unknown> })._get('ready'), {
      timeout: 20_000,
    })
  return { counter: createCounter(perMinute, limiter), limiter, errors }
}

async function countTo(counter: Counter, key: string, times: number): Promise<(DomainError | null)[]> {
  const refusals: (DomainError | null)[] = []
  for (let time = 0; time < times; time++)
    refusals.push(
      await counter.count(key).then(
        () => null,
        (error: DomainError) => error,
      ),
    )
  return refusals
}

/** The wall clock of this process, so many milliseconds off from now on. */
function jump(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
  onTestFinished(() => void vi.useRealTimers())
}

const year = 365 * 24 * 3_600_000

describe.each(stores)('requests counted in %s', (kind, find) => {
  test('are refused past the limit, with the rest of the minute to wait, until the minute is over', async (context) => {
    const store = find()
    if (store === null) return context.skip()
    const { counter } = await openCounter(store, 5)
    const key = randomUUID()
    const [last, ...others] = (await countTo(counter, key, 6)).reverse()
    expect(others).toEqual([null, null, null, null, null])
    expect(last).toMatchObject({ code: 'RATE_LIMITED' })
    expect(last?.details.retryAfterSeconds).toBeGreaterThan(50)
    expect(last?.details.retryAfterSeconds).toBeLessThanOrEqual(60)
    expect(await counter.waitMs(key)).toBeGreaterThan(50_000)
    expect(await counter.waitMs(randomUUID())).toBe(0)
  })

  test.each([
    ['back', -year],
    ['ahead', year],
  ])('do not mind a wall clock that jumps %s', async (_where, ms) => {
    const store = find()
    if (store === null) return
    const { counter } = await openCounter(store, 3)
    const key = randomUUID()
    expect(await countTo(counter, key, 3)).toEqual([null, null, null])
    jump(ms)
    const [refusal] = await countTo(counter, key, 1)
    expect(refusal?.details.retryAfterSeconds).toBeGreaterThan(40)
    expect(refusal?.details.retryAfterSeconds).toBeLessThanOrEqual(60)
    const waitMs = await counter.waitMs(key)
    expect(waitMs).toBeGreaterThan(40_000)
    expect(waitMs).toBeLessThanOrEqual(60_000)
    expect(await countTo(counter, randomUUID(), 3)).toEqual([null, null, null])
  })

  test.skipIf(kind === 'memory')('are counted together by all processes', async (context) => {
    const store = find()
    if (store === null) return context.skip()
    const [one, other] = [await openCounter(store, 4), await openCounter(store, 4)]
    const key = randomUUID()
    expect(await countTo(one.counter, key, 2)).toEqual([null, null])
    expect(await countTo(other.counter, key, 2)).toEqual([null, null])
    expect(await countTo(one.counter, key, 1)).toMatchObject([{ code: 'RATE_LIMITED' }])
    expect(await countTo(other.counter, key, 1)).toMatchObject([{ code: 'RATE_LIMITED' }])
  })

  test.skipIf(kind === 'memory')(
    'wrong codes of logins are counted together by all processes, right ones and requests are not',
    async (context) => {
      const store = find()
      if (store === null) return context.skip()
      const viewer = { userId: randomUUID() } as Viewer
      const [one, other] = await Promise.all(
        [1, 2].map(() => openCounter(store, WRONG_A_MINUTE, 'guesses').then(({ limiter }) => limiter)),
      )
      const [guess, guessThere] = [one, other].map((limiter) => createLimitGuesses(limiter!))
      const wrong = () => Promise.reject(notFound('Login'))
      const codeOf = (asked: Promise<unknown>) => asked.then(String, ({ code }: DomainError) => code)
      for (let time = 0; time < 5; time++)
        expect(await codeOf(guess!(viewer, async () => 'right'))).toBe('right')
      const { counter } = await openCounter(store, WRONG_A_MINUTE)
      await countTo(counter, viewer.userId!, 5)
      const turns = Array.from({ length: WRONG_A_MINUTE + 5 }, (_, turn) => (turn % 2 ? guess : guessThere))
      const codes = await Promise.all(turns.map((ask) => codeOf(ask!(viewer, wrong))))
      expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(WRONG_A_MINUTE)
      expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(5)
      expect(await codeOf(guessThere!({ ...viewer, userId: randomUUID() }, wrong))).toBe('NOT_FOUND')
    },
  )
})

test('a table of counts that is not there is made by the next count', async (context) => {
  if (databaseUrl === null) return context.skip()
  const store: LimitStore = { kind: 'postgresql', pool: { connectionString: databaseUrl } }
  const [one, other] = [await openCounter(store, 2), await openCounter(store, 2)]
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('drop table rate_limits')
  await client.end()
  const key = randomUUID()
  expect(await countTo(one.counter, key, 1)).toEqual([null])
  expect(await countTo(other.counter, key, 2)).toMatchObject([null, { code: 'RATE_LIMITED' }])
  expect(await countTo(one.counter, key, 1)).toMatchObject([{ code: 'RATE_LIMITED' }])
})

test('while Redis is gone each process counts by itself, and together again once it is back', async (context) => {
  if (redis === null) return context.skip()
  const { counter, errors } = await openCounter({ kind: 'redis', url: redis.url }, 2)
  const key = randomUUID()
  expect(await countTo(counter, key, 1)).toEqual([null])
  await redis.kill()
  expect(await countTo(counter, key, 3)).toMatchObject([null, null, { code: 'RATE_LIMITED' }])
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0))
  await redis.start()
  // What Redis had counted is gone with it.
  await vi.waitFor(async () => expect(await countTo(counter, key, 1)).toEqual([null]), { timeout: 20_000 })
  const other = await openCounter({ kind: 'redis', url: redis.url }, 2)
  expect(await other.counter.waitMs(key)).toBe(0)
  await countTo(other.counter, key, 2)
  expect(await countTo(counter, key, 1)).toMatchObject([{ code: 'RATE_LIMITED' }])
})

test('where the database of the counts cannot be reached, each process counts by itself', async () => {
  const errors: unknown[] = []
  const { limiterOf, close } = openLimits(
    { kind: 'postgresql', pool: { connectionString: 'postgresql://nobody@127.0.0.1:1/none' } },
    (error) => errors.push(error),
  )
  onTestFinished(close)
  const counter = createCounter(2, limiterOf(2))
  expect(await countTo(counter, randomUUID(), 3)).toMatchObject([null, null, { code: 'RATE_LIMITED' }])
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0))
})

test('gateways over one Redis let a key in as often as one would', async (context) => {
  if (redis === null) return context.skip()
  const { bob } = await seedWorkspace()
  const env = { RATE_LIMIT_PER_MINUTE: '6', RATE_LIMIT_STORE: redis.url, ACCESS_MEMORY_MS: '0' }
  const gateways = [await listenOnTestStore(env), await listenOnTestStore(env)]
  onTestFinished(async () => void (await Promise.all(gateways.map((gateway) => gateway.close()))))
  const ask = async (url: string) => {
    const headers = { 'Content-Type': 'application/json', 'X-API-Key': bob.key }
    const body = JSON.stringify({ query: '{ viewer { keyId: __typename } }' })
    const answer = (await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).json()) as {
      errors?: { extensions: { code: string } }[]
    }
    return answer.errors?.[0]?.extensions.code ?? 'answered'
  }
  // Until each is connected it counts by itself.
  await new Promise((resolve) => setTimeout(resolve, 500))
  const answers: string[] = []
  for (let turn = 0; turn < 8; turn++) answers.push(await ask((gateways[turn % 2] as { url: string }).url))
  expect(answers).toEqual([...Array(6).fill('answered'), 'RATE_LIMITED', 'RATE_LIMITED'])
})
