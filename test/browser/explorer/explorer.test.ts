import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromiumArgs, chromiumPath, missingForBrowser } from '../../support/chromium.js'
import { type RunningGateway, startDemoGateway } from '../../support/gateway.js'
import { hostileMessages } from './hostile-messages.js'

const missing = missingForBrowser('explorer/index.html')
const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const place = { organization: 'acme', workspace: 'main' }

describe.skipIf(missing !== null)(`the explorer${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let gateway: RunningGateway
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let troubles: string[] = []

  /** Asks the gateway as Maya, an admin of the demo. */
  async function ask(query: string, variables: object = {}) {
    const response = await fetch(`${gateway.origin}/graphql`, {
      method: 'POST',
      headers: { Authorization: 'Bearer sgw_demo_admin', 'Content-Type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    const answer = await response.json()
    expect(answer.errors).toBeUndefined()
    return answer.data
  }

  async function save(id: string, title: string, messages: object[] = []): Promise<void> {
    await ask('mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }', {
      input: { ...place, id, title, model: 'gpt-5', agent: 'explorer-test', visibility: 'WORKSPACE' },
    })
    if (messages.length > 0)
      await ask(
        'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { appendedCount } }',
        {
          input: { ...place, id, messages },
        },
      )
  }

  /** Opens an address with the demo's key, as somebody who entered before. */
  async function open(
    path: string,
    options: { width?: number; scheme?: 'light' | 'dark' } = {},
  ): Promise<void> {
    await page.setViewportSize({ width: options.width ?? 1400, height: 900 })
    await page.emulateMedia({ colorScheme: options.scheme ?? 'light' })
    await page.goto(`${gateway.origin}${path}`)
  }

  const findings = async () => {
    await page.evaluate(axe)
    const { violations } = await page.evaluate(
      'axe.run(document, { resultTypes: ["violations"] })' as unknown as () => Promise<{
        violations: { id: string; nodes: { html: string }[] }[]
      }>,
    )
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  }

  beforeAll(async () => {
    gateway = await startDemoGateway()
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })
    context = await browser.newContext({ reducedMotion: 'reduce' })
    await context.addInitScript("sessionStorage.setItem('session-gateway.key', 'sgw_demo_admin')")
    page = await context.newPage()
    page.on('pageerror', (error) => troubles.push(error.message))
    page.on('console', (message) => troubles.push(message.text()))
    page.on('dialog', (dialog) => {
      troubles.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    context.on('request', (request) => {
      if (!request.url().startsWith(gateway.origin) && !/^(data|blob):/.test(request.url()))
        troubles.push(`asked ${request.url()}`)
    })
  })

  afterEach(() => {
    expect(troubles).toEqual([])
    troubles = []
  })

  afterAll(async () => {
    await browser?.close()
    await gateway?.close()
  })

  test('takes a key, filled in by a demo, and shows the sessions of its workspace with their exact number', async () => {
    const fresh = await browser.newContext()
    const first = await fresh.newPage()
    await first.goto(gateway.origin)
    await first.getByRole('button', { name: 'Open' }).click()
    await first.getByRole('grid', { name: 'Sessions' }).waitFor()

    const { workspace } = await ask(
      '{ workspace(organization: "acme", slug: "main") { sessions { totalCount } } }',
    )
    await first.getByRole('heading', { name: `${workspace.sessions.totalCount} sessions` }).waitFor()
    expect(first.url()).toBe(`${gateway.origin}/w/acme/main/sessions`)
    expect(first.url()).not.toContain('sgw_')
    await fresh.close()
  })

  test('a value of a filter narrows the list to its exact count; a second click excludes it; Back returns', async () => {
    await open('/w/acme/main/sessions')
    const value = page.getByRole('button', { name: /^coder/ })
    const count = Number(/(\d+) sessions/.exec((await value.textContent()) ?? '')?.[1])
    const total = Number.parseInt((await page.getByRole('heading', { level: 1 }).textContent()) ?? '', 10)

    await value.click()
    await page.getByRole('heading', { name: `${count} sessions` }).waitFor()
    expect(page.url()).toContain('agent=coder')
    await page.getByRole('button', { name: /^coder.*chosen/ }).click()
    await page.getByRole('heading', { name: `${total - count} sessions` }).waitFor()
    expect(page.url()).toContain('not.agent=coder')
    await page.goBack()
    await page.goBack()
    await page.getByRole('heading', { name: `${total} sessions` }).waitFor()
  })

  test('a chip takes its filter off, and a link shows the same view to a colleague', async () => {
    await open('/w/acme/main/sessions?agent=coder&label=env%3Aprod')
    await page.getByRole('button', { name: 'Take off Agent: coder' }).click()
    await page.getByRole('button', { name: 'Take off Agent: coder' }).waitFor({ state: 'detached' })

    expect(page.url()).toContain('label=env%3Aprod')
    expect(page.url()).not.toContain('agent=')
  })

  test('the overview tells what sessions come to, exactly, and each value leads to its sessions', async () => {
    await open('/w/acme/main/overview?last=90d')
    const coder = page
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: 'coder', exact: true }) })
    const count = Number(await coder.getByRole('cell').first().textContent())
    const from = new Date(Date.now() - 90 * 86_400_000).toISOString()
    const { workspace } = await ask(
      `{ workspace(organization: "acme", slug: "main") { sessionFacets(filter: { createdBetween: { from: "${from}" } }) {
        agents { edges { count totalCostUsd node { value } } } } sessions(filter: { createdBetween: { from: "${from}" } }) { totalCount } } }`,
    )
    const [facet] = workspace.sessionFacets.agents.edges.filter(({ node }: any) => node.value === 'coder')
    expect(count).toBe(facet.count)
    expect(await coder.getByRole('cell').last().getAttribute('title')).toBe(`$${facet.totalCostUsd}`)
    await page.getByRole('heading', { name: `${workspace.sessions.totalCount} sessions` }).waitFor()

    await coder.getByRole('link').click()
    await page.getByRole('heading', { name: `${count} sessions` }).waitFor()
    expect(page.url()).toMatch(/sessions\?agent=coder&last=90d/)
  })

  test('above the list stands what its sessions come to, to the last digit', async () => {
    await open('/w/acme/main/sessions?agent=coder')
    const { workspace } = await ask(
      '{ workspace(organization: "acme", slug: "main") { sessionFacets(filter: { agents: "coder" }) { agents { edges { totalCostUsd totalTokens } } } } }',
    )
    const [{ totalCostUsd, totalTokens }] = workspace.sessionFacets.agents.edges
    await page.getByTitle(`$${totalCostUsd}`, { exact: true }).first().waitFor()
    await page.getByTitle(totalTokens.toLocaleString('en-US'), { exact: true }).first().waitFor()
  })

  test('failed calls, lengths and tools narrow the list to the counts beside them', async () => {
    await open('/w/acme/main/sessions')
    for (const group of ['Failed calls', 'Duration', 'Tool']) {
      const value = page.getByRole('group', { name: group }).getByRole('button').first()
      const count = Number(/(\d+) sessions/.exec((await value.textContent()) ?? '')?.[1])
      await value.click()
      await page
        .getByRole('heading', { name: `${count} ${count === 1 ? 'session' : 'sessions'}`, exact: true })
        .waitFor()
      await page.getByRole('button', { name: new RegExp(`^Take off ${group}`) }).click()
    }
  })

  test('a stretch that is marked in a chart, by mouse or by keyboard, narrows the view to it', async () => {
    await open('/w/acme/main/overview?last=90d')
    const chart = page.getByRole('img', { name: /^Sessions over time/ })
    await chart.waitFor()
    const { x, y, width } = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0 }
    await page.mouse.move(x + width * 0.6, y + 40)
    await page.mouse.down()
    await page.mouse.move(x + width - 2, y + 40)
    await page.mouse.up()
    await page.waitForURL(/from=.*&to=/)
    await page.getByRole('button', { name: /^Take off/ }).click()
    await page.waitForURL(/overview$/)

    const slider = page.getByRole('slider', { name: 'From, sessions' })
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.waitForURL(/from=.*&to=/)
  })

  test('the keyboard searches, moves, opens and archives; what was done can be taken back', async () => {
    const id = crypto.randomUUID()
    await save(id, 'Archive me by the keyboard', [
      { id: crypto.randomUUID(), role: 'USER', content: 'Hello' },
    ])
    await open('/w/acme/main/sessions')
    await page.getByRole('grid').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('archive me by the')
    await page.getByRole('heading', { name: '1 session', exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('j')
    await page.keyboard.press('e')
    await page.getByText('1 archived.').waitFor()
    const archivedAt = async () =>
      (await ask(`{ workspace(organization: "acme", slug: "main") { session(id: "${id}") { archivedAt } } }`))
        .workspace.session.archivedAt
    expect(await archivedAt()).not.toBeNull()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('1 unarchived.').waitFor()
    expect(await archivedAt()).toBeNull()

    await page.keyboard.press('Enter')
    await page.getByRole('article', { name: 'Session' }).getByText('Hello').first().waitFor()
    expect(page.url()).toContain(id)
  })

  test('new messages appear in an open session as they are appended, and new sessions announce themselves', async () => {
    const id = crypto.randomUUID()
    await save(id, 'Watched', [{ id: crypto.randomUUID(), role: 'USER', content: 'First words' }])
    await open(`/w/acme/main/sessions/${id}`)
    await page.getByRole('log').getByText('First words').waitFor()
    await page.waitForTimeout(500)
    await ask(
      'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { appendedCount } }',
      {
        input: {
          ...place,
          id,
          messages: [{ id: crypto.randomUUID(), role: 'ASSISTANT', content: 'Live words' }],
        },
      },
    )
    await page.getByRole('log').getByText('Live words').waitFor()
    await save(crypto.randomUUID(), 'A newer one')
    await page.getByRole('button', { name: /newer/ }).waitFor()
  })

  test('nothing that a hostile transcript holds runs, loads or freezes', async () => {
    const id = crypto.randomUUID()
    await save(id, '<img src=x onerror=alert(1)>\u202e', hostileMessages())
    await open(`/w/acme/main/sessions/${id}`)
    await page.getByRole('log').getByText('the end of it').waitFor()
    for (let step = 0; step < 12; step += 1) {
      await page.getByRole('log').evaluate((log, by) => log.scrollBy(0, by), 700)
      await page.waitForTimeout(60)
    }

    const links = await page.evaluate(() =>
      [...document.querySelectorAll('article a')].map((link) => link.getAttribute('href')),
    )
    expect(links.filter((link) => !/^https?:/.test(link ?? ''))).toEqual([])
    expect(
      await page.evaluate(
        () => document.querySelectorAll('article script, article iframe, article svg, article form').length,
      ),
    ).toBe(0)
    expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined()
    const answered = await page.evaluate(() => new Promise((resolve) => setTimeout(() => resolve(true), 0)))
    expect(answered).toBe(true)
  })

  test.each([
    ['light', '/w/acme/main/sessions'],
    ['dark', '/w/acme/main/sessions'],
  ] as const)(
    'axe finds nothing in the %s theme, with a session open and without, on a phone too',
    async (scheme, path) => {
      const { workspace } = await ask(
        '{ workspace(organization: "acme", slug: "main") { sessions(first: 1, orderBy: { field: MESSAGE_COUNT }) { edges { node { uuid } } } } }',
      )
      const { uuid } = workspace.sessions.edges[0].node
      for (const [address, width] of [
        [path, 1400],
        [`${path}/${uuid}`, 1600],
        [path, 390],
        ['/w/acme/main/overview', 1400],
        ['/w/acme/main/overview', 390],
      ] as const) {
        await open(address, { scheme, width })
        await page
          .getByRole(address === path ? 'grid' : address.endsWith(uuid) ? 'log' : 'table')
          .first()
          .waitFor()
        await page.waitForTimeout(300)
        expect(await findings()).toEqual([])
      }
    },
  )
})
