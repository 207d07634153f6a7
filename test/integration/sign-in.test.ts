import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { Browser, signOutAtProvider } from '../support/browser.js'
import { type SignInWorld, startSignInWorld } from '../support/sign-in-world.js'
import { openTestStore } from '../support/store.js'

let world: SignInWorld
beforeAll(async () => {
  world = await startSignInWorld()
})
afterAll(() => world.close())

const who = `{ viewer { user { email fullName } organization { slug } scopes defaultWorkspace { slug }
  workspaces { slug viewerRole } } }`

describe('a person signs in by the provider', () => {
  test('by code, PKCE, state and nonce, and asks GraphQL by a cookie that no script reads', async () => {
    const browser = new Browser()
    const begun = await browser.fetch(`${world.url}/auth/sign-in`)
    const asked = new URL(begun.headers.get('location')!)
    expect(begun.status).toBe(303)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(begun.headers.get('set-cookie')).toMatch(
      /^sgw_sign_in=\S+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/,
    )

    const subject = world.person({ name: 'Ada Lovelace' })
    const { answer } = await world.signIn(subject, browser, '/auth/sign-in?return=/w/acme/main%3Fq=1')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/w/acme/main?q=1')
    expect(answer.headers.getSetCookie()).toEqual([
      'sgw_sign_in=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
      expect.stringMatching(/^sgw_session=sgs_[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/),
    ])
    expect((await world.ask(browser, who)).data.viewer).toEqual({
      user: { email: `${subject}@example.com`, fullName: 'Ada Lovelace' },
      organization: { slug: world.organization },
      scopes: ['sessions:read', 'sessions:write'],
      defaultWorkspace: { slug: 'main' },
      workspaces: [{ slug: 'main', viewerRole: 'WRITE' }],
    })
  })

  test('and leaves an entry of the audit each time, with the address and the browser', async () => {
    const subject = world.person()
    const { browser } = await world.signIn(subject)
    await world.signIn(subject)
    const { data } = await world.ask(browser, '{ viewer { user { uuid } } }')
    const { store } = await openTestStore()
    const { uuid: userId } = data.viewer.user
    const entries = await store.auditEntry.findMany({ where: { userId, act: 'sign_in' } })
    expect(entries).toHaveLength(2)
    for (const entry of entries)
      expect(entry).toMatchObject({
        ...{ act: 'sign_in', outcome: 'done', subjectId: userId, face: 'gateway', address: '127.0.0.1' },
        ...{ keyId: null, keyPrefix: null, workspaceId: expect.any(String), userAgent: expect.any(String) },
      })
  })

  test('and is the same user the next time, with the roles that the claims give then', async () => {
    const subject = world.person({ groups: ['devs', 'guests', 'nobody'] })
    const first = await world.ask(
      (await world.signIn(subject)).browser,
      '{ viewer { user { uuid } workspaces { slug viewerRole } } }',
    )
    expect(first.data.viewer.workspaces).toEqual([
      { slug: 'lab', viewerRole: 'READ' },
      { slug: 'main', viewerRole: 'WRITE' },
    ])
    world.people[subject]!.groups = ['admins', 'devs']
    const { browser } = await world.signIn(subject)
    const second = await world.ask(browser, '{ viewer { user { uuid } workspaces { slug viewerRole } } }')
    expect(second.data.viewer).toEqual({
      user: first.data.viewer.user,
      workspaces: [{ slug: 'main', viewerRole: 'ADMIN' }],
    })
    const { store } = await openTestStore()
    const entries = await store.auditEntry.findMany({
      where: { userId: first.data.viewer.user.uuid },
      orderBy: [{ at: 'asc' }, { act: 'asc' }],
    })
    expect(entries.map(({ act, face }) => `${act} ${face}`).filter((entry) => /member/.test(entry))).toEqual([
      'set_member gateway',
      'set_member gateway',
      'remove_member gateway',
      'set_member gateway',
    ])
  })

  test('whom the provider leaves no role is refused, and has none left in other browsers and by tokens', async () => {
    const subject = world.person()
    const { browser } = await world.signIn(subject)
    expect((await world.ask(browser, who)).data.viewer.workspaces).toHaveLength(1)
    world.people[subject]!.groups = []
    expect((await world.signIn(subject)).answer.status).toBe(403)
    expect((await world.ask(browser, who)).data.viewer.workspaces).toEqual([])
  })

  test('an e-mail address gives a role only where the provider vouches for it', async () => {
    const chief = `chief-${world.organization}@example.com`
    const byAddress = await startSignInWorld({
      OIDC_ROLES: `email:${chief}=${world.organization}/main:admin,groups:devs=${world.organization}/main:write`,
    })
    onTestFinished(byAddress.close)
    const roles = async (subject: string) =>
      (await byAddress.ask((await byAddress.signIn(subject)).browser, who)).data.viewer.workspaces
    expect(await roles(byAddress.person({ email: chief }))).toEqual([{ slug: 'main', viewerRole: 'ADMIN' }])
    const member = byAddress.person()
    await byAddress.signIn(member)
    Object.assign(byAddress.people[member]!, { email: chief, email_verified: false })
    expect(await roles(member)).toEqual([{ slug: 'main', viewerRole: 'WRITE' }])
  })

  test('a role that somebody gave by hand stays, whatever the claims give', async () => {
    const { store } = await openTestStore()
    const subject = world.person({ groups: ['admins'] })
    const { browser } = await world.signIn(subject)
    const { email } = world.people[subject] as { email: string }
    await store.workspaceMember.updateMany({
      where: { user: { email } },
      data: { role: 'READ', bySignIn: false },
    })
    await world.signIn(subject, browser)
    expect((await world.ask(browser, who)).data.viewer.workspaces).toEqual([
      { slug: 'main', viewerRole: 'READ' },
    ])
    world.people[subject]!.groups = []
    expect((await world.signIn(subject, browser)).answer.status).toBe(303)
  })

  test('a user that is known by its e-mail address is that user; another account of that address is not', async () => {
    const known = world.person({ email: `Known-${world.organization}@example.com` })
    await world.signIn(known)
    const { store } = await openTestStore()
    await store.userIdentity.deleteMany({ where: { subject: known } })
    expect((await world.signIn(known)).answer.status).toBe(303)
    expect(await store.user.count({ where: { email: `known-${world.organization}@example.com` } })).toBe(1)

    const { answer } = await world.signIn(world.person({ email: `known-${world.organization}@example.com` }))
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('belongs to another account')
  })

  test('not with an address that the provider does not vouch for, nor without a role', async () => {
    for (const email_verified of [false, undefined, 'yes', 1]) {
      const { answer, browser } = await world.signIn(world.person({ email_verified }))
      expect(answer.status).toBe(403)
      expect(await answer.text()).toContain('does not vouch for your e-mail address')
      expect(browser.cookies.get(world.url)?.size).toBe(0)
    }
    const { answer } = await world.signIn(world.person({ groups: ['others'] }))
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('Nobody has given you a role here')
  })

  test('two first sign-ins at once make one user', async () => {
    const subject = world.person()
    const answers = await Promise.all([world.signIn(subject), world.signIn(subject), world.signIn(subject)])
    expect(answers.map(({ answer }) => answer.status)).toEqual([303, 303, 303])
  })

  test('and signs out for good, here and at the provider, which is told whom by its ID token', async () => {
    const subject = world.person()
    const { browser } = await world.signIn(subject)
    const token = browser.cookies.get(world.url)!.get('sgw_session')!
    const answer = await signOut(world, browser)
    expect(answer.status).toBe(200)
    const { location } = (await answer.json()) as { location: string }
    const there = new URL(location)
    expect(there.origin).toBe(world.provider.issuer)
    expect(Object.fromEntries(there.searchParams)).toEqual({
      ...{ client_id: 'session-gateway', post_logout_redirect_uri: `${world.url}/` },
      id_token_hint: expect.any(String),
    })
    expect(decodeJwt(there.searchParams.get('id_token_hint')!)).toMatchObject({
      ...{ iss: world.provider.issuer, aud: 'session-gateway', sub: subject },
    })
    expect(browser.cookies.get(world.url)?.size).toBe(0)
    browser.cookies.get(world.url)!.set('sgw_session', token)
    expect((await world.ask(browser, who)).errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect((await browser.fetch(`${world.url}/auth/sign-out`, { method: 'POST' })).status).toBe(401)

    const signedInThere = async () =>
      (await browser.follow(`${world.url}/auth/sign-in`, isBack)).answer === null
    expect(await signedInThere()).toBe(true)
    expect(await signOutAtProvider(browser, location)).toBe(`${world.url}/`)
    expect(await signedInThere()).toBe(false)
  })

  test('and signs out without that where none is kept: of an older gateway, or too long for an address', async () => {
    const { store } = await openTestStore()
    const { browser } = await world.signIn(world.person())
    const { data } = await world.ask(browser, '{ viewer { user { uuid } } }')
    await store.$executeRaw(sql`update browser_sessions set sealed_id_token = null
      where user_id = ${data.viewer.user.uuid}::uuid`)
    const { location } = (await (await signOut(world, browser)).json()) as { location: string }
    expect(new URL(location).searchParams.has('id_token_hint')).toBe(false)
    expect(await signOutAtProvider(browser, location)).toBe(`${world.url}/`)
  })

  test('and signs out here alone where that is wanted', async () => {
    const here = await startSignInWorld({ OIDC_SIGN_OUT: 'false' })
    onTestFinished(here.close)
    const { browser } = await here.signIn(here.person())
    expect((await signOut(here, browser)).status).toBe(204)
    expect(browser.cookies.get(here.url)?.size).toBe(0)
  })

  test('and signs out here while the provider does not answer', async () => {
    const { browser } = await world.signIn(world.person())
    const session = browser.cookies.get(world.url)!
    // One that has never heard of its provider.
    const here = await startSignInWorld()
    onTestFinished(here.close)
    await here.provider.close()
    const token = session.get('sgw_session')!
    browser.cookies.set(here.url, new Map([['sgw_session', token]]))
    expect((await here.ask(browser, who)).errors).toBeUndefined()

    expect((await signOut(here, browser)).status).toBe(204)
    expect(browser.cookies.get(here.url)?.size).toBe(0)
    expect((await world.ask(browser, who)).errors[0].extensions.code).toBe('UNAUTHENTICATED')
  })
})

const isBack = (url: string) => new URL(url).pathname === '/auth/callback'

const signOut = ({ url }: SignInWorld, browser: Browser) =>
  browser.fetch(`${url}/auth/sign-out`, {
    method: 'POST',
    headers: { 'GraphQL-Require-Preflight': '1' },
  })
