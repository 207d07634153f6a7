import { createHash, createPublicKey } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HostileWorld, startHostileWorld } from '../support/hostile-world.js'
import { client } from '../support/oidc-provider.js'

let world: HostileWorld
beforeAll(async () => {
  world = await startHostileWorld()
})
afterAll(() => world?.close())

const subject = 'sub-ada'
const about = { sub: subject, email: 'ada@id-tokens.test', email_verified: true, groups: ['devs'] }
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)

/** Signs in with what the provider answers to the nonce of this sign-in; gives the status and whether a browser is signed in. */
async function signIn(tokenFor: (nonce: string) => Promise<string> | string, userinfo: object = about) {
  const { browser: _, ...answer } = await world.signIn(tokenFor, userinfo)
  return answer
}
const signed = (claims: JWTPayload, header?: Record<string, unknown>) => (nonce: string) =>
  world.provider.sign({ sub: subject, nonce, ...claims }, header)

test('PKCE is kept by S256, also where the provider says nothing of it', async () => {
  const { asked, ...answer } = await signIn(signed({}))
  expect(answer).toEqual({ status: 303, signedIn: true })
  expect(asked.get('code_challenge_method')).toBe('S256')
  const verifier = world.provider.asked().get('code_verifier')!
  expect(verifier).toMatch(/^[\w-]{43,}$/)
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(asked.get('code_challenge'))
})

test.each<[string, JWTPayload, Record<string, unknown>?]>([
  ['of another issuer', { iss: 'https://elsewhere.example' }],
  ['for another client', { aud: 'another' }],
  ['for several, not naming this one', { aud: ['another', 'third'], azp: client.id }],
  ['for several, authorized for another', { aud: [client.id, 'another'], azp: 'another' }],
  ['for several, authorized for nobody', { aud: [client.id, 'another'] }],
  ['authorized for another', { azp: 'another' }],
  ['with another nonce', { nonce: 'x'.repeat(43) }],
  ['without a nonce', { nonce: undefined }],
  ['that is over', { exp: now() - 60 }],
  ['without an end', { exp: undefined }],
  ['from a time to come', { nbf: now() + 120 }],
  ['without a subject', { sub: undefined }],
  ['by a key that is not the provider’s', {}, { kid: 'another' }],
])('an ID token %s signs nobody in', async (_name, claims, header) => {
  expect(await signIn(signed(claims, header))).toMatchObject({ status: 403, signedIn: false })
})

test('an ID token for several clients that is authorized for this one is taken', async () => {
  expect(await signIn(signed({ aud: ['another', client.id], azp: client.id }))).toMatchObject({
    signedIn: true,
  })
})

test('an ID token that nobody signed, or signed by a shared secret, signs nobody in', async () => {
  const claims = (nonce: string) => ({
    ...{ iss: world.provider.issuer, aud: client.id, sub: subject, nonce, iat: now(), exp: now() + 300 },
  })
  for (const alg of ['none', 'None', ''])
    expect(await signIn((nonce) => `${encode({ alg, kid: 'own' })}.${encode(claims(nonce))}.`)).toMatchObject(
      {
        signedIn: false,
      },
    )
  const { n, e } = world.provider.jwk as { n: string; e: string }
  const pem = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' }).export({
    ...({ type: 'spki', format: 'pem' } as const),
  })
  for (const secret of [client.secret, String(pem)])
    expect(
      await signIn((nonce) =>
        new SignJWT(claims(nonce))
          .setProtectedHeader({ alg: 'HS256', kid: 'own' })
          .sign(new TextEncoder().encode(secret)),
      ),
    ).toMatchObject({ signedIn: false })
})

test('what userinfo says of somebody else is not taken, nor does it vouch for an address in place of the token', async () => {
  expect(await signIn(signed({}), { ...about, sub: 'sub-eve' })).toMatchObject({
    status: 403,
    signedIn: false,
  })
  expect(await signIn(signed({ email_verified: false }))).toMatchObject({ signedIn: true })
  const other = { sub: 'sub-new', email: 'new@id-tokens.test', email_verified: true, groups: ['devs'] }
  expect(await signIn(signed({ sub: 'sub-new', email_verified: false }), other)).toMatchObject({
    ...{ status: 403, signedIn: false },
  })
})
