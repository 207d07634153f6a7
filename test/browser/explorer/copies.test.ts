import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  STARTING_MS,
} from './open-explorer.js'

const run = promisify(execFile)

describe.skipIf(missing !== null)(
  `what the explorer copies${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const id = crypto.randomUUID()
    let explorer: OpenExplorer
    let { page, ask, open, save } = {} as OpenExplorer

    beforeAll(async () => {
      explorer = await openExplorer()
      ;({ page, ask, open, save } = explorer)
      await explorer.context.grantPermissions(['clipboard-read', 'clipboard-write'], {
        origin: explorer.gateway.origin,
      })
      await save(id, "It's copied", [{ role: 'USER', content: 'What "is" it?' }])
    }, STARTING_MS)

    afterEach(() => {
      expect(explorer.troubles.splice(0)).toEqual([])
    })

    afterAll(() => explorer?.close())

    const copied = async (what: string, told: string) => {
      await page.getByRole('article').getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name: what }).click()
      await page.getByText(told).waitFor()
      return page.evaluate(() => navigator.clipboard.readText())
    }

    test('a link, a command and a document read the same session where they are pasted', async () => {
      await open(`/w/acme/main/sessions/${id}`)
      await page.getByRole('article').getByRole('button', { name: 'Copy link' }).click()
      await page.getByText('Link copied.').waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())

      const document = await copied('Copy as GraphQL', 'GraphQL document copied.')
      const { workspace } = await ask(document)
      expect(workspace.session.title).toBe("It's copied")
      expect(workspace.session.transcript.edges[0].node.content).toBe('What "is" it?')

      const command = await copied('Copy as curl', 'curl command copied.')
      expect(command).not.toContain('sgw_')
      const env = { ...process.env, SESSION_GATEWAY_KEY: 'sgw_demo_admin' }
      const { stdout } = await run('bash', ['-c', command], { env })
      expect(JSON.parse(stdout).data).toMatchObject({ workspace })
    })
  },
)
