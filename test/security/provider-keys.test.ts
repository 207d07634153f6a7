import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type HostileProvider, startHostileProvider } from '../support/hostile-provider.js'
import { type HostileWorld, startHostileWorld } from '../support/hostile-world.js'
import { AUDIENCE } from '../support/oidc-provider.js'
import { startSignInWorld } from '../support/sign-in-world.js'

let provider: HostileProvider
let world: HostileWorld
beforeEach(async () => {
  // A gateway that has fetched no keys yet.
  world = await startHostileWorld()
  provider = world.provider
})
afterEach(async () => {
  vi.useRealTimers()
  await world.close()
})

const token = (header: Record<string, unknown> = {}) => {
  const email = `keys-${world.organization}@example.com`
  return provider.sign(
    { aud: AUDIENCE, sub: 'sub-keys', email, email_verified: true, groups: ['devs'] },
    header,
  )
}

/** The code of the answer to who shows a token; `OK` for whom it lets in. */
async function codeOf(shown: string): Promise<string> {
  const answer = await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${shown}` },
    body: '{"query":"{ viewer { scopes } }"}',
  })
  return ((await answer.json()) as any).errors?.[0].extensions.code ?? 'OK'
}

const say = (status: number, body: string) => (res: ServerResponse) =>
  void res.writeHead(status, { 'Content-Type': 'application/json' }).end(body)

test.each<[string, (res: ServerResponse) => void]>([
  ['a failure', say(500, '{}')],
  ['a redirect', (res) => void res.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end()],
  ['a page', say(200, '<!doctype html>')],
  ['no keys', say(200, '{"keys":"none"}')],
  ['nothing, and a closed connection', (res) => void res.destroy()],
])(
  'keys that are %s are the provider’s fault, asked for once in two seconds, and taken when they are there',
  async (_name, answer) => {
    provider.answerKeys(answer)
    vi.useFakeTimers({ toFake: ['performance'] })
    for (let time = 0; time < 5; time++) expect(await codeOf(await token())).toBe('UNAVAILABLE')
    expect(provider.keyFetches()).toBe(1)

    provider.answerKeys(null)
    expect(await codeOf(await token())).toBe('UNAVAILABLE')
    vi.advanceTimersByTime(2100)
    expect(await codeOf(await token())).toBe('OK')
    expect(provider.keyFetches()).toBe(2)
  },
)

test('while unknown keys cannot be fetched, tokens by a known one go on', async () => {
  expect(await codeOf(await token())).toBe('OK')
  provider.answerKeys(say(500, '{}'))
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  vi.setSystemTime(Date.now() + 11_000)
  for (let time = 0; time < 5; time++)
    expect(await codeOf(await token({ kid: `unknown-${time}` }))).toBe('UNAVAILABLE')
  expect(provider.keyFetches()).toBe(2)
  expect(await codeOf(await token())).toBe('OK')
})

test('keys without an end are read to a bound', async () => {
  let sent = 0
  provider.answerKeys((res) => {
    res.writeHead(200, { 'Content-Type': 'application/json' })
    res.write('{"keys":[')
    const more = () => {
      while (!res.destroyed && res.write('{},'.repeat(20_000))) sent += 60_000
      if (!res.destroyed) res.once('drain', more)
    }
    more()
  })
  expect(await codeOf(await token())).toBe('UNAVAILABLE')
  expect(sent).toBeLessThan(16_000_000)
})

test('keys that never come are waited for no longer than five seconds, and hold up nobody who has a key', async () => {
  let begin = () => {}
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  provider.answerKeys((res) => {
    res.writeHead(200, { 'Content-Type': 'application/json' }).write('{"keys":[')
    begin()
  })
  const waiting = codeOf(await token())
  await begun
  expect(await codeOf('sgw_unknown')).toBe('UNAUTHENTICATED')
  expect(await waiting).toBe('UNAVAILABLE')
})

test('the issuer is as the provider spells it, though the setting ends with a slash', async () => {
  const spelt = await startSignInWorld({ OIDC_ISSUER: `${provider.issuer}/` })
  const answer = await fetch(`${spelt.url}/graphql?query={viewer{scopes}}`, {
    headers: { Authorization: `Bearer ${await token()}`, 'GraphQL-Require-Preflight': '1' },
  })
  expect(await answer.json()).not.toHaveProperty('errors')
  await spelt.close()
})

test('a token that names no key is taken by any that it goes with, and by no other', async () => {
  const other = await startHostileProvider()
  provider.answerKeys(say(200, JSON.stringify({ keys: [{ ...other.jwk, kid: 'before' }, provider.jwk] })))
  expect(await codeOf(await token({ kid: undefined }))).toBe('OK')
  provider.answerKeys(null)
  const claims = { aud: AUDIENCE, sub: 'sub-keys', iss: provider.issuer }
  const third = await startHostileProvider()
  expect(await codeOf(await third.sign(claims, { kid: undefined }))).toBe('UNAUTHENTICATED')
  for (const { close } of [other, third]) close()
})
