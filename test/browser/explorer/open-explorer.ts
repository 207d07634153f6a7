import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchChromium, missingForBrowser } from '../../support/chromium.js'
import { type RunningGateway, startDemoGateway } from '../../support/gateway.js'
import { watchTraffic } from './page-traffic.js'

const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** What the explorer's tests lack on this machine; null when they can run. */
export const missingForExplorer = missingForBrowser('explorer/index.html')
/** How long a gateway and a browser may take to start, on a machine that does much else. */
export const STARTING_MS = 240_000
export const place = { organization: 'acme', workspace: 'main' }

/** The explorer in Chromium on a demo gateway, whatever went wrong on its page, and ways to ask the gateway beside it. */
export interface OpenExplorer {
  gateway: RunningGateway
  browser: Browser
  context: BrowserContext
  page: Page
  /** What pages said in their consoles, which dialogs they opened, and what they asked of others; emptied by whoever looks. */
  troubles: string[]
  open(path: string, options?: { width?: number; scheme?: 'light' | 'dark' }): Promise<void>
  /** Asks the gateway as Maya, an admin of the demo. */
  ask(query: string, variables?: object): Promise<any>
  /** Waits until the page has an answer to whatever it asked. */
  quiet(): Promise<void>
  /** Waits until the page has drawn what it has. */
  drawn(): Promise<void>
  /** Waits until the page neither waits for an answer nor has anything to do. */
  idle(): Promise<void>
  /** Waits until the page hears of events, by the name of its subscription. */
  hears(subscription: string): Promise<void>
  save(id: string, title: string, messages?: object[], more?: object): Promise<void>
  /** What axe finds on the page. */
  findings(): Promise<string[]>
  close(): Promise<void>
}

export async function openExplorer(env: Record<string, string> = {}): Promise<OpenExplorer> {
  const gateway = await startDemoGateway(env)
  const browser = await launchChromium()
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  await context.addInitScript(
    "if (location.protocol === 'http:') sessionStorage.setItem('session-gateway.key', 'sgw_demo_admin')",
  )
  const troubles: string[] = []
  context.on('page', (page) => {
    page.on('pageerror', (error) => troubles.push(error.message))
    page.on('console', (message) => troubles.push(message.text()))
    page.on('dialog', (dialog) => {
      troubles.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
  })
  context.on('request', (request) => {
    if (!request.url().startsWith(gateway.origin) && !/^(data|blob):/.test(request.url()))
      troubles.push(`asked ${request.url()}`)
  })
  const page = await context.newPage()
  const { quiet, hears, forget } = watchTraffic(page)
  const drawn = () =>
    page.evaluate(
      () => new Promise<void>((seen) => requestAnimationFrame(() => requestAnimationFrame(() => seen()))),
    )
  const idle = async () => {
    await quiet()
    await page.evaluate(() => new Promise<void>((rest) => requestIdleCallback(() => rest())))
    await quiet()
  }
  const ask = async (query: string, variables: object = {}) => {
    const response = await fetch(`${gateway.origin}/graphql`, {
      method: 'POST',
      headers: { Authorization: 'Bearer sgw_demo_admin', 'Content-Type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    const answer = await response.json()
    expect(answer.errors).toBeUndefined()
    return answer.data
  }
  return {
    ...{ gateway, browser, context, page, troubles, ask, quiet, drawn, idle, hears },
    save: async (id, title, messages = [], more = {}) => {
      const session = { ...place, id, title, model: 'gpt-5', agent: 'explorer-test', visibility: 'WORKSPACE' }
      await ask('mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }', {
        input: { ...session, ...more },
      })
      if (messages.length > 0)
        await ask(
          'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { appendedCount } }',
          { input: { ...place, id, messages } },
        )
    },
    open: async (path, { width = 1400, scheme = 'light' } = {}) => {
      // What is on its way would be cut off.
      await quiet()
      forget()
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme: scheme })
      await page.goto(`${gateway.origin}${path}`)
    },
    findings: async () => {
      await page.evaluate(axe)
      const { violations } = await page.evaluate(
        'axe.run(document, { resultTypes: ["violations"] })' as unknown as () => Promise<{
          violations: { id: string; nodes: { html: string }[] }[]
        }>,
      )
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    },
    close: async () => {
      await browser.close()
      await gateway.close()
    },
  }
}
