import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../../support/chromium.js'
import { findLastingPort } from '../../support/free-port.js'
import { type RunningGateway, startDemoGateway } from '../../support/gateway.js'
import { client, type RunningProvider, startProvider } from '../../support/oidc-provider.js'
import { missingForExplorer, STARTING_MS } from './open-explorer.js'

describe.skipIf(missingForExplorer !== null)('a person in the explorer', () => {
  let provider: RunningProvider
  let gateway: RunningGateway
  let browser: Awaited<ReturnType<typeof launchChromium>>

  beforeAll(async () => {
    const port = await findLastingPort()
    const url = `http://localhost:${port}`
    const ada = { email: 'ada@acme.example', email_verified: true, groups: ['devs'] }
    provider = await startProvider({ ada }, url)
    gateway = await startDemoGateway(
      {
        ...{ PUBLIC_URL: url, OIDC_ISSUER: provider.issuer, OIDC_ROLES: 'groups:devs=acme/main:write' },
        ...{ OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret },
      },
      port,
    )
    browser = await launchChromium()
  }, STARTING_MS)

  afterAll(async () => {
    await browser?.close()
    await gateway?.close()
    await provider?.close()
  })

  test('signs in, sees the sessions they may see without a key, and signs out', async () => {
    const page = await browser.newPage()
    const address = `http://localhost:${new URL(gateway.origin).port}`
    await page.goto(`${address}/w/acme/main/sessions?agent=planner`)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByPlaceholder('Enter any login').fill('ada')
    await page.getByPlaceholder('and password').fill('x')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(`${address}/w/acme/main/sessions?agent=planner`)
    await page.getByRole('button', { name: /^ada/ }).click()
    expect(await page.evaluate('sessionStorage.length + document.cookie.length')).toBe(0)
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    // The provider asks, and sends the browser back.
    await page.waitForURL(new RegExp(`^${provider.issuer}`))
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
    await page.waitForURL(`${address}/`)
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Sign in' }).click()
    // Nobody is signed in there either.
    await page.getByPlaceholder('Enter any login').waitFor()
    await page.close()
  })

  test('approves the login of a program after signing in on the way, which gets a key of theirs', async () => {
    const address = `http://localhost:${new URL(gateway.origin).port}`
    const post = (path: string, body: object, key?: string) =>
      fetch(`${gateway.origin}/api/v1${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'dreadnode-sdk/2.0.52',
          ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(body),
      })
    const login = (await (await post('/auth/device/code', {})).json()) as any
    const stateOf = async () => {
      const answer = await fetch(`${gateway.origin}/api/v1/auth/device/code/${login.device_code}`)
      return ((await answer.json()) as any).status
    }

    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${address}/login/device?code=${login.user_code}`)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByPlaceholder('Enter any login').fill('ada')
    await page.getByPlaceholder('and password').fill('x')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(`${address}/login/device?code=${login.user_code}`)
    const main = page.getByRole('main', { name: 'Log a program in' })
    await main.getByText(login.user_code).waitFor()
    expect(await main.textContent()).toContain('dreadnode-sdk/2.0.52')
    expect(await stateOf()).toBe('pending')
    await main.getByRole('button', { name: 'I started it: approve' }).click()
    await main.getByText('has been logged in').waitFor()
    expect(await stateOf()).toBe('approved')

    const token = (await (await post('/auth/device/token', { device_code: login.device_code })).json()) as any
    const made = await post('/user/api-keys', { name: 'dn login' }, token.access_token)
    expect(made.status).toBeLessThan(300)
    const { key } = (await made.json()) as any
    const asked = await fetch(`${gateway.origin}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
      body: '{"query":"{ viewer { user { email } scopes workspaces { slug } } }"}',
    })
    expect(((await asked.json()) as any).data.viewer).toEqual({
      user: { email: 'ada@acme.example' },
      ...{ scopes: ['sessions:read', 'sessions:write'], workspaces: [{ slug: 'main' }] },
    })
    // The token of the login is good for that one key.
    expect((await post('/user/api-keys', { name: 'again' }, token.access_token)).status).toBe(401)
    await context.close()
  })
})
