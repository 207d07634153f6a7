import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { longestTask } from '../browser/explorer/page-work.js'
import { type Browser, launchChromium, type Page } from '../support/chromium.js'
import { readCpuSeconds, startServer } from './frame/server.js'
import { saveLongSession } from './long-session.js'

/**
 * Measures the explorer in Chromium, as built, with production settings (no introspection, persisted operations only):
 * `npm run build && npx tsx test/load/explorer.ts --data FOLDER [--sessions 100000] [--messages 10000] [--rounds 7]`.
 * The folder is an embedded store; it is seeded when it is not there.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    sessions: { type: 'string', default: '100000' },
    messages: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '7' },
  },
})
const { data } = values
if (data === undefined) throw new Error('--data names the folder of the embedded store')
const workspace = 'load/main'
const rows = '[role="row"][aria-rowindex]'
const rounds = Number(values.rounds)

if (!existsSync(data))
  await cli('seed', '--sessions', values.sessions, '--workspace', workspace, '--data', data)
const key = await makeKey()
const session = await withGateway({}, async (origin, pids) => {
  const id = await saveLongSession(origin, key, Number(values.messages))
  await idle(pids)
  return id
})
const browser = await launchChromium()
const list = `/w/${workspace}/sessions`
let origin = ''
await withGateway({ PERSISTED_OPERATIONS_ONLY: 'true', INTROSPECTION: 'false' }, async (at, pids) => {
  origin = at
  await idle(pids)
  const paints: number[] = []
  for (let round = 0; round < rounds; round += 1)
    paints.push(await inPage(browser, async (page) => firstRows(page)))
  report('first rows of the list, from the navigation, nothing in the cache', paints)

  report('a click on a value to new counts and rows', await inPage(browser, filterClicks))
  report('longest task while rows scroll, of processor time', [
    await inPage(browser, (page) => scrolled(page, list, 'grid')),
  ])
  report(`a session of ${values.messages} messages, from the navigation`, [
    await inPage(browser, async (page) => firstText(page)),
  ])
  report('longest task while its transcript scrolls, of processor time', [
    await inPage(browser, (page) => scrolled(page, `${list}/${session}`, 'log')),
  ])
}).finally(() => browser.close())

async function withGateway<Result>(
  settings: Record<string, string>,
  work: (origin: string, pids: () => number[]) => Promise<Result>,
): Promise<Result> {
  const env = { DATA_FOLDER: data as string, PORT: '0', RATE_LIMIT_PER_MINUTE: '1000000', ...settings }
  const gateway = await startServer(['dist/main.js', 'start'], env)
  // What it says where it listens is a line of JSON, whose end comes along.
  const [origin = ''] = /^http:\/\/[\d.:]+/.exec(gateway.url) ?? []
  return work(origin, gateway.pids).finally(gateway.stop)
}

/** Waits until the gateway has nothing left to do behind requests: messages that came in are indexed afterwards. */
async function idle(pids: () => number[]): Promise<void> {
  for (let quiet = 0, before = readCpuSeconds(pids()); quiet < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const now = readCpuSeconds(pids())
    quiet = now - before > 0.06 ? 0 : quiet + 1
    before = now
  }
}

async function inPage<Result>(chrome: Browser, work: (page: Page) => Promise<Result>): Promise<Result> {
  const context = await chrome.newContext({ viewport: { width: 1600, height: 900 } })
  await context.addInitScript(`sessionStorage.setItem('session-gateway.key', ${JSON.stringify(key)})`)
  // What tsx names functions by; the page has no such thing.
  await context.addInitScript('globalThis.__name = (value) => value')
  const page = await context.newPage()
  page.on('console', (message) => console.log(`console: ${message.text()}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) console.log(`asked ${request.url()}`)
  })
  const result = await work(page)
  await context.close()
  return result
}

/** Milliseconds from the navigation until sessions stand in the list. */
async function firstRows(page: Page): Promise<number> {
  await page.goto(`${origin}${list}`, { waitUntil: 'commit' })
  return firstSeen(page, rows)
}

async function firstText(page: Page): Promise<number> {
  await page.goto(`${origin}${list}/${session}`, { waitUntil: 'commit' })
  return firstSeen(page, '[role="log"] section')
}

function firstSeen(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          // The frame in which it is seen ends after the next one begins.
          if (document.querySelector(wanted) !== null) requestAnimationFrame(() => resolve(performance.now()))
          else requestAnimationFrame(look)
        }
        look()
      }),
    selector,
  )
}

/** Milliseconds from the press on each of some values until list, total and counts are those of the new filter. */
async function filterClicks(page: Page): Promise<number[]> {
  await firstRows(page)
  await page.getByRole('group', { name: 'Agent' }).waitFor()
  await page.waitForTimeout(1500)
  const taken: number[] = []
  for (const group of ['Agent', 'Model', 'Owner', 'Project'])
    for (let place = 0; place < 3; place += 1) {
      const value = page.getByRole('group', { name: group }).getByRole('button').nth(place)
      taken.push(await value.evaluate(clickAndWait))
      await page.goBack()
      await page.waitForTimeout(700)
    }
  return taken
}

function clickAndWait(button: Element): Promise<number> {
  const total = () => document.querySelector('h1')?.textContent
  const isStale = () => document.querySelector('[data-stale="true"]') !== null
  const before = total()
  const began = performance.now()
  ;(button as HTMLElement).click()
  return new Promise((resolve) => {
    const look = () => {
      if (total() !== before && !isStale()) requestAnimationFrame(() => resolve(performance.now() - began))
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** The longest task of the page, in milliseconds of processor time, while one scrolls by the wheel and by leaps. */
async function scrolled(page: Page, path: string, role: 'grid' | 'log'): Promise<number> {
  await page.goto(`${origin}${path}`)
  const box = page.getByRole(role)
  await box.waitFor()
  await page.waitForTimeout(2500)
  return longestTask(await page.context().newCDPSession(page), async () => {
    await box.hover()
    for (let step = 0; step < 120; step += 1) {
      await page.mouse.wheel(0, 400)
      await page.waitForTimeout(16)
    }
    for (let leap = 1; leap <= 20; leap += 1) {
      await box.evaluate((element, part) => element.scrollTo(0, element.scrollHeight * part), leap / 20)
      await page.waitForTimeout(120)
    }
    await page.waitForTimeout(500)
  })
}

function report(what: string, found: readonly number[]): void {
  const sorted = found.toSorted((a, b) => a - b)
  const shown = (ms: number | undefined) => `${Math.round(ms ?? Number.NaN)} ms`
  const middle = sorted[Math.floor(sorted.length / 2)]
  console.log(
    `${what}: ${found.length === 1 ? shown(middle) : `${shown(middle)} in the median, ${shown(sorted.at(-1))} at most, of ${found.length}`}`,
  )
}

async function makeKey(): Promise<string> {
  const said = await cli(
    ...['keys', 'create', '--org', 'load', '--workspace', 'main', '--data', data as string],
    ...['--user', 'measuring@load.example', '--role', 'admin'],
  )
  const [found] = /sgw_[\w-]{20,}/.exec(said) ?? []
  if (found === undefined) throw new Error(`no key in: ${said}`)
  return found
}

async function cli(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['dist/main.js', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return said
}
