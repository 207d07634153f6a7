import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { finishRequests } from '../../src/http/drain.js'
import { createGatewayServer } from '../../src/http/server.js'
import { chromiumArgs, chromiumPath, missingForBrowser } from '../support/chromium.js'
import { startDemoGateway } from '../support/gateway.js'
import { openDoor } from '../support/open-door.js'

const missing = missingForBrowser('assets/scalar.js')

const document = (title: string, path: string, summary: string) => ({
  openapi: '3.1.0',
  info: { title, version: '1.0.0' },
  paths: {
    [path]: { get: { operationId: path.slice(1), summary, responses: { 200: { description: 'Yes.' } } } },
  },
})
const documents: Record<string, object> = {
  '/openapi/one.json': document('First API', '/sessions', 'List the sessions'),
  '/openapi/two.json': document('Second API', '/runs', 'List the runs'),
}

test.skipIf(missing !== null)(
  `/docs shows the operations of its documents and asks no other host${missing ? ` (skipped: ${missing})` : ''}`,
  async () => {
    const server = createGatewayServer({
      graphql: () => {},
      rest: (request) => Response.json(documents[new URL(request.url).pathname]),
      ...openDoor,
      ready: async () => null,
      graphqlBodyLimitBytes: 1024,
      requestTimeoutMs: 10_000,
      loopbackHostsOnly: true,
      compression: true,
      explorer: null,
      documents: [
        { title: 'First', url: '/openapi/one.json' },
        { title: 'Second', url: '/openapi/two.json' },
      ],
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })
    try {
      const page = await browser.newPage()
      const asked = new Set<string>()
      const troubles: string[] = []
      page.context().on('request', (request) => asked.add(request.url()))
      page.on('pageerror', (error) => troubles.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') troubles.push(message.text())
      })

      await page.goto(`${origin}/docs`)
      await page.getByRole('heading', { name: 'List the sessions' }).waitFor()
      await page.getByRole('button', { name: /First/ }).first().click()
      await page.getByText('Second', { exact: true }).click()
      await page.getByRole('heading', { name: 'List the runs' }).waitFor()
      await page.waitForLoadState('networkidle')

      expect(troubles).toEqual([])
      expect([...asked].filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(`${origin}/`))).toEqual(
        [],
      )
      expect([...asked]).toContain(`${origin}/openapi/two.json`)
    } finally {
      await browser.close()
      await finishRequests(server, 100)
    }
  },
)

test.skipIf(missing !== null)(
  `in a demo /docs has the key filled in, and Send answers the example as it stands${missing ? ` (skipped: ${missing})` : ''}`,
  { timeout: 60_000 },
  async () => {
    const gateway = await startDemoGateway()
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })
    try {
      const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } })
      const send = async (operation: string) => {
        await page.getByRole('button', { name: `Test Request (${operation})` }).click()
        const answered = page.waitForResponse((answer) => answer.request().resourceType() === 'fetch')
        await page.getByRole('button', { name: /Send get request/ }).click()
        const answer = await answered
        await page.getByText('200 OK').waitFor()
        return answer
      }

      await page.goto(`${gateway.origin}/docs`)
      const sessions = '/api/v1/org/{org}/ws/{workspace}'
      const workspace = await send(`get ${sessions}`)
      expect(new URL(workspace.url()).pathname).toBe('/api/v1/org/acme/ws/main')
      expect(await workspace.json()).toMatchObject({ key: 'main' })

      await page.goto(`${gateway.origin}/docs`)
      await page
        .getByRole('button', { name: /Workspace sessions API/ })
        .first()
        .click()
      await page.getByText('Organization sessions API', { exact: true }).click()
      const list = await send('get /v1/sessions')
      expect((await list.json()).total).toBeGreaterThan(10)
    } finally {
      await browser.close()
      await gateway.close()
    }
  },
)
