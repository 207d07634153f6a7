import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startGateway } from '../src/cli/serve.js'
import { readConfig } from '../src/config.js'
import { chromiumArgs, chromiumPath } from '../test/support/chromium.js'
import { buildAssets } from './build.js'

/** Takes the README's picture: GraphiQL on a fresh demo, with the first example and its answer. */
const picture = 'docs/graphiql.png'

await buildAssets()
const folder = await mkdtemp(join(tmpdir(), 'session-gateway-screenshot-'))
const config = readConfig({ LOG_LEVEL: 'silent' }, { port: 0, data: join(folder, 'data') })
const gateway = await startGateway(config, { migrate: true })
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 }, colorScheme: 'light' })
  await page.goto(`${gateway.url}/graphql`)
  await page.getByRole('tab', { name: 'BrowseSessions' }).waitFor()
  // GraphiQL reads the operation of a tab half a second after it is opened.
  await page.waitForTimeout(1500)
  await page.getByRole('button', { name: /Execute query/ }).click()
  await page.locator('.result-window .view-lines').getByText('totalCount').waitFor()
  await page.mouse.move(700, 855)
  await page.waitForTimeout(1000)
  await page.screenshot({ path: picture })
  console.log(`Wrote ${picture}`)
} finally {
  await browser.close()
  await gateway.close()
  await rm(folder, { recursive: true, force: true })
}
