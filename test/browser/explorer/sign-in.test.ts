import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../../support/chromium.js'
import { findFreePort } from '../../support/free-port.js'
import { type RunningGateway, startDemoGateway } from '../../support/gateway.js'
import { client, type RunningProvider, startProvider } from '../../support/oidc-provider.js'
import { missingForExplorer, STARTING_MS } from './open-explorer.js'

describe.skipIf(missingForExplorer !== null)('a person in the explorer', () => {
  let provider: RunningProvider
  let gateway: RunningGateway
  let browser: Awaited<ReturnType<typeof launchChromium>>

  beforeAll(async () => {
    const port = await findFreePort()
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
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
  })
})
