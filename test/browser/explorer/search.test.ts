import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  STARTING_MS,
} from './open-explorer.js'

const message = (role: string, content: string) => ({ id: crypto.randomUUID(), role, content })

describe.skipIf(missing !== null)(`searching${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let explorer: OpenExplorer
  let { page, save, open, findings } = {} as OpenExplorer

  beforeAll(async () => {
    explorer = await openExplorer()
    ;({ page, save, open, findings } = explorer)
  }, STARTING_MS)

  afterEach(() => {
    expect(explorer.troubles.splice(0)).toEqual([])
  })

  afterAll(() => explorer?.close())

  test('a word that was said is found among messages, and leads to the message itself', async () => {
    const id = crypto.randomUUID()
    const filler = Array.from({ length: 60 }, (_, index) =>
      message('ASSISTANT', `Step ${index}\n\n`.repeat(8)),
    )
    await save(id, 'A session about birds', [...filler, message('USER', 'Where is the KOOKABURRA now?')])
    await open('/w/acme/main/sessions')
    await page.getByRole('grid').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('kookab')
    const matches = page.getByRole('region', { name: 'In messages' })
    await matches.getByText('KOOKABURRA', { exact: true }).waitFor()
    // Further letters leave what was found where it is until there is something else.
    await page.evaluate(() => {
      const said = document.querySelector('[aria-label="In messages"]')
      new MutationObserver(() => document.body.toggleAttribute('data-moved', !said?.isConnected)).observe(
        document.body,
        { childList: true, subtree: true },
      )
    })
    await page.keyboard.type('urra')
    await explorer.idle()
    expect(await page.locator('body[data-moved]').count()).toBe(0)
    // Where nothing is found the list below stays where it is.
    const heightOf = async () => (await matches.boundingBox())?.height
    const height = await heightOf()
    await page.keyboard.type('x')
    await matches.getByText('No message of these sessions has it.').waitFor()
    expect(await heightOf()).toBe(height)
    await page.keyboard.press('Backspace')
    await matches.getByText('KOOKABURRA', { exact: true }).waitFor()
    expect(await findings()).toEqual([])
    await matches.getByRole('link').first().click()
    await page.waitForURL(new RegExp(`${id}\\?.*m=60`))
    const log = page.getByRole('log')
    const found = log.getByText('Where is the KOOKABURRA now?')
    await found.waitFor()
    // What stands above it takes its height later, and must not push it away.
    await log.getByText('Step 59').first().waitFor()
    await expect
      .poll(async () => {
        const [row, view] = await Promise.all([found.boundingBox(), log.boundingBox()])
        return row !== null && view !== null && row.y >= view.y && row.y + row.height <= view.y + view.height
      })
      .toBe(true)
    await found.hover()
    await page.mouse.wheel(0, -100_000)
    await log.getByText('Step 0').first().waitFor()
  })

  test('further messages are shown when asked for, each with who said it and when', async () => {
    const id = crypto.randomUUID()
    const said = Array.from({ length: 33 }, (_, index) => message('ASSISTANT', `A quetzal, ${index}`))
    await save(id, 'A session about quetzals', said)
    await open('/w/acme/main/sessions?q=quetzal')
    const matches = page.getByRole('region', { name: 'In messages' })
    await matches.getByRole('heading', { name: 'In messages the first 20' }).waitFor()
    expect(await matches.getByRole('link').first().textContent()).toMatch(/assistant · \S+ · A session about/)
    await matches.getByRole('button', { name: 'more… of these messages' }).click()
    await matches.getByRole('heading', { name: 'In messages 33' }).waitFor()
    expect(await matches.getByRole('link').count()).toBe(33)
    expect(await matches.getByRole('button').count()).toBe(0)
    await matches.getByRole('link').last().click()
    await page.waitForURL(new RegExp(`${id}\\?.*m=`))
    expect(await matches.getByRole('link').count()).toBe(33)
    expect(await findings()).toEqual([])
  })

  test('a text is found in the whole of a session, beyond what is indexed too, from message to message', async () => {
    const id = crypto.randomUUID()
    const deep = `${'x '.repeat(2000)}the Needle`
    await save(id, 'A long one', [
      message('USER', 'a needle'),
      ...Array.from({ length: 30 }, () => message('ASSISTANT', 'hay '.repeat(60))),
      message('USER', deep),
    ])
    await open(`/w/acme/main/sessions/${id}`)
    await page.getByRole('log').getByText('a needle').waitFor()
    await page.keyboard.press('f')
    await page.keyboard.type('NEEDLE')
    await page.getByText('0 of 2').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('1 of 2').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('2 of 2').waitFor()
    expect(page.url()).toContain('m=31')
  })
})
