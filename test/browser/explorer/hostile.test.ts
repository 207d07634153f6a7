import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { burdenMessages } from './hostile-more.js'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  place,
  STARTING_MS,
} from './open-explorer.js'

/** Longer than any machine needs for a frame, shorter than any of these takes where it is not bounded. */
const FREEZE_MS = 10_000
/** For all of it, on a machine that does much else. */
const READING_MS = 240_000

describe.skipIf(missing !== null)(
  `a transcript made to harm${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let explorer: OpenExplorer
    let { page, ask, save, open } = {} as OpenExplorer
    const id = crypto.randomUUID()

    beforeAll(async () => {
      explorer = await openExplorer()
      ;({ page, ask, save, open } = explorer)
      await save(id, '\u200b\u202e')
      for (const message of burdenMessages())
        await ask(
          'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { appendedCount } }',
          { input: { ...place, id, messages: [message] } },
        )
    }, STARTING_MS)

    afterEach(() => {
      expect(explorer.troubles.splice(0)).toEqual([])
    })

    afterAll(() => explorer?.close())

    /** Fails when the page does not answer for long; everything on the way is looked at. */
    const lookThrough = async () => {
      const log = page.getByRole('log')
      const seen = new Set<string>()
      for (let at = 0, end = false; !end; at += 1) {
        expect(at).toBeLessThan(400)
        const found = await Promise.race([
          log.evaluate((element) => {
            element.scrollBy(0, element.clientHeight * 0.9)
            return {
              unwanted: element.querySelectorAll('script, iframe, svg, form, object, embed, style, link')
                .length,
              addresses: [...element.querySelectorAll('a, img')].map(
                (one) => one.getAttribute('href') ?? one.getAttribute('src') ?? '',
              ),
              labels: [...element.querySelectorAll('section')].map(
                (one) => one.getAttribute('aria-label') ?? '',
              ),
              // A name as long as one likes stays within the transcript.
              isWide: [...element.querySelectorAll('summary strong')].some(
                (name) =>
                  name.getBoundingClientRect().right > element.getBoundingClientRect().right ||
                  (name.textContent ?? '').length > 1000,
              ),
              isEnd: element.scrollTop + element.clientHeight >= element.scrollHeight - 2,
            }
          }),
          new Promise<never>((_, reject) =>
            setTimeout(() => reject(new Error(`frozen after ${[...seen].at(-1)}`)), FREEZE_MS),
          ),
        ])
        expect(found.unwanted).toBe(0)
        expect(found.isWide).toBe(false)
        expect(found.addresses.filter((address) => !/^(https?:|data:image\/png;)/.test(address))).toEqual([])
        for (const label of found.labels) seen.add(label)
        await explorer.drawn()
        end = found.isEnd && (await log.getByText('the very end').isVisible())
      }
      return seen
    }

    test('nothing of it runs, loads or freezes while one reads it to its end', {
      timeout: READING_MS,
    }, async () => {
      await open(`/w/acme/main/sessions/${id}`)
      await page.getByRole('log').getByRole('region').first().waitFor()
      const seen = await lookThrough()
      expect(seen.size).toBeGreaterThan(burdenMessages().length / 2)
      expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined()
    })

    test('what is folded opens without stopping the page, whatever it is', {
      timeout: READING_MS,
    }, async () => {
      await open(`/w/acme/main/sessions/${id}`)
      const log = page.getByRole('log')
      await log.getByRole('region').first().waitFor()
      /** Opens a fold of those in view and closes it again; scrolls on where there is none. Null at the end. */
      const openNext = () =>
        log.evaluate(async (element) => {
          const answered = () => new Promise<void>((seen) => requestAnimationFrame(() => setTimeout(seen)))
          const fold = [...element.querySelectorAll('button:not([data-seen])')].find((button) =>
            /^▸ [\d,.]+ lines/.test(button.textContent ?? ''),
          ) as HTMLElement | undefined
          if (fold === undefined) {
            element.scrollBy(0, element.clientHeight * 0.9)
            await answered()
            return element.scrollTop + element.clientHeight >= element.scrollHeight - 2 ? null : ''
          }
          const name = fold.textContent ?? ''
          fold.dataset.seen = 'yes'
          fold.click()
          await answered()
          const shown = fold.textContent
          const pieces = fold.parentElement?.querySelectorAll('pre > span').length ?? 0
          fold.click()
          await answered()
          if (pieces > 2001) return `${name} stayed ${pieces} pieces`
          return shown === '▾ fold' ? name : `${name} stayed closed`
        })
      const opened: string[] = []
      for (let end = false; !end; ) {
        const next = await Promise.race([
          openNext(),
          new Promise<never>((_, reject) =>
            setTimeout(() => reject(new Error(`frozen after ${opened.at(-1)}`)), FREEZE_MS),
          ),
        ])
        if (next !== null && next !== '') opened.push(next)
        end = next === null && (await log.getByText('the very end').isVisible())
        expect(opened.length).toBeLessThan(200)
      }
      expect(opened.filter((name) => name.includes('stayed'))).toEqual([])
      expect(opened.length).toBeGreaterThan(7)
    })

    test('names that nobody could see, and words turned around, stand by their codes', async () => {
      await open(`/w/acme/main/sessions/${id}`)
      await page.getByRole('heading', { level: 1, name: '⟨U+200B U+202E⟩' }).first().waitFor()
      await page.getByRole('log').waitFor()
      await page.getByRole('complementary', { name: 'Outline' }).getByText('⟨U+200B U+200D⟩').waitFor()
    })

    test('no screen lets a name turn the words around it', async () => {
      const turned = crypto.randomUUID()
      await save(
        turned,
        'Report \u202egpj.exe',
        [{ role: 'USER', content: 'Look at xylophone\u202egpj.exe' }],
        {
          ...{
            agent: 'agent\u202egpj',
            model: 'model\u2066x',
            labels: [{ key: 'file', values: ['a\u202egpj.exe'] }],
          },
        },
      )
      const filter = 'agent=agent%E2%80%AEgpj'
      for (const [path, wanted] of [
        [`sessions?${filter}`, 'Report ⟨U+202E⟩gpj.exe'],
        [`sessions/${turned}?${filter}`, 'file: a⟨U+202E⟩gpj.exe'],
        ['sessions?q=xylophone', 'xylophone⟨U+202E⟩gpj.exe'],
        [`overview?${filter}`, 'agent⟨U+202E⟩gpj'],
      ] as const) {
        await open(`/w/acme/main/${path}`)
        await page.getByText(wanted).first().waitFor()
        await explorer.quiet()
        expect(await page.locator('body').textContent(), path).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
      }
    })
  },
)
