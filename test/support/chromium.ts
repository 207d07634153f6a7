import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

export type { Browser, Page } from 'playwright-core'

export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** Quiet and self-contained: Chromium's own services stay off. */
export const chromiumArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What a browser test lacks on this machine: the browser, or the page's built bundle; null when it can run. */
export function missingForBrowser(asset: string): string | null {
  const bundle = fileURLToPath(new URL(`../../dist/${asset}`, import.meta.url))
  const path = [chromiumPath, bundle].find((wanted) => !existsSync(wanted))
  return path === undefined ? null : `no ${path}`
}

/** Starts the browser. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })
