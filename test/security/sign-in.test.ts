import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config/read.js'
import { ConfigError } from '../../src/config/setting.js'
import { sql } from '../../src/db/sql.js'
import { openIdToken } from '../../src/domain/sign-in/browser-session.js'
import { redactCredentials } from '../../src/log.js'
import { createSeal } from '../../src/sign-in/sealed.js'
import { Browser, passProvider } from '../support/browser.js'
import { client } from '../support/oidc-provider.js'
import { type SignInWorld, startSignInWorld } from '../support/sign-in-world.js'
import { openTestStore } from '../support/store.js'

let world: SignInWorld
beforeAll(async () => {
  world = await startSignInWorld()
})
afterAll(() => world.close())

const who = '{ viewer { user { email } } }'
const begin = () => `${world.url}/auth/sign-in`
/** The cookies that the gateway set. */
const cookiesOf = (browser: Browser) => browser.cookies.get(world.url)!

describe('what comes back from the provider is refused', () => {
  const back = async () => {
    const browser = new Browser()
    return { browser, url: new URL(await passProvider(browser, begin(), world.person())) }
  }
  const finish = async (browser: Browser, url: URL) => {
    const answer = await browser.fetch(url.href)
    return {
      status: answer.status,
      text: await answer.text(),
      signedIn: cookiesOf(browser).has('sgw_session'),
    }
  }
  const untrusted = { status: 403, text: expect.stringContaining('could not be trusted'), signedIn: false }

  test.each<[string, (url: URL) => void]>([
    ['with another state', ({ searchParams }) => searchParams.set('state', 'x'.repeat(43))],
    ['without a state', ({ searchParams }) => searchParams.delete('state')],
    ['with two states', ({ searchParams }) => searchParams.append('state', searchParams.get('state')!)],
    ['with another code', ({ searchParams }) => searchParams.set('code', 'x'.repeat(43))],
    ['without a code', ({ searchParams }) => searchParams.delete('code')],
    ['from another issuer', ({ searchParams }) => searchParams.set('iss', 'https://elsewhere.example')],
    ['with an error', ({ searchParams }) => searchParams.set('error', 'access_denied')],
  ])('%s', async (_name, change) => {
    const { browser, url } = await back()
    change(url)
    expect(await finish(browser, url)).toEqual(untrusted)
  })

  test('in another browser, and in one that has waited for too long or changed what it carries', async () => {
    const { browser, url } = await back()
    const over = { status: 400, text: expect.stringContaining('begun in another browser'), signedIn: false }
    const other = new Browser()
    other.cookies.set(world.url, new Map())
    expect(await finish(other, url)).toEqual(over)
    const carried = cookiesOf(browser).get('sgw_sign_in')!
    for (const changed of [
      // Not its very last character, some bits of which say nothing.
      `${carried.slice(0, -3)}${carried.at(-3) === 'A' ? 'B' : 'A'}${carried.slice(-2)}`,
      'x',
      `${carried}.`,
    ]) {
      other.cookies.set(world.url, new Map([['sgw_sign_in', changed]]))
      expect(await finish(other, url)).toEqual(over)
    }
  })

  test('a second time, though the browser kept what it carried', async () => {
    const { browser, url } = await back()
    const carried = cookiesOf(browser).get('sgw_sign_in')!
    expect(await finish(browser, url)).toMatchObject({ status: 303, signedIn: true })
    const other = new Browser()
    other.cookies.set(world.url, new Map([['sgw_sign_in', carried]]))
    expect(await finish(other, url)).toEqual(untrusted)
  })

  test('with another nonce than the token tells', async () => {
    const { browser, url } = await back()
    const seal = createSeal(client.secret)
    const carried = (await seal.open(cookiesOf(browser).get('sgw_sign_in')!))!
    cookiesOf(browser).set('sgw_sign_in', await seal.close({ ...carried, nonce: 'x'.repeat(43) }))
    expect(await finish(browser, url)).toEqual(untrusted)
  })

  test('with the code of another sign-in, whose nonce and verifier are others', async () => {
    const [mine, theirs] = [await back(), await back()]
    mine.url.searchParams.set('code', theirs.url.searchParams.get('code')!)
    expect(await finish(mine.browser, mine.url)).toEqual(untrusted)
  })
})

