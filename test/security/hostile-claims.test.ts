import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HostileWorld, startHostileWorld } from '../support/hostile-world.js'
import { openTestStore } from '../support/store.js'

let world: HostileWorld
beforeAll(async () => {
  world = await startHostileWorld()
})
afterAll(() => world?.close())

/** Signs in a person of whom the provider vouches for this; gives the status, and the browser where it is signed in. */
async function signIn(claims: Record<string, unknown>) {
  const sub = `sub-${randomUUID()}`
  const about = { sub, email: `${sub}@claims.test`, email_verified: true, groups: ['devs'], ...claims }
  return world.signIn((nonce) => world.provider.sign({ sub: about.sub, nonce }), about)
}

test.each<[string, string]>([
  ['U+0000', 'a\0b@claims.test'],
  ['half of a pair of surrogates', 'a\ud800@claims.test'],
  ['a code for the terminal', 'a\u001b[2Jb@claims.test'],
  ['a code for the terminal in one character', 'a\u009b2Jb@claims.test'],
  ['what turns the line', 'a\u202eb@claims.test'],
  ['what nobody sees', 'a\u200bb@claims.test'],
  ['100,000 characters', `${'a'.repeat(100_000)}@claims.test`],
  ['nothing before it', '@claims.test'],
  ['two lines', 'a\nb@claims.test'],
])('nobody comes in by an address with %s', async (_name, email) => {
  const { status, signedIn } = await signIn({ email })
  expect([400, 403]).toContain(status)
  expect(signedIn).toBe(false)
})

test('nobody comes in as somebody whose address looks alike once its letters are folded', async () => {
  const name = `kate-${randomUUID()}`
  expect(await signIn({ email: `${name}@claims.test` })).toMatchObject({ status: 303 })
  for (const email of [`\u212a${name.slice(1)}@claims.test`, `${name}@\u212alaims.test`])
    expect(await signIn({ email })).toMatchObject({ status: 403, signedIn: false })
})

test('a name is one line that moves no cursor', async () => {
  const email = `${randomUUID()}@claims.test`
  const { browser, status } = await signIn({ email, name: ' Ada\u001b[31m\r\nAdmin:\u009b\u202e\ttrue ' })
  expect(status).toBe(303)
  expect((await world.ask(browser, '{ viewer { user { email } } }')).data.viewer.user.email).toBe(email)
  const { store } = await openTestStore()
  expect((await store.user.findUniqueOrThrow({ where: { email } })).fullName).toBe('Ada�[31m Admin:�� true')
  for (const name of ['\u0000', '   ', 'x'.repeat(300), { toString: 'x' }, ['a']])
    expect(await signIn({ name })).toMatchObject({ status: 303, signedIn: true })
})

test('groups that are no texts give no role, and thousands of them hold nobody up', async () => {
  const admitting: unknown[] = [
    'devs',
    ['devs'],
    [...Array(100_000).fill('other'), 'devs'],
    [null, {}, 'devs'],
  ]
  for (const groups of admitting) expect(await signIn({ groups })).toMatchObject({ status: 303 })
  const others: unknown[] = [
    [{ name: 'devs' }],
    [{ toString: 'devs' }],
    [['devs']],
    { 0: 'devs', length: 1 },
    { devs: true },
    'devs ',
    'DEVS',
    null,
    [],
    JSON.parse('{"__proto__": ["devs"]}'),
  ]
  for (const groups of others)
    expect([groups, await signIn({ groups })]).toMatchObject([groups, { status: 403, signedIn: false }])
  for (const subject of ['', 'x'.repeat(256), 'a\0b', { sub: 1 }, 5])
    expect((await signIn({ sub: subject })).signedIn).toBe(false)
})
