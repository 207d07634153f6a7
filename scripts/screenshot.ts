import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startGateway } from '../src/cli/serve.js'
import { readConfig } from '../src/config/read.js'
import { chromiumArgs, chromiumPath } from '../test/support/chromium.js'
import { buildAssets, buildExplorer } from './build.js'

/** Takes the pictures of the documents on a fresh demo: the explorer's screens in both themes, and GraphiQL with an answer. */
const screens = ['overview', 'sessions', 'groups', 'keys'] as const
const pictures = { explorer: 'docs/explorer.png', graphiql: 'docs/graphiql.png' }

await Promise.all([buildAssets(), buildExplorer()])
const folder = await mkdtemp(join(tmpdir(), 'session-gateway-screenshot-'))
const config = readConfig({ LOG_LEVEL: 'silent' }, { port: 0, data: join(folder, 'data') })
const gateway = await startGateway(config, { migrate: true })
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 }, colorScheme: 'light' })
  await page.goto(gateway.url)
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByRole('row').filter({ hasText: 'Customers charged twice' }).click()
  await page.getByRole('log').getByText('✓').first().waitFor()
  await page.waitForTimeout(1500)
  await page.screenshot({ path: pictures.explorer })
  await page.goto(`${gateway.url}/graphql`)
  await page.getByRole('tab', { name: 'BrowseSessions' }).waitFor()
  // GraphiQL reads the operation of a tab half a second after it is opened.
  await page.waitForTimeout(1500)
  await page.getByRole('button', { name: /Execute query/ }).click()
  await page.locator('.result-window .view-lines').getByText('totalCount').waitFor()
  await page.mouse.move(700, 855)
  await page.waitForTimeout(1000)
  await page.screenshot({ path: pictures.graphiql })
  await mkdir('docs/images', { recursive: true })
  await page.setViewportSize({ width: 1000, height: 640 })
  for (const colorScheme of ['light', 'dark'] as const)
    for (const screen of screens) {
      await page.emulateMedia({ colorScheme })
      await page.goto(`${gateway.url}/w/acme/main/${screen}`)
      await page
        .getByRole(screen === 'sessions' ? 'grid' : 'table')
        .first()
        .waitFor()
      await page.waitForTimeout(1500)
      await page.screenshot({ path: `docs/images/${screen}-${colorScheme}.png` })
    }
  console.log(`Wrote ${Object.values(pictures).join(', ')} and docs/images`)
} finally {
  await browser.close()
  await gateway.close()
  await rm(folder, { recursive: true, force: true })
}
