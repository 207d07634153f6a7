import { request } from 'node:http'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createReadAddress, networkOf } from '../../src/auth/address.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'

let seeded: SeededWorkspace
beforeAll(async () => {
  seeded = await seedWorkspace()
})

const open: ListeningGateway[] = []
afterEach(async () => {
  vi.useRealTimers()
  await Promise.all(open.splice(0).map((gateway) => gateway.close()))
})

async function listen(env: Record<string, string>): Promise<ListeningGateway> {
  const gateway = await listenOnTestStore(env)
  open.push(gateway)
  return gateway
}

const faces = {
  GraphQL: '/graphql',
  Dreadnode: '/api/v1/org/acme/ws/main/sessions',
  Everruns: '/v1/sessions',
}
type Face = keyof typeof faces
const shapes: Record<Face, unknown> = {
  GraphQL: { errors: [{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } }] },
  Dreadnode: { code: 429, type: 'rate_limit_error' },
  Everruns: { error: 'Too many requests' },
}

function ask(
  { url }: ListeningGateway,
  face: Face,
  key: string | null,
  headers: Record<string, string> = {},
) {
  return fetch(`${url}${faces[face]}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(key && { Authorization: `Bearer ${key}` }),
      ...headers,
    },
    body: JSON.stringify({ query: '{ viewer { organization { slug } } }' }),
  })
}

const limit = { STRANGER_RATE_LIMIT_PER_MINUTE: '3' }

describe.each(Object.keys(faces) as Face[])('%s', (face) => {
  test.each([
    ['without a key', null],
    ['with an unknown key', 'sgw_unknown'],
  ])('an address that asks too often %s is refused, and known keys from there are not', async (_how, key) => {
    const gateway = await listen(limit)
    const statuses: number[] = []
    for (let count = 0; count < 3; count++) statuses.push((await ask(gateway, face, key)).status)
    expect(statuses).not.toContain(429)
    const refused = await ask(gateway, face, key)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(await refused.json()).toMatchObject(shapes[face] as object)
    expect((await ask(gateway, face, seeded.bob.key)).status).not.toBe(429)
  })

  test('its refusal comes before the body does', async () => {
    const gateway = await listen(limit)
    for (let count = 0; count < 4; count++) await (await ask(gateway, face, null)).text()
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        `${gateway.url}${faces[face]}`,
        { method: 'POST', headers: { 'Content-Type': 'application/json', 'Content-Length': 1_000_000 } },
        (answer) => {
          resolve(answer.statusCode)
          sent.destroy()
        },
      )
      sent.once('error', reject)
      sent.write('{')
    })
    expect(status).toBe(429)
  })
})

test('an address is what the connection says, unless a trusted proxy says otherwise', async () => {
  const fooled = await listen(limit)
  const trusting = await listen({ ...limit, TRUSTED_PROXIES: 'loopback' })
  for (let count = 0; count < 6; count++) {
    const from = { 'X-Forwarded-For': `203.0.113.${count}` }
    const expected = count < 3 ? 401 : 429
    expect((await ask(fooled, 'Dreadnode', null, from)).status).toBe(expected)
    expect((await ask(trusting, 'Dreadnode', null, from)).status).toBe(401)
  }
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['1.1.1.1, 203.0.113.7', '203.0.113.7'],
  ['203.0.113.7, 127.0.0.9', '203.0.113.7'],
  ['203.0.113.7:40001', '203.0.113.7'],
  ['[2001:db8:1:2::5]:443', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::5', '2001:db8:1:2::/64'],
  ['unknown', '127.0.0.1'],
  ['\u009b31m, 127.0.0.9', '127.0.0.1'],
  ['x'.repeat(10_000), '127.0.0.1'],
  ['2130706433', '127.0.0.1'],
  ['127.0.0.1.evil.example', '127.0.0.1'],
  [',,,', '127.0.0.1'],
  ['', '127.0.0.1'],
])('what a trusted proxy forwards counts where it is an address (%#)', (forwarded, address) => {
  const asked = { socket: { remoteAddress: '127.0.0.1' }, headers: { 'x-forwarded-for': forwarded } }
  expect(createReadAddress(['loopback'])(asked as never)).toBe(address)
  expect(createReadAddress([])(asked as never)).toBe('127.0.0.1')
})

test.each([
  ['198.51.100.7', '198.51.100.7'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1::9', '2001:db8:1:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test.each([-1, 1])(
  'a wall clock that jumps by %i year makes nobody wait longer than the minute',
  async (years) => {
    const gateway = await listen({ RATE_LIMIT_PER_MINUTE: '1' })
    await ask(gateway, 'Dreadnode', seeded.cat.key)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + years * 365 * 86_400_000 })
    await ask(gateway, 'Dreadnode', seeded.cat.key)
    const refused = await ask(gateway, 'Dreadnode', seeded.cat.key)
    vi.useRealTimers()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  },
)

test('more than 64 KiB of an unknown sender are not read', async () => {
  const { url } = await listen({})
  const statuses = await Promise.all(
    Object.values(faces).map(
      (path) =>
        new Promise((resolve, reject) => {
          const sent = request(
            `${url}${path}`,
            {
              method: 'POST',
              headers: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
            },
            (answer) => {
              resolve(answer.statusCode)
              sent.destroy()
            },
          )
          sent.once('error', reject)
          sent.write(`{"a":"${'x'.repeat(70_000)}`)
        }),
    ),
  )
  expect(statuses).toEqual([401, 401, 401])
})
