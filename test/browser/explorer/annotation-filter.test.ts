import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  place,
  STARTING_MS,
} from './open-explorer.js'

describe.skipIf(missing !== null)(
  `filters by annotations in the explorer${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const idOf = (number: number) => `a4407a7e-0000-4000-8000-0000000001${number}0`
    let explorer: OpenExplorer
    let { page, ask, open, save } = {} as OpenExplorer

    /** Titles of the rows, from the first. */
    const titles = () =>
      page.getByRole('row').locator('[role="gridcell"]:nth-child(2) > :first-child').allTextContents()
    const group = (name: string) => page.getByRole('group', { name, exact: true })
    const value = (of: string, text: string) =>
      group(of).getByRole('button', { name: new RegExp(`^${text}`) })
    const sessions = (count: number) =>
      page
        .getByRole('heading', { name: `${count} ${count === 1 ? 'session' : 'sessions'}`, exact: true })
        .waitFor()

    beforeAll(async () => {
      explorer = await openExplorer()
      ;({ page, ask, open, save } = explorer)
      const judge = (number: number, given: object) =>
        ask(
          'mutation ($input: CreateAnnotationInput!) { createAnnotation(input: $input) { annotation { id } } }',
          {
            input: { ...place, id: idOf(number), source: 'PERSON', ...given },
          },
        )
      for (const number of [1, 2, 3, 4]) await save(idOf(number), `Judged ${number}`)
      await judge(1, { name: 'helpfulness', score: '0.25', label: 'poor' })
      await judge(2, { name: 'helpfulness', score: '0.5', label: 'good' })
      await judge(3, { name: 'helpfulness', score: '1', label: 'good', source: 'MODEL' })
      await judge(4, { name: 'tone: of voice', score: '-2', label: 'rude', source: 'RULE' })
    }, STARTING_MS)

    afterEach(() => {
      expect(explorer.troubles.splice(0)).toEqual([])
    })

    afterAll(() => explorer?.close())

    test('names, labels and sources stand with exact counts; a click narrows, a second one excludes', async () => {
      await open('/w/acme/main/sessions?agent=explorer-test')
      await value('Annotation', 'helpfulness').getByTitle('3', { exact: true }).waitFor()
      await value('Annotated by', 'person').getByTitle('2', { exact: true }).waitFor()
      await value('Annotation: helpfulness', 'good').getByTitle('2', { exact: true }).waitFor()
      await value('Annotation: tone: of voice', 'rude').getByTitle('1', { exact: true }).waitFor()
      expect(await explorer.findings()).toEqual([])

      await value('Annotation: helpfulness', 'good').click()
      await sessions(2)
      // Its own list is counted without it, others with it.
      await value('Annotation: helpfulness', 'poor').getByTitle('1', { exact: true }).waitFor()
      await explorer.quiet()
      await page.reload()
      await sessions(2)
      await value('Annotation: helpfulness', 'good').click()
      await sessions(2)
      await expect.poll(async () => (await titles()).toSorted()).toEqual(['Judged 1', 'Judged 4'])
      await page.getByRole('button', { name: 'Take off not helpfulness: good' }).click()
      await sessions(4)

      await value('Annotated by', 'rule').click()
      await sessions(1)
      await expect.poll(titles).toEqual(['Judged 4'])
      await value('Annotated by', 'rule').click()
      await sessions(3)
      await value('Annotated by', 'rule').click()
      await sessions(4)
    })

    test('a range of scores is typed below the name that is chosen', async () => {
      await open('/w/acme/main/sessions?agent=explorer-test')
      await value('Annotation', 'helpfulness').click()
      await sessions(3)
      const from = page.getByRole('textbox', { name: 'Score of helpfulness from' })
      await from.fill('0.5')
      await from.press('Enter')
      await sessions(2)
      await page.getByRole('button', { name: 'Take off Score of helpfulness: 0.5 and more' }).waitFor()
      await expect.poll(() => new URL(page.url()).searchParams.getAll('score')).toEqual(['helpfulness:0.5..'])

      await open('/w/acme/main/sessions?score=tone%253A of voice:-3..-1')
      await sessions(1)
      await expect.poll(titles).toEqual(['Judged 4'])
    })

    test('a column shows the scores of a name, orders by them, and is remembered', async () => {
      await open('/w/acme/main/sessions?agent=explorer-test')
      await page.getByRole('button', { name: 'columns' }).click()
      await page.getByRole('menuitemcheckbox', { name: 'helpfulness' }).click()
      await page.keyboard.press('Escape')
      const head = page.getByRole('columnheader', { name: /helpfulness/ })
      await head.getByRole('button').click()
      await expect.poll(titles).toEqual(['Judged 3', 'Judged 2', 'Judged 1', 'Judged 4'])
      const first = page.getByRole('row').filter({ hasText: 'Judged 2' })
      expect(await first.getByTitle('0.5, the mean of its scores').textContent()).toBe('0.5')
      await head.getByRole('button').click()
      // Those without a score come last in both directions.
      await expect.poll(titles).toEqual(['Judged 1', 'Judged 2', 'Judged 3', 'Judged 4'])
      await expect
        .poll(() => new URL(page.url()).search)
        .toBe('?agent=explorer-test&sort=score%3Ahelpfulness&dir=asc')
      await explorer.quiet()
      await page.reload()
      await expect.poll(titles).toEqual(['Judged 1', 'Judged 2', 'Judged 3', 'Judged 4'])
      await page.getByRole('columnheader', { name: /helpfulness/, includeHidden: false }).waitFor()
      await page.getByRole('button', { name: /^score of helpfulness/ }).click()
      await page.getByRole('menuitemradio', { name: 'score of tone: of voice' }).click()
      await expect.poll(async () => (await titles())[0]).toBe('Judged 4')
      expect(await explorer.findings()).toEqual([])
    })

    test('a mark asks for sessions that are annotated at all', async () => {
      await open('/w/acme/main/sessions?agent=explorer-test&annotated=1')
      await sessions(4)
      await page.getByRole('button', { name: 'Annotated, chosen' }).click()
      await sessions(0)
    })
  },
)
