import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hostileMessages } from './hostile-messages.js'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  place,
  STARTING_MS,
} from './open-explorer.js'

describe.skipIf(missing !== null)(`the explorer${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let explorer: OpenExplorer
  let { gateway, browser, page, ask, save, open } = {} as OpenExplorer

  beforeAll(async () => {
    explorer = await openExplorer()
    ;({ gateway, browser, page, ask, save, open } = explorer)
  }, STARTING_MS)

  afterEach(() => {
    expect(explorer.troubles.splice(0)).toEqual([])
  })

  afterAll(() => explorer?.close())

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
    const heading = page.getByRole('heading', { level: 1, name: /^\d+ sessions$/ })
    const total = Number.parseInt((await heading.textContent()) ?? '', 10)

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

  test('the link that clients print for a session leads to it', async () => {
    const id = crypto.randomUUID()
    await save(id, 'Opened from a terminal', [{ role: 'USER', content: 'Where does this link lead?' }])

    await open(`/acme/analysis?workspace=main&session=${id}`)

    await page.getByText('Where does this link lead?').first().waitFor()
    expect(page.url()).toBe(`${gateway.origin}/w/acme/main/sessions/${id}`)
  })

  test('a chip takes its filter off, and a link shows the same view to a colleague', async () => {
    await open('/w/acme/main/sessions?agent=coder&label=env%3Aprod')
    await page.getByRole('button', { name: 'Take off Agent: coder' }).click()
    await page.getByRole('button', { name: 'Take off Agent: coder' }).waitFor({ state: 'detached' })

    expect(page.url()).toContain('label=env%3Aprod')
    expect(page.url()).not.toContain('agent=')
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
    // What can be done to rows comes behind them.
    await expect
      .poll(async () => {
        await page.keyboard.press('e')
        return page.getByText('1 archived.').count()
      })
      .toBe(1)
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
    await explorer.hears('useOutlineSubscription')
    await explorer.hears('useLiveSessionsSubscription')
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
      await explorer.drawn()
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
})
