import { createPrivateKey, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { AUDIENCE, client } from '../support/oidc-provider.js'
import { type SignInWorld, startSignInWorld } from '../support/sign-in-world.js'

let world: SignInWorld
beforeAll(async () => {
  world = await startSignInWorld()
})
afterAll(() => world.close())
afterEach(() => vi.useRealTimers())

const now = () => Math.floor(Date.now() / 1000)
/** Claims of somebody who may come in. */
const good = (subject = 'sub-bearer') => ({
  sub: subject,
  ...{ email: `${subject}-${world.organization}@example.com`, email_verified: true, groups: ['devs'] },
  ...{ iat: now(), exp: now() + 300 },
})

async function ask(token: string, path = '/graphql'): Promise<any> {
  const answer = await fetch(world.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ viewer { user { email } scopes workspaces { slug } } }' }),
  })
  return answer.json()
}
const codeOf = async (token: string) => (await ask(token)).errors?.[0].extensions.code ?? 'OK'

test('an access token of the provider is a credential of its person, within its scope', async () => {
  const token = await world.provider.sign(good())
  expect((await ask(token)).data.viewer).toEqual({
    user: { email: good().email },
    scopes: ['sessions:read', 'sessions:write'],
    workspaces: [{ slug: 'main' }],
  })
  const narrow = await world.provider.sign({ ...good(), scope: 'openid sessions:read sessions:evaluate' })
  expect((await ask(narrow)).data.viewer.scopes).toEqual(['sessions:read'])
  for (const listed of [
    { scope: ['openid', 'sessions:read'] },
    { scp: ['sessions:read'] },
    { scp: 'sessions:read' },
  ])
    expect((await ask(await world.provider.sign({ ...good(), ...listed }))).data.viewer.scopes).toEqual([
      'sessions:read',
    ])
  const rest = await fetch(`${world.url}/v1/sessions`, { headers: { Authorization: `Bearer ${token}` } })
  expect(rest.status).toBe(200)
})

test('a token for others, by others or out of its time is refused', async () => {
  const sign = (claims: Record<string, unknown>, header = {}) =>
    world.provider.sign({ ...good(), ...claims }, header)
  expect(await codeOf(await sign({}))).toBe('OK')
  expect(await codeOf(await sign({ aud: ['other', AUDIENCE] }))).toBe('OK')
  for (const claims of [
    { aud: 'other' },
    { aud: client.id },
    { aud: undefined },
    { iss: 'https://elsewhere.example' },
    { iss: `${world.provider.issuer}/` },
    { exp: undefined },
    { sub: undefined },
    { sub: '' },
    { sub: 'a\u0000b' },
    { exp: now() - 60 },
    { nbf: now() + 60 },
  ])
    expect([claims, await codeOf(await sign(claims))]).toEqual([
      claims,
      expect.stringMatching(/UNAUTHENTICATED|FORBIDDEN/),
    ])
})

test('clocks may be half a minute apart', async () => {
  const sign = (claims: Record<string, unknown>) => world.provider.sign({ ...good(), ...claims })
  expect(await codeOf(await sign({ exp: now() - 20 }))).toBe('OK')
  expect(await codeOf(await sign({ nbf: now() + 20 }))).toBe('OK')
  expect(await codeOf(await sign({ exp: now() - 40 }))).toBe('UNAUTHENTICATED')
})

