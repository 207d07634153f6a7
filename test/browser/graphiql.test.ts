import { type Browser, chromium, type Page } from 'playwright-core'
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

  /** Runs the operation of a tab and waits until the page shows such an answer. */
  async function run(tab: string, answer: RegExp): Promise<void> {
    await page.locator('button.graphiql-tab-button', { hasText: tab }).click()
    // GraphiQL reads the operation of a tab half a second after it is opened.
    await page.waitForTimeout(1000)
    await page.getByRole('button', { name: /Execute query/ }).click()
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
    await page.waitForTimeout(1000)
    await page.getByRole('button', { name: /Execute query/ }).click()
    await page.waitForTimeout(1000)
    const input = { ...{ organization: 'acme', workspace: 'main' }, id: crypto.randomUUID(), model: 'gpt-5' }
    const query = 'mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }'
    await fetch(`${gateway.origin}/graphql`, {
      method: 'POST',
      headers: { 'X-API-Key': 'sgw_demo_admin', 'Content-Type': 'application/json' },
      body: JSON.stringify({ query, variables: { input } }),
    })
    const shown = () => page.locator('.result-window .view-lines').textContent()

    await expect.poll(shown, { timeout: 15_000 }).toContain('CREATED')
    expect(await shown()).toContain(input.id)
  })

  test('asks no other host and logs no error', () => {
    expect([...asked].filter((url) => !url.startsWith(gateway.origin) && !/^(data|blob):/.test(url))).toEqual(
      [],
    )
    expect(troubles).toEqual([])
  })
})