test.each([
  '//elsewhere.example',
  '/\\elsewhere.example',
  'https://elsewhere.example',
  'javascript:alert(1)',
  '/%0d%0aSet-Cookie:x=y',
  '/\t/elsewhere.example',
  '\\\\elsewhere.example',
  '/.//elsewhere.example',
  '/x/..//elsewhere.example',
  '/%2e//elsewhere.example',
  '/w/%2E%2e/\\elsewhere.example',
  'w/acme',
  `/${'x'.repeat(3000)}`,
  '',
])('after signing in nobody is sent to another origin: %j', async (path) => {
  const { answer } = await world.signIn(
    world.person(),
    new Browser(),
    `/auth/sign-in?return=${encodeURIComponent(path)}`,
  )
  const location = answer.headers.get('location')!
  expect(new URL(location, world.url).origin).toBe(world.url)
  expect(location.startsWith('/')).toBe(true)
  expect(location).not.toMatch(/^\/[/\\]/)
})

describe('the cookie of a browser', () => {
  const open = async () => (await world.signIn(world.person())).browser
  const code = (answer: any) => answer.errors?.[0].extensions.code ?? 'OK'

  test('counts with a header alone that pages elsewhere cannot set, and from its own origin', async () => {
    const browser = await open()
    const preflighted = { 'GraphQL-Require-Preflight': '1' }
    const asked = async (headers: Record<string, string>) => code(await world.ask(browser, who, headers))
    expect(await asked(preflighted)).toBe('OK')
    expect(await asked({ ...preflighted, Origin: world.url, 'Sec-Fetch-Site': 'same-origin' })).toBe('OK')
    expect(await asked({})).toBe('UNAUTHENTICATED')
    expect(await asked({ 'X-GraphQL-Yoga-CSRF': '1' })).toBe('UNAUTHENTICATED')
    for (const Origin of ['https://elsewhere.example', 'null', `${world.url}.example`])
      expect(await asked({ ...preflighted, Origin })).toBe('UNAUTHENTICATED')
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(await asked({ ...preflighted, 'Sec-Fetch-Site': site })).toBe('UNAUTHENTICATED')
  })

  test('counts for nothing that a link, a form, an image or an event source elsewhere can send, and by GET and as events for us', async () => {
    const browser = await open()
    const told = async (init: RequestInit, path = '/graphql') =>
      (await (await browser.fetch(world.url + path, init)).text()).includes('@example.com')
    const query = `?${new URLSearchParams({ query: who })}`
    const json = JSON.stringify({ query: who })
    const form = new FormData()
    form.set('operations', json)
    form.set('map', '{}')
    const types = [
      'application/x-www-form-urlencoded',
      'text/plain',
      'application/graphql',
      'application/json',
    ]
    for (const accept of ['*/*', 'text/html', 'image/*', 'application/json', 'text/event-stream']) {
      const headers = { Accept: accept }
      expect(await told({ headers }, `/graphql${query}`)).toBe(false)
      expect(await told({ method: 'POST', headers, body: new URLSearchParams({ query: who }) })).toBe(false)
      expect(await told({ method: 'POST', headers, body: form })).toBe(false)
      for (const type of types)
        expect(
          await told({ method: 'POST', headers: { ...headers, 'Content-Type': type }, body: json }),
        ).toBe(false)
    }
    const ours = { 'GraphQL-Require-Preflight': '1' }
    expect(await told({ headers: ours }, `/graphql${query}`)).toBe(true)
    expect(await told({ headers: { ...ours, Accept: 'text/event-stream' } }, `/graphql${query}`)).toBe(true)
  })

  test('is nothing to the REST APIs, in whatever header its token stands', async () => {
    const browser = await open()
    const token = cookiesOf(browser).get('sgw_session')!
    const headers: Record<string, string>[] = [
      { 'GraphQL-Require-Preflight': '1' },
      { Authorization: `Bearer ${token}` },
      { 'X-API-Key': token },
    ]
    for (const path of ['/v1/sessions', '/api/v1/user'])
      for (const header of headers)
        expect([path, (await browser.fetch(world.url + path, { headers: header })).status]).toEqual([
          path,
          401,
        ])
    const traces = { method: 'POST', body: '{"resourceSpans": []}' }
    for (const header of headers)
      expect(
        (
          await browser.fetch(`${world.url}/v1/traces`, {
            ...traces,
            headers: { 'Content-Type': 'application/json', ...header },
          })
        ).status,
      ).toBe(401)
    for (const header of headers.slice(1)) {
      const plain = new Browser()
      expect(code(await world.ask(plain, who, header))).toBe('UNAUTHENTICATED')
    }
  })

  test('changed, doubled or expired is refused', async () => {
    const { store } = await openTestStore()
    const browser = await open()
    const jar = cookiesOf(browser)
    const token = jar.get('sgw_session')!
    for (const changed of [
      `${token}x`,
      token.slice(0, -2),
      token.toLowerCase(),
      `${token}; sgw_session=${token}`,
    ]) {
      jar.set('sgw_session', changed)
      expect(code(await world.ask(browser, who))).toBe('UNAUTHENTICATED')
    }
    jar.set('sgw_session', token)
    expect(code(await world.ask(browser, who))).toBe('OK')
    await store.$executeRaw(sql`
      update browser_sessions set expires_at = now() where user_id = (
        select u.id from users u where u.email = ${(await world.ask(browser, who)).data.viewer.user.email})`)
    expect(code(await world.ask(browser, who))).toBe('UNAUTHENTICATED')
  })

  test('alone opens the ID token that is kept to sign out at the provider: the store gives it to nobody', async () => {
    const { store } = await openTestStore()
    const subject = world.person()
    const { browser } = await world.signIn(subject)
    const token = cookiesOf(browser).get('sgw_session')!
    const { data } = await world.ask(browser, '{ viewer { user { uuid } } }')
    const [kept] = await store.browserSession.findMany({ where: { userId: data.viewer.user.uuid } })
    const sealed = kept!.sealedIdToken!
    const signedIn = (text: string | null) => text !== null && decodeJwt(text).sub === subject

    expect(signedIn(await openIdToken(sealed, token))).toBe(true)
    const hash = Buffer.from(kept!.hash)
    for (const other of [hash.toString('hex'), hash.toString('base64url'), kept!.id, `${token}x`, ''])
      expect(await openIdToken(sealed, other)).toBeNull()
    const readable = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
    expect(readable.join()).not.toMatch(new RegExp(`${subject}|RS256|${client.id}`))
  })

  test('ends at once when its person signs out, though credentials and roles are remembered', async () => {
    const remembering = await startSignInWorld({ ACCESS_MEMORY_MS: '5000' })
    onTestFinished(remembering.close)
    const subject = remembering.person()
    const { browser } = await remembering.signIn(subject)
    const kept = new Map(browser.cookies.get(remembering.url))
    const rights = '{ viewer { workspaces { slug } } }'
    expect((await remembering.ask(browser, rights)).data.viewer.workspaces).toHaveLength(1)
    // What the next sign-in takes away counts in this browser, too.
    remembering.people[subject]!.groups = []
    await remembering.signIn(subject)
    expect((await remembering.ask(browser, rights)).data.viewer.workspaces).toEqual([])

    await browser.fetch(`${remembering.url}/auth/sign-out`, {
      ...{ method: 'POST', headers: { 'GraphQL-Require-Preflight': '1' } },
    })
    browser.cookies.set(remembering.url, kept)
    expect((await remembering.ask(browser, rights)).errors[0].extensions.code).toBe('UNAUTHENTICATED')
  })

  test('ends where the next sign-in begins, so that nobody keeps a browser that they signed in before', async () => {
    const { browser } = await world.signIn(world.person())
    const before = cookiesOf(browser).get('sgw_session')!
    await world.signIn(world.person(), browser)
    const other = new Browser()
    other.cookies.set(world.url, new Map([['sgw_session', before]]))
    expect(code(await world.ask(other, who))).toBe('UNAUTHENTICATED')
  })

  test('is for this host and TLS alone where browsers come by TLS', async () => {
    const secure = await startSignInWorld({ PUBLIC_URL: 'https://sessions.example' })
    onTestFinished(secure.close)
    const answer = await fetch(`${secure.url}/auth/sign-in`, { redirect: 'manual' })
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-sgw_sign_in=\S+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    )
    expect(new URL(answer.headers.get('location')!).searchParams.get('redirect_uri')).toBe(
      'https://sessions.example/auth/callback',
    )
  })
})

