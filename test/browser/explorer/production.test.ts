import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  STARTING_MS,
} from './open-explorer.js'

describe.skipIf(missing !== null)(
  `the explorer on a gateway that takes listed operations alone${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let explorer: OpenExplorer
    let { page, open } = {} as OpenExplorer

    beforeAll(async () => {
      explorer = await openExplorer({ PERSISTED_OPERATIONS_ONLY: 'true', INTROSPECTION: 'false' })
      ;({ page, open } = explorer)
    }, STARTING_MS)

    afterEach(() => {
      expect(explorer.troubles.splice(0)).toEqual([])
    })

    afterAll(() => explorer?.close())

    test('the gateway refuses texts', async () => {
      const response = await fetch(`${explorer.gateway.origin}/graphql`, {
        method: 'POST',
        headers: { Authorization: 'Bearer sgw_demo_admin', 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: '{ viewer { scopes } }' }),
      })
      expect((await response.json()).errors[0].extensions.code).toBe('PERSISTED_QUERY_ONLY')
    })

    test.each(['overview', 'groups', 'members', 'projects', 'workspaces', 'organizations', 'keys', 'audit'])(
      'the screen of %s shows',
      async (screen) => {
        await open(`/w/acme/main/${screen}`)
        await page.getByRole('table').first().waitFor()
        await explorer.quiet()
        expect(await page.getByRole('alert').count()).toBe(0)
      },
    )

    test('sessions are listed, filtered, opened, searched, archived, brought back and exported', async () => {
      await open('/w/acme/main/sessions')
      await page.getByRole('button', { name: /^coder/ }).click()
      await page.getByRole('button', { name: 'Take off Agent: coder' }).waitFor()
      await page.getByRole('button', { name: 'Saved' }).click()
      await page.getByText(/^None yet/).waitFor()
      await page.keyboard.press('Escape')
      await page
        .getByRole('button', { name: 'find… of model' })
        .or(page.getByRole('button', { name: 'anybody… of owner' }))
        .first()
        .click()
      await page.getByText(/^[1-9]\d* values$/).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('row').nth(1).click()
      await page.getByRole('log').getByRole('region').first().waitFor()
      await explorer.hears('useOutlineSubscription')
      await page.keyboard.press('f')
      await page.keyboard.type('the')
      await page.getByText(/^0 of \d+$/).waitFor()
      await page.keyboard.press('Escape')
      const article = page.getByRole('article', { name: 'Session' })
      await article.getByRole('button', { name: 'Archive' }).click()
      await page.getByText('1 archived.').waitFor()
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('1 unarchived.').waitFor()
      await article.getByRole('button', { name: 'More' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: 'Export as ATIF' }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(/\.atif\.json$/)
    })
  },
)
