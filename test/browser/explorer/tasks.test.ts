import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  STARTING_MS,
} from './open-explorer.js'

const message = (role: string, content: string, more: object = {}) => ({
  ...{ id: crypto.randomUUID(), role, content },
  ...more,
})
const usage = (costUsd: number) => ({
  usage: {
    inputTokens: 100,
    outputTokens: 50,
    cacheReadInputTokens: 0,
    cacheCreationInputTokens: 0,
    costUsd,
  },
})
const call = (id: string, command: string) => ({
  toolCalls: [{ id, name: 'shell', arguments: JSON.stringify({ command }) }],
})

/** A session in which a call failed, or none did, at a cost. */
const transcript = (costUsd: number, failure: string | null) => [
  message('USER', 'Deploy it.'),
  message('ASSISTANT', 'On it.', { ...usage(costUsd), ...call('call_1', 'deploy --all') }),
  message('TOOL', failure ?? 'done', { toolCallId: 'call_1', isError: failure !== null }),
]

describe.skipIf(missing !== null)(`what people come for${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let explorer: OpenExplorer
  let { page, ask, save, open } = {} as OpenExplorer
  const id = crypto.randomUUID()

  beforeAll(async () => {
    explorer = await openExplorer()
    ;({ page, ask, save, open } = explorer)
    const more = { agent: 'deployer' }
    await save(crypto.randomUUID(), 'Cheap and failed', transcript(0.5, 'exit 1'), more)
    await save(id, 'Dear and failed', transcript(7.25, 'ERROR: quota of region eu-west-1 exceeded'), more)
    await save(crypto.randomUUID(), 'Dearer and fine', transcript(9, null), more)
    await save(crypto.randomUUID(), 'Another agent', transcript(50, 'exit 2'), { agent: 'other' })
  }, STARTING_MS)

  afterEach(() => {
    expect(explorer.troubles.splice(0)).toEqual([])
  })

  afterAll(() => explorer?.close())

  test('the dearest failed session of an agent in the last week is found, read, and archived', async () => {
    await open('/w/acme/main/sessions')
    await page.getByRole('button', { name: /^any time/ }).click()
    await page.getByRole('menuitemradio', { name: 'last 7 days' }).click()
    await page.getByRole('button', { name: /^deployer/ }).click()
    await page.getByRole('group', { name: 'Failed calls' }).getByRole('button', { name: /^1/ }).click()
    await page.getByRole('columnheader', { name: 'cost' }).getByRole('button').click()
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    await page.waitForURL(/sort=cost/)
    const first = page.getByRole('row').nth(1)
    await first.getByText('Dear and failed').waitFor()
    await first.getByText('$7.25').waitFor()

    await first.click()
    await page.getByRole('log').waitFor()
    await page.getByRole('log').getByText('quota of region eu-west-1 exceeded').first().waitFor()
    await page.getByRole('article', { name: 'Session' }).getByRole('button', { name: 'Archive' }).click()
    await page.getByText('1 archived.').waitFor()
    const { workspace } = await ask(
      `{ workspace(organization: "acme", slug: "main") { session(id: "${id}") { archivedAt } } }`,
    )
    expect(workspace.session.archivedAt).not.toBeNull()
  })

  test('sessions in which anything failed are one value, with the sum of their counts', async () => {
    const three = ['a', 'b', 'c'].flatMap((callId) => [
      message('ASSISTANT', '', call(callId, 'deploy')),
      message('TOOL', 'connect ECONNREFUSED 127.0.0.1:5432', { toolCallId: callId, isError: true }),
    ])
    await save(crypto.randomUUID(), 'Failed thrice', three, { agent: 'thrice' })
    await open('/w/acme/main/sessions')
    const any = page.getByRole('group', { name: 'Failed calls' }).getByRole('button', { name: /^1 or more/ })
    const { workspace } = await ask(
      '{ workspace(organization: "acme", slug: "main") { sessions(first: 0, filter: { failedCallCount: { min: 1 } }) { totalCount } } }',
    )
    expect(workspace.sessions.totalCount).toBeGreaterThan(2)
    await any.getByTitle(String(workspace.sessions.totalCount), { exact: true }).waitFor()
    await any.click()
    await page.getByRole('button', { name: 'Take off Failed calls: 1 or more' }).waitFor()
    await page.getByRole('row').filter({ hasText: 'Failed thrice' }).waitFor()

    // Words of a message are found where no title has them.
    await open('/w/acme/main/sessions?q=ECONNREFUSED')
    await page.getByText(/^None has “ECONNREFUSED” in its title/).waitFor()
    await page.getByRole('link').filter({ hasText: 'ECONNREFUSED' }).first().click()
    await page.getByRole('article', { name: 'Session' }).getByText('Failed thrice').first().waitFor()
  })

  test('a session is exported as a file that holds it', async () => {
    await open(`/w/acme/main/sessions/${id}`)
    await page.getByRole('log').waitFor()
    await page.getByRole('article').getByRole('button', { name: 'More' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('menuitem', { name: /^Export as/ })
        .first()
        .click(),
    ])
    const exported = await readFile(await download.path(), 'utf8')
    expect(exported).toContain('quota of region eu-west-1 exceeded')
    expect(download.suggestedFilename()).toContain(id.slice(0, 8))
  })

  test('a link shows a colleague the same filter, the same session and the same message', async () => {
    await open(`/w/acme/main/sessions/${id}?agent=deployer&archived=any`)
    await page.getByRole('log').getByText('Deploy it.').waitFor()
    await page.keyboard.press(']')
    await page.waitForURL(/m=1/)
    const link = page.url()
    expect(link).not.toContain('sgw_')

    const colleague = await explorer.browser.newContext()
    await colleague.addInitScript("sessionStorage.setItem('session-gateway.key', 'sgw_demo_reader')")
    const other = await colleague.newPage()
    await other.goto(link)
    await other.getByRole('article', { name: 'Session' }).getByText('Dear and failed').first().waitFor()
    await other.getByText('quota of region eu-west-1 exceeded').first().waitFor()
    await other.getByRole('button', { name: 'Take off Agent: deployer' }).waitFor()
    expect(await other.getByRole('article').getByRole('button', { name: 'Unarchive' }).count()).toBe(0)
    await colleague.close()
  })

  test('the menu of one’s name tells how sessions come into this workspace', async () => {
    await open('/w/acme/research/sessions', { width: 390 })
    await page.getByRole('button', { name: /^maya/ }).click()
    await page.getByRole('menuitem', { name: 'Bring sessions in…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Bring sessions in' })
    await dialog.getByText('--org acme --workspace research').waitFor()
    expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    expect(await explorer.findings()).toEqual([])
    await dialog.getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'detached' })
  })

  test('all keys are told by one', async () => {
    await open('/w/acme/main/overview')
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keys' })
    await help.getByText('next, previous failed call').waitFor()
    expect(await explorer.findings()).toEqual([])
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
    // Two keys are a pair where a moment alone lies between them.
    await expect
      .poll(async () => {
        await page.keyboard.press('g')
        await page.keyboard.press('s')
        return page.getByRole('grid', { name: 'Sessions' }).count()
      })
      .toBe(1)
  })
})