test('an address signs in so often a minute, and no more', async () => {
  const limited = await startSignInWorld({ STRANGER_RATE_LIMIT_PER_MINUTE: '3' })
  onTestFinished(limited.close)
  const statuses: number[] = []
  for (let time = 0; time < 5; time++)
    statuses.push((await fetch(`${limited.url}/auth/sign-in`, { redirect: 'manual' })).status)
  expect(statuses).toEqual([303, 303, 303, 429, 429])
  expect((await fetch(`${limited.url}/auth/callback?code=x`)).headers.get('retry-after')).toMatch(/^\d+$/)
})

test('a provider that cannot be reached is said so', async () => {
  const server = createServer((_req, res) => res.writeHead(500).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  server.close()
  const alone = await startSignInWorld({ OIDC_ISSUER: issuer })
  onTestFinished(alone.close)
  const answer = await fetch(`${alone.url}/auth/sign-in`, { redirect: 'manual' })
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('cannot be reached')
})

test('log lines hold no token, code or state', () => {
  const line = redactCredentials(
    '{"url":"/auth/callback?code=abc&state=def","id_token":"eyJhbGciOi.eyJzdWIi.sig","cookie":"sgw_session=sgs_abc","t":"sgs_abc eyJhbGciOiJS.eyJz.x"}',
  )
  expect(line).toBe(
    '{"url":"/auth/callback?code=[redacted]&state=[redacted]","id_token":"[redacted]","cookie":"[redacted]","t":"sgs_[redacted] eyJ[redacted]"}',
  )
})

describe('settings of sign-in go together', () => {
  const whole = {
    PUBLIC_URL: 'https://sessions.example',
    OIDC_ISSUER: 'https://id.example',
    OIDC_CLIENT_ID: client.id,
    OIDC_CLIENT_SECRET: client.secret,
  }
  test('and are read', () => {
    const { oidcRoles, publicUrl } = readConfig({
      ...whole,
      OIDC_ROLES:
        'groups:Site Admins=acme/main:admin, https://ns.example/roles:dev=acme/lab:write,hd:*=acme/main:read',
    })
    expect(publicUrl).toBe('https://sessions.example')
    expect(oidcRoles).toEqual([
      { claim: 'groups', value: 'Site Admins', organization: 'acme', workspace: 'main', role: 'ADMIN' },
      {
        claim: 'https://ns.example/roles',
        value: 'dev',
        organization: 'acme',
        workspace: 'lab',
        role: 'WRITE',
      },
      { claim: 'hd', value: '*', organization: 'acme', workspace: 'main', role: 'READ' },
    ])
  })
  test.each<[string, Record<string, string>]>([
    ['OIDC_ISSUER needs PUBLIC_URL', { PUBLIC_URL: '' }],
    ['OIDC_ISSUER needs OIDC_CLIENT_SECRET', { OIDC_CLIENT_SECRET: '' }],
    ['OIDC_CLIENT_ID goes with OIDC_ISSUER', { OIDC_ISSUER: '' }],
    ['OIDC_ISSUER takes', { OIDC_ISSUER: 'http://id.example' }],
    ['PUBLIC_URL takes', { PUBLIC_URL: 'https://sessions.example/below' }],
    ['OIDC_ROLES takes', { OIDC_ROLES: 'groups:devs=acme:admin' }],
    ['OIDC_ROLES takes', { OIDC_ROLES: 'groups:devs=acme/main:owner' }],
    ['OIDC_SCOPES takes', { OIDC_SCOPES: 'email' }],
    ['OIDC_AUDIENCE cannot be OIDC_CLIENT_ID', { OIDC_AUDIENCE: client.id }],
  ])('%s', (sentence, changed) => {
    const read = () => readConfig({ ...whole, ...changed })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(sentence)
  })
  test('a secret that is refused is not shown', () => {
    expect(() => readConfig({ ...whole, OIDC_CLIENT_SECRET: 'short' })).toThrow(/^(?!.*short)/)
  })
})
