import { type Browser, chromium, type Page, type Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumArgs, chromiumPath, missingForBrowser } from '../support/chromium.js'
import { type RunningGateway, startDemoGateway } from '../support/gateway.js'

const missing = missingForBrowser('assets/graphiql.js')

describe.skipIf(missing !== null)(`GraphiQL${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let gateway: RunningGateway
  let browser: Browser
  let page: Page
  const asked = new Set<string>()
  const troubles: string[] = []

  beforeAll(async () => {
    gateway = await startDemoGateway()
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    page.context().on('request', (request) => asked.add(request.url()))
    page.on('pageerror', (error) => troubles.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text())
    })
    await page.goto(`${gateway.origin}/graphql`)
    await page.getByRole('tab', { name: 'BrowseSessions' }).waitFor()
  })

  afterAll(async () => {
    await browser?.close()
    await gateway?.close()
  })

  /** Executes the operation of a tab that is open: GraphiQL reads it a while after, and asks for the one before till then. */
  async function execute(tab: string): Promise<void> {
    const isAsked = (request: Request) => request.url().endsWith('/graphql') && request.method() === 'POST'
    await expect
      .poll(
        async () => {
          // It asks nothing where the operation before is none of the tab's.
          const asked = page.waitForRequest(isAsked, { timeout: 2000 }).catch(() => null)
          await page.getByRole('button', { name: /Execute query/ }).click()
          const request = await asked
          return request === null ? null : (request.postDataJSON().operationName ?? tab)
        },
        { interval: 500, timeout: 40_000 },
      )
      .toBe(tab)
  }

  /** Runs the operation of a tab and waits until the page shows such an answer. */
  async function run(tab: string, answer: RegExp): Promise<void> {
    await page.locator('button.graphiql-tab-button', { hasText: tab }).click()
    await execute(tab)
    const shown = async () =>
      (await page.locator('.result-window .view-lines').textContent())?.replaceAll('\u00a0', ' ')
    await expect.poll(shown, { timeout: 15_000 }).toMatch(answer)
    expect(await shown()).not.toContain('"errors"')
  }

  test.each([
    ['BrowseSessions', /"totalCount":\s*\d{2}/],
    ['LatestTranscript', /"transcript"/],
    ['LookUp', /"login":\s*"maya"/],
    ['SaveExample', /"outcome":\s*"CREATED"/],
    ['TurnExample', /"appendedCount":\s*2/],
    ['ShortenExample', /"restoredContent":\s*"A greater one\?"/],
    ['ChangeExample', /"visibility":\s*"WORKSPACE"/],
    ['ArchiveExample', /"archivedAt":\s*"20/],
    ['FreezeExample', /"frozenAt":\s*"20/],
    ['BulkExample', /"labelSessions"/],
    ['GroupExample', /"completedAt":\s*"20/],
    ['EvaluationExample', /"frozenBy":\s*"EVALUATION"/],
    ['CreateExample', /"status":\s*"STARTED"/],
    ['DeleteExample', /"deletedUuid"/],
  ])('runs the example %s with the demo key and shows its answer on the page', async (tab, answer) => {
    await run(tab, answer)
  })

  test('shows events as they happen', async () => {
    await page.locator('button.graphiql-tab-button', { hasText: 'EventsExample' }).click()
    const start = page.getByRole('button', { name: /Execute query/ })
    const place = { organization: 'acme', workspace: 'main' }
    const query = 'mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }'
    const ids: string[] = []
    // What happens before the stream is open is not told; while it is, the button stops it.
    const save = async () => {
      const id = crypto.randomUUID()
      ids.push(id)
      await fetch(`${gateway.origin}/graphql`, {
        method: 'POST',
        headers: { 'X-API-Key': 'sgw_demo_admin', 'Content-Type': 'application/json' },
        body: JSON.stringify({ query, variables: { input: { ...place, id, model: 'gpt-5' } } }),
      })
    }
    const shown = async () => (await page.locator('.result-window .view-lines').textContent()) ?? ''
    await expect
      .poll(
        async () => {
          if ((await start.count()) > 0) await start.click({ timeout: 1000 }).catch(() => {})
          await save()
          const text = await shown()
          return text.includes('CREATED') && ids.some((id) => text.includes(id))
        },
        { interval: 1000, timeout: 40_000 },
      )
      .toBe(true)
  })

  test('asks no other host and logs no error', () => {
    expect([...asked].filter((url) => !url.startsWith(gateway.origin) && !/^(data|blob):/.test(url))).toEqual(
      [],
    )
    expect(troubles).toEqual([])
  })
})
