import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { silentProxy } from '../../support/silent-proxy.js'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  place,
  STARTING_MS,
} from './open-explorer.js'

describe.skipIf(missing !== null)(
  `the explorer when things fail${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let explorer: OpenExplorer
    let { page, ask, open, findings } = {} as OpenExplorer

    beforeAll(async () => {
      explorer = await openExplorer()
      ;({ page, ask, open, findings } = explorer)
    }, STARTING_MS)

    beforeEach(() => {
      // Browsers tell of refused requests themselves.
      explorer.troubles.splice(0)
    })

    afterAll(() => explorer?.close())

    const total = () => page.getByRole('heading', { name: /^\d+ sessions$/ })

    test('a key that the gateway does not know is refused with the reason, and another one is taken', async () => {
      const context = await explorer.browser.newContext()
      const stranger = await context.newPage()
      await stranger.goto(explorer.gateway.origin)
      const key = stranger.getByLabel('API key')
      await key.fill('sgw_nobody_has_this_one')
      await stranger.getByRole('button', { name: 'Open' }).click()
      await stranger.getByRole('alert').filter({ hasText: 'does not know this key' }).waitFor()
      expect(await key.inputValue()).toBe('')
      await key.fill('sgw_demo_reader')
      await stranger.getByRole('button', { name: 'Open' }).click()
      await stranger.getByRole('grid', { name: 'Sessions' }).waitFor()
      await context.close()
    })

    test('a key that is revoked while the page is open leads back to the first page, which says so', async () => {
      const input = { ...place, name: 'short-lived', scopes: ['sessions:read'] }
      const made = await ask(
        'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { uuid } } }',
        { input },
      )
      const { secret, apiKey } = made.createApiKey
      const context = await explorer.browser.newContext()
      const guest = await context.newPage()
      await guest.goto(explorer.gateway.origin)
      await guest.getByLabel('API key').fill(secret)
      await guest.getByRole('button', { name: 'Open' }).click()
      await guest.getByRole('grid', { name: 'Sessions' }).waitFor()
      await ask('mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { uuid } } }', {
        input: { ...place, id: apiKey.uuid },
      })
      const refused = guest.getByRole('alert').filter({ hasText: 'revoked' })
      // Keys are remembered for a second.
      await expect
        .poll(
          async () => {
            await guest
              .getByRole('button', { name: /^coder/ })
              .click({ timeout: 500 })
              .catch(() => {})
            return refused.count()
          },
          { timeout: 20_000 },
        )
        .toBe(1)
      expect(await guest.evaluate(() => sessionStorage.length)).toBe(0)
      await context.close()
    })

    test('a gateway that is gone is told where it was asked, and asked again by one button', async () => {
      await open('/w/acme/main/sessions')
      await total().waitFor()
      await page.route('**/graphql', (route) => route.abort())
      await page.getByRole('button', { name: /^coder/ }).click()
      const failure = page.getByRole('region', { name: 'List of sessions' }).getByRole('alert')
      // The histogram says so, and the list.
      await failure.filter({ hasText: 'The gateway cannot be reached.' }).nth(1).waitFor()
      expect(await findings()).toEqual([])
      await page.unroute('**/graphql')
      await failure.getByRole('button', { name: 'Retry' }).last().click()
      await total().waitFor()
      expect(new URL(page.url()).search).toBe('?agent=coder')
      // Another view is tried by itself.
      await page.getByRole('button', { name: 'Take off Agent: coder' }).click()
      await page.getByRole('group', { name: 'Agent' }).waitFor()
      await page
        .getByRole('region', { name: 'List of sessions' })
        .getByRole('alert')
        .waitFor({ state: 'detached' })
    })

    test('the mark of live says when changes do not come in: no network, or a gateway that says nothing', async () => {
      const live = page.getByTitle('Changes show as they happen')
      const dead = page.getByTitle('Changes do not come in now')
      await open('/w/acme/main/sessions')
      await explorer.hears('useLiveSessionsSubscription')
      await live.waitFor()
      await explorer.context.setOffline(true)
      await dead.waitFor()
      await explorer.context.setOffline(false)
      await live.waitFor()

      const proxy = await silentProxy(Number(new URL(explorer.gateway.origin).port))
      const context = await explorer.browser.newContext()
      onTestFinished(() => context.close().then(proxy.close))
      await context.addInitScript("sessionStorage.setItem('session-gateway.key', 'sgw_demo_admin')")
      const behind = await context.newPage()
      await behind.clock.install()
      const streams = behind.waitForResponse((response) => {
        const { accept } = response.request().headers()
        return accept === 'text/event-stream'
      })
      await behind.goto(proxy.urlOf(explorer.gateway.origin))
      await streams
      await behind.getByTitle('Changes show as they happen').waitFor()
      proxy.fallSilent()
      await behind.clock.runFor(31_000)
      await behind.getByTitle('Changes do not come in now').waitFor()
      proxy.heal()
      proxy.cut()
      await expect
        .poll(
          async () => {
            await behind.clock.runFor(1000)
            return behind.getByTitle('Changes show as they happen').count()
          },
          { timeout: 30_000, interval: 1000 },
        )
        .toBe(1)
    })

    test('a part of the page that does not come is asked for again, and else fails in its own place, with a way to try again', async () => {
      const context = await explorer.browser.newContext()
      onTestFinished(() => context.close())
      await context.addInitScript("sessionStorage.setItem('session-gateway.key', 'sgw_demo_admin')")
      const dialogs = /time-dialog/
      const visit = async (failures: number) => {
        const guest = await context.newPage()
        let left = failures
        await guest.route(dialogs, (route) => {
          left -= 1
          return left < 0 ? route.continue() : route.abort()
        })
        await guest.clock.install()
        await guest.goto(explorer.gateway.origin)
        await guest.getByRole('grid', { name: 'Sessions' }).waitFor()
        return guest
      }
      const cut = await visit(Number.POSITIVE_INFINITY)
      await cut.getByRole('button', { name: 'any time' }).click()
      const failure = cut.getByRole('dialog').getByRole('alert')
      const waiting = () => cut.clock.runFor(1000).then(() => failure.count())
      await expect.poll(waiting, { timeout: 20_000, interval: 100 }).toBe(1)
      expect(await failure.textContent()).toContain('A part of this page does not come')
      await cut.getByRole('grid', { name: 'Sessions' }).waitFor()
      await cut.unroute(dialogs)
      await failure.getByRole('button', { name: 'Retry' }).click()
      await cut.getByRole('dialog').getByText('Last 7 days').waitFor()
      expect(await cut.locator('link[href*=time-dialog][rel=stylesheet]').count()).toBe(1)

      const lame = await visit(3)
      await lame.getByRole('button', { name: 'any time' }).click()
      const dialog = lame.getByRole('dialog').getByText('Last 7 days')
      const shown = () => lame.clock.runFor(1000).then(() => dialog.count())
      await expect.poll(shown, { timeout: 20_000, interval: 100 }).toBe(1)
    })

    test('a page whose gateway was upgraded says so wherever it asks, with a button that loads it anew', async () => {
      await open('/w/acme/main/sessions')
      await explorer.idle()
      await page.route('**/explorer/files/**', (route) => route.fulfill({ status: 404 }))
      await page.route(`${explorer.gateway.origin}/`, async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, body: (await response.text()).replaceAll('index-', 'another-') })
      })
      await page.route('**/graphql', (route) => {
        const asked = route.request().postDataJSON()
        asked.extensions.persistedQuery.sha256Hash = '0'.repeat(64)
        return route.continue({ postData: JSON.stringify(asked) })
      })
      const sentence = { hasText: 'The gateway was upgraded since this page was opened: load the page anew.' }
      await page.getByRole('button', { name: 'any time' }).click()
      await page.getByRole('dialog').getByRole('alert').filter(sentence).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /^coder/ }).click()
      const failure = page
        .getByRole('region', { name: 'List of sessions' })
        .getByRole('alert')
        .filter(sentence)
      await failure.first().waitFor()
      await page.unrouteAll()
      await failure.first().getByRole('button', { name: 'Load the page anew' }).click()
      await total().waitFor()
      expect(new URL(page.url()).search).toBe('?agent=coder')
    })

    test('scripts and styles of the first screen that are cut off are asked for again, and so are questions', async () => {
      const context = await explorer.browser.newContext()
      onTestFinished(() => context.close())
      await context.addInitScript("sessionStorage.setItem('session-gateway.key', 'sgw_demo_admin')")
      const guest = await context.newPage()
      const asked = new Map<string, number>()
      await guest.route(/\/page-|\.css$|\/graphql$/, (route) => {
        const name = route.request().url() + (route.request().postData() ?? '')
        const times = (asked.get(name) ?? 0) + 1
        asked.set(name, times)
        return times > (name.includes('/graphql') ? 3 : 2) ? route.continue() : route.abort('connectionreset')
      })
      await guest.goto(explorer.gateway.origin)
      await guest.getByRole('grid', { name: 'Sessions' }).waitFor()
      const unstyled = () =>
        guest.evaluate(
          () =>
            [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].filter(
              ({ sheet }) => !sheet,
            ).length,
        )
      await expect.poll(unstyled).toBe(0)
      expect(await guest.getByRole('alert').count()).toBe(0)
      expect(asked.size).toBeGreaterThan(4)

      const lost = await context.newPage()
      await lost.route('**/*.js', (route) => route.abort())
      await lost.goto(explorer.gateway.origin)
      await lost.getByText('The page takes long to come. If it stays away, load it anew.').waitFor()
    })

    test('a refusal stands in one sentence with the id of its request', async () => {
      const answer = {
        errors: [
          {
            message: 'Too many requests, retry in 7 seconds',
            extensions: { code: 'RATE_LIMITED', requestId: 'a-request', retryAfterSeconds: 7 },
          },
        ],
      }
      await page.route('**/graphql', (route) =>
        /useCountsQuery|sessionsScreenQuery/.test(route.request().postData() ?? '')
          ? route.fulfill({ status: 429, json: answer })
          : route.continue(),
      )
      await open('/w/acme/main/sessions')
      const failure = page.getByRole('region', { name: 'List of sessions' }).getByRole('alert')
      await failure.filter({ hasText: 'Too many requests, retry in 7 seconds' }).first().waitFor()
      await failure.getByText('a-request').first().waitFor()
      await page.unroute('**/graphql')
    })

    test('an address that names nothing says what there is not', async () => {
      await open('/w/acme/nowhere/sessions')
      await page.getByText(/^There is no such workspace, or the key may not enter it\./).waitFor()
      await open('/w/acme/main/nothing')
      await page.getByText('There is no screen of that name.').waitFor()
      await page.getByRole('link', { name: 'To the sessions' }).click()
      await page.getByRole('grid', { name: 'Sessions' }).waitFor()
      await open(`/w/acme/main/sessions/${crypto.randomUUID()}`)
      await page.getByText(/There is no such session in this workspace/).waitFor()
    })
  },
)
