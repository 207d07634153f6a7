import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, inject, onTestFinished, test } from 'vitest'
import { cli, emptyStoreSettings } from '../support/cli.js'
import { client } from '../support/oidc-provider.js'
import { startSignInWorld } from '../support/sign-in-world.js'

/** What the doctor says, with a migrated store, of sign-in by these settings. */
async function examine(settings: Record<string, string>): Promise<[number, string]> {
  const store = await emptyStoreSettings()
  await cli(['migrate'], store)
  const { code, stdout } = await cli(['doctor'], {
    ...{ PUBLIC_URL: 'http://127.0.0.1:4000', OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret },
    ...{ ...store, ...settings },
  })
  return [code, stdout.trimEnd().split('\n').at(-1) ?? '']
}

async function answering(handle: RequestListener): Promise<string> {
  const server = createServer(handle).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('where all is right people sign in, and the doctor finds nothing', async () => {
  const world = await startSignInWorld()
  onTestFinished(world.close)
  expect((await world.signIn(world.person())).answer.status).toBe(303)
  // A pooler lacks settings, whoever signs in.
  const nothing = inject('postgresql')?.isPooled
    ? [1, expect.stringMatching(/^A pooler stands between/)]
    : [0, 'Nothing is lacking']
  expect(await examine({ OIDC_ISSUER: world.provider.issuer })).toEqual(nothing)
})

test('a wrong secret is said to whoever signs in and to whoever asks the doctor, and is shown to neither', async () => {
  const OIDC_CLIENT_SECRET = 'another-secret-of-thirty-two-chars'
  const world = await startSignInWorld({ OIDC_CLIENT_SECRET })
  onTestFinished(world.close)
  const sentence = 'The provider does not take OIDC_CLIENT_ID with OIDC_CLIENT_SECRET.'
  const { answer } = await world.signIn(world.person())
  expect(answer.status).toBe(503)
  const page = await answer.text()
  expect(page).toContain(sentence)
  expect(page).not.toContain(OIDC_CLIENT_SECRET)
  expect(await examine({ OIDC_ISSUER: world.provider.issuer, OIDC_CLIENT_SECRET })).toEqual([1, sentence])
  expect(await examine({ OIDC_ISSUER: world.provider.issuer, OIDC_CLIENT_ID: 'nobody' })).toEqual([
    1,
    sentence,
  ])
})

test.each<[string, RequestListener]>([
  ['a page that is not there', (_req, res) => void res.writeHead(404).end('Not Found')],
  [
    'a page for people',
    (_req, res) => void res.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>'),
  ],
  [
    'a provider of another name',
    (_req, res) =>
      void res
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end('{"issuer":"https://elsewhere.example","jwks_uri":"https://elsewhere.example/jwks"}'),
  ],
])('an issuer whose address leads to %s is said so', async (_name, handle) => {
  const OIDC_ISSUER = await answering(handle)
  const world = await startSignInWorld({ OIDC_ISSUER })
  onTestFinished(world.close)
  const sentence = 'What answers at OIDC_ISSUER is no OpenID Connect provider of that name.'
  const answer = await fetch(`${world.url}/auth/sign-in`, { redirect: 'manual' })
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain(sentence)
  expect(await examine({ OIDC_ISSUER })).toEqual([1, sentence])
})

test('an issuer that nobody answers for is said so', async () => {
  expect(await examine({ OIDC_ISSUER: 'http://127.0.0.1:1' })).toEqual([
    ...[1, 'The provider that signs people in cannot be reached.'],
  ])
})
