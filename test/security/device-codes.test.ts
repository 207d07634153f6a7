import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createLimitGuesses, WRONG_A_MINUTE } from '../../src/auth/login-limits.js'
import { MonotonicLimiter } from '../../src/auth/monotonic-limiter.js'
import { limiterOptions } from '../../src/auth/rate-limit.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'

let gateway: ListeningGateway
let seeded: SeededWorkspace
beforeAll(async () => {
  gateway = await listenOnTestStore({ RATE_LIMIT_PER_MINUTE: '6000' })
  seeded = await seedWorkspace({
    limitGuesses: createLimitGuesses(new MonotonicLimiter(limiterOptions(WRONG_A_MINUTE))),
  })
})
afterAll(() => gateway.close())

async function ask(key: string | null, query: string, headers: Record<string, string> = {}): Promise<any> {
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
      ...headers,
    },
    body: JSON.stringify({ query }),
  })
  return answer.json()
}

const codesOf = (answer: any): string[] =>
  (answer.errors ?? []).map((error: any) => error.extensions.code as string)
const begin = async () =>
  (await ask(null, 'mutation { beginDeviceLogin(input: {}) { userCode deviceCode } }')).data.beginDeviceLogin

/** Ten guesses in one operation, and as many operations at once. */
function guess(key: string, operations: number): Promise<any[]> {
  const fields = Array.from(
    { length: 10 },
    (_, at) => `a${at}: deviceLogin(userCode: "BBBB-BBB${'BCDFGHJKLM'[at]}") { address }`,
  )
  return Promise.all(Array.from({ length: operations }, () => ask(key, `{ ${fields.join('\n')} }`)))
}

describe('whoever guesses codes of logins', () => {
  test('is wrong twenty times a minute, by however many aliases, requests and acts, and is then not told whether one is right', async () => {
    const codes = (await guess(seeded.bob.key, 6)).flatMap(codesOf)
    expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(20)
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(40)
    const { userCode } = await begin()
    for (const act of ['approveDeviceLogin', 'denyDeviceLogin']) {
      const answer = await ask(
        seeded.bob.key,
        `mutation { ${act}(input: { userCode: "${userCode}" }) { __typename } }`,
      )
      expect(codesOf(answer)).toEqual(['RATE_LIMITED'])
      expect(answer.errors[0].extensions.retryAfterSeconds).toBeGreaterThan(0)
    }
    // Others go on, and so does whoever is right.
    const look = `{ deviceLogin(userCode: "${userCode}") { address } }`
    for (let time = 0; time < 30; time++)
      expect((await ask(seeded.cat.key, look)).data.deviceLogin.address).toBe('127.0.0.1')
  })

  test('finds none by asking with GET, by a form, or as a page elsewhere would', async () => {
    const { userCode, deviceCode } = await begin()
    const query = `mutation { approveDeviceLogin(input: { userCode: "${userCode}" }) { isApproved } }`
    const headers = { Authorization: `Bearer ${seeded.ana.key}`, 'GraphQL-Require-Preflight': '1' }
    const byAddress = await fetch(`${gateway.url}/graphql?${new URLSearchParams({ query })}`, { headers })
    expect(byAddress.status).toBe(405)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      for (const body of [JSON.stringify({ query }), `${new URLSearchParams({ query })}`])
        expect(
          (
            await fetch(`${gateway.url}/graphql`, {
              method: 'POST',
              // As a beacon goes, with what a browser adds by itself.
              headers: {
                'Content-Type': type,
                Cookie: 'sgw_session=sgs_x',
                Origin: 'https://elsewhere.example',
              },
              body,
            })
          ).status,
        ).toBeGreaterThanOrEqual(400)
    for (const method of ['GET', 'HEAD', 'POST'])
      await fetch(`${gateway.url}/login/device?code=${userCode}`, { method, headers })
    const state = await ask(null, `{ deviceLoginState(deviceCode: "${deviceCode}") { userUuid } }`)
    expect(state.data.deviceLoginState.userUuid).toBeNull()
  })
})

test('a login that is asked for faster than once a second is refused for a moment, by all faces together', async () => {
  const counting = await listenOnTestStore({ STRANGER_RATE_LIMIT_PER_MINUTE: '6000' })
  onTestFinished(() => counting.close())
  const [begun, other] = [await begin(), await begin()]
  const post = (path: string, body: object) =>
    fetch(`${counting.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const look = (code: string) => fetch(`${counting.url}/api/v1/auth/device/code/${code}`)
  const exchange = (code: string) => post('/api/v1/auth/device/token', { device_code: code })
  const lookThere = async () => {
    const query = `{ deviceLoginState(deviceCode: "${begun.deviceCode}") { userUuid } }`
    return codesOf(await (await post('/graphql', { query })).json())[0] ?? 200
  }
  for (const [ask, waiting] of [
    [look, 200],
    [exchange, 409],
  ] as const) {
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(begun.deviceCode)))
    expect(answers.filter(({ status }) => status === waiting)).toHaveLength(10)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(2)
    const seconds = Number(refused[0]?.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(10)
    expect((await ask(other.deviceCode)).status).toBe(waiting)
  }
  expect(await lookThere()).toBe('RATE_LIMITED')
})

test('a program that calls itself several lines, or turns the line, is shown in one that does neither', async () => {
  const program = 'dn\u202e\u001b[2J\r\n\tfrom your own machine\u009b'
  const begun = await seeded.yoga.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation B($input: BeginDeviceLoginInput!) { beginDeviceLogin(input: $input) { userCode } }',
      variables: { input: { program } },
    }),
  })
  const { userCode } = ((await begun.json()) as any).data.beginDeviceLogin
  const { data } = await seeded.ana.graphql(`{ deviceLogin(userCode: "${userCode}") { userAgent } }`)
  expect(data.deviceLogin.userAgent).toBe('dn��[2J from your own machine�')
})

test('a program that names no more than codes that turn the line goes by what its requests say', async () => {
  const answer = await ask(null, 'mutation { beginDeviceLogin(input: { program: " \\n " }) { userCode } }', {
    'User-Agent': 'curl/8\u009b31m',
  })
  const { userCode } = answer.data.beginDeviceLogin
  const { data } = await seeded.ana.graphql(`{ deviceLogin(userCode: "${userCode}") { userAgent } }`)
  expect(data.deviceLogin.userAgent).toBe('curl/8�31m')
})
