import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  place,
  STARTING_MS,
} from './open-explorer.js'

describe.skipIf(missing !== null)(
  `annotations in the explorer${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const id = 'a4407a7e-0000-4000-8000-000000000001'
    let explorer: OpenExplorer
    let { page, ask, open, save, findings } = {} as OpenExplorer

    beforeAll(async () => {
      explorer = await openExplorer()
      ;({ page, ask, open, save, findings } = explorer)
      await save(id, 'Judged by people', [
        { role: 'USER', content: 'Why is it red?' },
        { role: 'ASSISTANT', content: 'Because the key **expired**.' },
      ])
    }, STARTING_MS)

    afterEach(() => {
      expect(explorer.troubles.splice(0)).toEqual([])
    })

    afterAll(() => explorer?.close())

    const ofSession = () => page.getByRole('group', { name: 'Annotations of the session' })
    const stored = async () => {
      const { workspace } = await ask(
        `{ workspace(organization: "acme", slug: "main") { session(id: "${id}") { annotations { edges { node { name score label note source messageUuid } } } } } }`,
      )
      return workspace.session.annotations.edges.map(({ node }: any) => node)
    }

    test('a person scores, labels and notes a session, changes it, and takes it back', async () => {
      await open(`/w/acme/main/sessions/${id}`)
      await page.getByRole('button', { name: '+ annotation of the session' }).click()
      const form = page.getByRole('dialog', { name: 'Annotate the session' })
      const add = form.getByRole('button', { name: 'Add' })
      await form.getByLabel('What is judged').fill('helpfulness')
      await expect.poll(() => add.isDisabled()).toBe(true)
      await form.getByLabel('Score').fill('a lot')
      await form.getByText('A score is a decimal number').waitFor()
      await form.getByLabel('Score').fill('0.75')
      await form.getByLabel('Label').fill('good')
      await form.getByLabel('Note').fill('Found it at once.\nSaid why.')
      await add.click()
      const chip = ofSession().getByRole('button', { name: 'helpfulness 0.75 good' })
      await chip.waitFor()
      expect(await findings()).toEqual([])
      await chip.click()
      const whole = page.getByRole('dialog', { name: 'Annotation helpfulness' })
      await whole.getByText('Said why.').waitFor()
      await whole.getByText('maya').waitFor()
      expect(await stored()).toEqual([
        {
          ...{ name: 'helpfulness', score: '0.75', label: 'good', note: 'Found it at once.\nSaid why.' },
          ...{ source: 'PERSON', messageUuid: null },
        },
      ])

      await whole.getByRole('button', { name: 'Edit…' }).click()
      await page.getByLabel('Score').fill('1')
      await page.getByLabel('Note').fill('')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await ofSession().getByRole('button', { name: 'helpfulness 1 good' }).click()
      await page.getByRole('button', { name: 'Remove', exact: true }).click()
      await ofSession()
        .getByRole('button', { name: /^helpfulness/ })
        .waitFor({ state: 'detached' })
      expect(await stored()).toEqual([])
    })

    test('a message is annotated where it stands', async () => {
      await open(`/w/acme/main/sessions/${id}`)
      const message = page.getByRole('log').getByRole('region').filter({ hasText: 'the key expired' })
      await message.hover()
      await message.getByRole('button', { name: /annotation of message/ }).click()
      await page.getByLabel('What is judged').fill('correctness')
      await page.getByLabel('Label').fill('right')
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await message.getByRole('button', { name: 'correctness right' }).waitFor()
      expect((await stored())[0].messageUuid).not.toBeNull()
      expect(
        await ofSession()
          .getByRole('button', { name: /^correctness/ })
          .count(),
      ).toBe(0)
    })

    test('what others say shows as they say it, and the transcript stays as it is meanwhile', async () => {
      await open(`/w/acme/main/sessions/${id}`)
      // Emphasis is there once markdown is.
      const said = page.getByRole('log').locator('strong')
      await said.waitFor()
      await said.evaluate((element) => {
        element.id = 'seen-before'
      })
      await explorer.hears('useOutlineSubscription')
      await ask(
        'mutation ($input: CreateAnnotationInput!) { createAnnotation(input: $input) { annotation { id } } }',
        { input: { ...place, id, name: 'toxicity', source: 'RULE', score: '0' } },
      )
      await ofSession().getByRole('button', { name: 'toxicity 0 rule' }).waitFor()
      await explorer.quiet()
      expect(await page.locator('#seen-before').count()).toBe(1)
    })

    test('whoever may not annotate reads what others said, and is offered nothing', async () => {
      const context = await explorer.browser.newContext()
      await context.addInitScript("sessionStorage.setItem('session-gateway.key', 'sgw_demo_reader')")
      const reader = await context.newPage()
      await reader.goto(`${explorer.gateway.origin}/w/acme/main/sessions/${id}`)
      await reader
        .getByRole('group', { name: 'Annotations of the session' })
        .getByRole('button', { name: /^toxicity/ })
        .click()
      await reader.getByRole('dialog', { name: 'Annotation toxicity' }).getByText('by a rule').waitFor()
      expect(await reader.getByRole('button', { name: 'Edit…' }).count()).toBe(0)
      expect(await reader.getByRole('button', { name: /annotation of/, includeHidden: true }).count()).toBe(0)
      await context.close()
    })
  },
)