test('neither no algorithm nor one with a shared secret is taken, whatever the secret is', async () => {
  const { jwk } = world.provider.key()
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const modulus = Buffer.from(jwk.n!, 'base64url')
  const spki = createPublicKey({ key: { kty: 'RSA', n: jwk.n!, e: jwk.e! }, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  })
  for (const alg of ['none', 'None', 'NONE', ''])
    for (const signature of ['', 'AAAA'])
      expect(
        await codeOf(
          `${encode({ alg, kid: jwk.kid })}.${encode({ iss: world.provider.issuer, aud: AUDIENCE, ...good() })}.${signature}`,
        ),
      ).toBe('UNAUTHENTICATED')
  for (const alg of ['HS256', 'HS384', 'HS512'])
    for (const secret of [Buffer.from(spki), modulus, Buffer.from(client.secret)]) {
      const token = await new SignJWT({ iss: world.provider.issuer, aud: AUDIENCE, ...good() })
        .setProtectedHeader({ alg, kid: jwk.kid })
        .sign(new Uint8Array(secret))
      expect(await codeOf(token)).toBe('UNAUTHENTICATED')
    }
})

test('nor a key that the token itself brings, nor a signature by another', async () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = other.publicKey.export({ format: 'jwk' })
  const { kid } = world.provider.key().jwk
  const elsewhere = 'https://elsewhere.example/jwks'
  const x5c = [other.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')]
  for (const header of [
    ...[{ kid }, { kid, jwk }, { jwk }, { kid, jku: elsewhere }, { jku: elsewhere }, {}],
    ...[{ kid, x5u: elsewhere }, { x5u: elsewhere }, { kid, x5c }, { kid: '../../dev/null' }],
  ]) {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const text = `${encode({ alg: 'RS256', ...header })}.${encode({ iss: world.provider.issuer, aud: AUDIENCE, ...good() })}`
    const token = `${text}.${createSign('sha256').update(text).sign(other.privateKey, 'base64url')}`
    expect(await codeOf(token)).toBe('UNAUTHENTICATED')
  }
})

test('nor one with a header that must be understood and is not', async () => {
  const { jwk } = world.provider.key()
  const own = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  const signed = (header: object) => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { iss: world.provider.issuer, aud: AUDIENCE, ...good() }
    const text = `${encode({ alg: 'RS256', kid: jwk.kid, ...header })}.${encode(claims)}`
    return `${text}.${createSign('sha256').update(text).sign(own, 'base64url')}`
  }
  expect(await codeOf(signed({}))).toBe('OK')
  for (const header of [
    { crit: ['for'], for: 'others' },
    { crit: [] },
    { crit: 'alg' },
    { crit: ['b64'], b64: false },
  ])
    expect([header, await codeOf(signed(header))]).toEqual([header, 'UNAUTHENTICATED'])
})

test('an unknown key has the keys fetched again, at most once in ten seconds, and rotation is followed', async () => {
  await codeOf(await world.provider.sign(good()))
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + 11_000)
  const before = world.provider.keyFetches()
  for (let time = 0; time < 20; time++)
    expect(await codeOf(await world.provider.sign(good(), { kid: `unknown-${time}` }))).toBe(
      'UNAUTHENTICATED',
    )
  expect(world.provider.keyFetches() - before).toBe(1)

  const old = await world.provider.sign(good())
  await world.provider.rotate()
  const token = await world.provider.sign(good())
  vi.setSystemTime(Date.now() + 11_000)
  expect(await codeOf(token)).toBe('OK')
  expect(world.provider.keyFetches() - before).toBe(2)
  expect(await codeOf(old)).toBe('UNAUTHENTICATED')
})

test('nobody comes in by a token whom nobody gave a role, or whom the provider does not vouch for', async () => {
  const token = (claims: object) => world.provider.sign({ ...good('sub-nobody'), ...claims })
  expect(await codeOf(await token({ groups: [] }))).toBe('FORBIDDEN')
  expect(await codeOf(await token({ email_verified: false }))).toBe('FORBIDDEN')
})

test('where no audience is set no token is a credential', async () => {
  const other = await startSignInWorld({ OIDC_AUDIENCE: '' })
  const token = await other.provider.sign({ ...good(), exp: now() + 300 })
  const answer = await fetch(`${other.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: '{"query":"{ viewer { scopes } }"}',
  })
  expect(((await answer.json()) as any).errors[0].extensions.code).toBe('UNAUTHENTICATED')
  await other.close()
})
