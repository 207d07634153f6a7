import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  place,
  STARTING_MS,
} from './open-explorer.js'

/** A red dot. */
const dot =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg=='
/** As imports keep it. */
const withPicture = { content: [{ index: 0, part: { type: 'image_url', image_url: { url: dot } } }] }

describe.skipIf(missing !== null)(
  `what one would stumble over in the explorer${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const [deleted, archived, read] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
    let explorer: OpenExplorer
    let { page, ask, open, save } = {} as OpenExplorer

    beforeAll(async () => {
      explorer = await openExplorer()
      ;({ page, ask, open, save } = explorer)
      const more = { agent: 'stumbler' }
      await save(deleted, 'Somebody deletes it', [], more)
      await save(archived, 'Archived by the way', [], more)
      const toolCalls = [{ id: 'call_1', name: 'screenshot', arguments: '{}' }]
      const said = (role: string, at: string, other: object) => ({
        ...{ id: crypto.randomUUID(), role, content: role.toLowerCase(), createdAt: at },
        ...other,
      })
      await save(
        read,
        'Read with care',
        [
          said('USER', '2026-03-01T12:00:00Z', { metadata: withPicture }),
          said('ASSISTANT', '2026-03-01T12:01:00Z', { toolCalls }),
          said('TOOL', '2026-03-01T12:01:02.5Z', { toolCallId: 'call_1', metadata: withPicture }),
          said('USER', '2026-03-02T12:00:00Z', { content: 'the next day\n\n'.repeat(90) }),
        ],
        more,
      )
    }, STARTING_MS)

    afterEach(() => {
      expect(explorer.troubles.splice(0)).toEqual([])
    })

    afterAll(() => explorer?.close())

    const row = (title: string) => page.getByRole('row').filter({ hasText: title })

    test('a session that somebody deletes goes from the list, and the total follows', async () => {
      await open('/w/acme/main/sessions?agent=stumbler')
      await page.getByRole('heading', { name: '3 sessions' }).waitFor()
      await explorer.hears('useLiveSessionsSubscription')
      await ask(
        'mutation ($input: DeleteSessionsInput!) { deleteSessions(input: $input) { outcomes { result } } }',
        { input: { ...place, ids: [deleted] } },
      )
      await row('Somebody deletes it').waitFor({ state: 'detached' })
      await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    })

    test('archiving shows before the gateway answers, and no more where it refuses', async () => {
      let answer = () => {}
      const held = new Promise<void>((resolve) => {
        answer = resolve
      })
      await page.route('**/graphql', async (route) => {
        if (!/ArchiveMutation/.test(route.request().postData() ?? '')) return route.continue()
        await held
        const refusal = { message: 'Not today.', extensions: { code: 'FORBIDDEN' } }
        await route.fulfill({ json: { data: { acted: null }, errors: [refusal] } })
      })
      await open('/w/acme/main/sessions?agent=stumbler')
      await row('Archived by the way').getByRole('checkbox').click()
      await page.getByRole('toolbar').getByRole('button', { name: 'Archive' }).click()
      const mark = row('Archived by the way').getByRole('img', { name: /^Archived/ })
      await mark.waitFor()
      answer()
      await page.getByText('Not today.').waitFor()
      await mark.waitFor({ state: 'detached' })
      await page.unroute('**/graphql')
    })

    test.each([390, 800, 1000, 1280, 1920])('at %d px the list does not scroll sideways', async (width) => {
      await open('/w/acme/main/sessions', { width })
      const grid = page.getByRole('grid', { name: 'Sessions' })
      await grid.waitFor()
      await expect.poll(() => grid.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    })

    test('on a phone a row tells in a second line what one chose as columns, and no figure that nobody told', async () => {
      await open('/w/acme/main/sessions?agent=stumbler', { width: 390 })
      const facts = row('Read with care').getByRole('gridcell').last()
      for (const fact of ['stumbler', 'gpt-5', '4 msgs']) await facts.getByText(fact).waitFor()
      await row('Read with care').getByTitle('No message tells what it used').waitFor()
      expect(await facts.getByText('tokens').count()).toBe(0)
      await page.getByRole('button', { name: /^columns/ }).click()
      await page.getByRole('menuitemcheckbox', { name: /^msgs/ }).click()
      await page.keyboard.press('Escape')
      await facts.getByText('4 msgs').waitFor({ state: 'detached' })
      await explorer.quiet()
      await page.reload()
      await facts.getByText('gpt-5').waitFor()
      expect(await facts.getByText('4 msgs').count()).toBe(0)
      expect(await explorer.findings()).toEqual([])
      await page.evaluate(() => localStorage.clear())
    })

    test('on a phone a long title leaves room for what marks its session', async () => {
      await open('/w/acme/main/sessions', { width: 390 })
      const marked = { has: page.getByRole('img', { name: /failed calls?$/ }) }
      const cell = page.getByRole('gridcell').filter(marked).first()
      await cell.waitFor()
      const [end, most] = await cell.evaluate((element) =>
        [...element.querySelectorAll('[role=img]'), element]
          .slice(-2)
          .map((one) => one.getBoundingClientRect().right),
      )
      expect(end).toBeLessThanOrEqual(most as number)
    })

    test('pictures that imports keep show small, of results too, and grow when asked', async () => {
      await open(`/w/acme/main/sessions/${read}`)
      const log = page.getByRole('log')
      const picture = log.getByRole('button', { name: 'Picture 1 of this message, larger' })
      await expect.poll(() => picture.count()).toBe(2)
      const drawn = () =>
        log
          .getByRole('img')
          .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth))
      await expect.poll(drawn).toEqual([5, 5])
      await picture.first().click()
      await log.getByRole('button', { name: 'Picture 1 of this message, smaller' }).waitFor()
    })

    test('a message tells its day where that changes, and a call how long it took', async () => {
      await open(`/w/acme/main/sessions/${read}`)
      const log = page.getByRole('log')
      await log.getByText('✓ 2.5 s').waitFor()
      await page.getByRole('complementary', { name: 'Outline' }).getByText('✓ 2.5 s').waitFor()
      const times = () => log.locator('header time').allTextContents()
      await expect
        .poll(times)
        .toEqual([
          expect.stringMatching(/Mar \d/),
          expect.not.stringMatching(/Mar/),
          expect.stringMatching(/Mar \d/),
        ])
    })

    test('Enter follows the link that has the focus, and arrows scroll the transcript that has it', async () => {
      await open(`/w/acme/main/sessions/${read}?agent=stumbler`)
      const log = page.getByRole('log')
      await log.getByText('the next day').first().waitFor()
      await explorer.quiet()
      await log.focus()
      await expect
        .poll(async () => {
          await page.keyboard.press('ArrowDown')
          return log.evaluate((element) => element.scrollTop)
        })
        .toBeGreaterThan(0)
      expect(page.url()).toContain(read)
      await page.getByRole('link', { name: 'Groups' }).focus()
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/groups/)
    })

    test('the transcript has the focus of a session that a key opened, and the list once it is closed', async () => {
      await open('/w/acme/main/sessions?agent=stumbler')
      await page.getByRole('grid', { name: 'Sessions' }).waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.getByRole('log').waitFor()
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
      await expect.poll(focused).toBe('Transcript')
      await page.keyboard.press('Escape')
      await expect.poll(focused).toBe('Sessions')
    })
  },
)
