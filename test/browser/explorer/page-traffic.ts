import type { Page, Request } from 'playwright-core'
import { expect } from 'vitest'

const STEP_MS = 50
/** So long at most is waited for answers that do not come. */
const PATIENCE_MS = 5000

const isStream = (request: Request) => /text\/event-stream/.test(request.headers().accept ?? '')

/** Knows what a page waits for, and which events it hears of. */
export function watchTraffic(page: Page) {
  const pending = new Set<Request>()
  const streams = new Set<string>()
  page.on('request', (request) => {
    if (!isStream(request)) pending.add(request)
  })
  page.on('requestfinished', (request) => pending.delete(request))
  page.on('requestfailed', (request) => pending.delete(request))
  page.on('response', (response) => {
    const name = /"operationName":"(\w+)"/.exec(response.request().postData() ?? '')?.[1]
    if (name !== undefined && response.ok() && isStream(response.request())) streams.add(name)
  })
  return {
    quiet: async () => {
      for (let waited = 0; pending.size > 0 && waited < PATIENCE_MS; waited += STEP_MS)
        await new Promise((resolve) => setTimeout(resolve, STEP_MS))
    },
    hears: (subscription: string) => expect.poll(() => streams.has(subscription)).toBe(true),
    /** Another page is to come. */
    forget: () => streams.clear(),
  }
}
