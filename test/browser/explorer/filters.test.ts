import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  STARTING_MS,
} from './open-explorer.js'

describe.skipIf(missing !== null)(`filters of the explorer${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let explorer: OpenExplorer
  let { page, ask, save, open } = {} as OpenExplorer

  beforeAll(async () => {
    explorer = await openExplorer()
    ;({ page, ask, save, open } = explorer)
    for (let place = 0; place < 8; place += 1)
      for (const copy of [1, 2])
        await save(crypto.randomUUID(), `Many agents ${place}.${copy}`, [], { agent: `crowd-${place}` })
    await save(crypto.randomUUID(), 'A rare agent', [], { agent: 'rarest' })
  }, STARTING_MS)

  afterEach(() => {
    expect(explorer.troubles.splice(0)).toEqual([])
  })

  afterAll(() => explorer?.close())

  test('a view that is saved under a name keeps its stretch up to now and its order', async () => {
    await open('/w/acme/main/sessions?agent=coder&last=7d&sort=cost')
    await page.getByRole('button', { name: 'Saved' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Dear ones of this week')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Dear ones of this week', exact: true }).waitFor()

    await open('/w/acme/main/sessions')
    await page.getByRole('button', { name: 'Saved' }).click()
    await page.getByRole('button', { name: 'Dear ones of this week', exact: true }).click()
    await page.getByRole('button', { name: 'Take off last 7 days' }).waitFor()
    await expect.poll(() => new URL(page.url()).search).toBe('?agent=coder&last=7d&sort=cost')
  })

  test('more saved views than a page are shown when asked for, to the last', async () => {
    const tens = Array.from({ length: 10 }, (_, at) => at)
    const each = (write: (at: number) => string) => tens.map(write).join(' ')
    const query = `mutation (${each((at) => `$f${at}: SaveFilterInput!`)}) { ${each((at) => `f${at}: saveFilter(input: $f${at}) { savedFilter { uuid } }`)} }`
    for (let made = 0; made < 110; made += 10) {
      const inputs = tens.map((at) => ({
        ...{ organization: 'acme', workspace: 'research', id: crypto.randomUUID(), filter: {} },
        name: `view ${String(made + at).padStart(3, '0')}`,
      }))
      await ask(query, Object.fromEntries(inputs.map((input, at) => [`f${at}`, input])))
    }
    await open('/w/acme/research/sessions')
    await page.getByRole('button', { name: 'Saved' }).click()
    const views = page.getByRole('button', { name: /^view \d+$/ })
    await expect.poll(() => views.count()).toBe(100)
    await page.getByRole('button', { name: 'Show more saved views' }).click()
    await expect.poll(() => views.count()).toBe(110)
    expect(await page.getByRole('button', { name: 'Show more saved views' }).count()).toBe(0)
  })

  test('a view that is shared stands in the list of a colleague, who may not take it away', async () => {
    await open('/w/acme/main/sessions?agent=on-call')
    await page.getByRole('button', { name: 'Saved' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Night shift')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Share Night shift with the workspace' }).click()
    await page.getByRole('button', { name: 'Share Night shift with the workspace', pressed: true }).waitFor()

    const colleague = await explorer.browser.newContext()
    await colleague.addInitScript("sessionStorage.setItem('session-gateway.key', 'sgw_demo_reader')")
    const other = await colleague.newPage()
    await other.goto(`${explorer.gateway.origin}/w/acme/main/sessions`)
    await other.getByRole('button', { name: 'Saved' }).click()
    await other.getByRole('button', { name: 'Night shift of maya' }).click()
    await other.getByRole('button', { name: 'Take off Agent: on-call' }).waitFor()
    await other.getByRole('button', { name: 'Saved' }).click()
    await other.getByRole('button', { name: 'Night shift of maya' }).waitFor()
    expect(await other.getByRole('button', { name: /^(Delete|Share) Night shift/ }).count()).toBe(0)
    await colleague.close()
  })

  test('days are typed, either of them alone too, or marked in a calendar', async () => {
    const time = () => page.getByRole('group', { name: 'Time' }).getByRole('button')
    const dialog = page.getByRole('dialog', { name: 'When sessions began' })
    const begins = (day: string) => new Date(`${day}T00:00:00`).toISOString()
    await open('/w/acme/main/sessions')
    await time().click()
    await dialog.getByRole('spinbutton', { name: /month, From/ }).click()
    await page.keyboard.type('01022026')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => new URL(page.url()).searchParams.get('from')).toBe(begins('2026-01-02'))
    expect(new URL(page.url()).searchParams.get('to')).toBeNull()
    expect(await time().textContent()).toContain('since Jan 2, 2026')

    await time().click()
    await dialog.getByRole('spinbutton', { name: /month, Until/ }).click()
    await page.keyboard.type('01032026')
    await dialog.getByRole('button', { name: 'Show these days' }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('to')).toBe(begins('2026-01-04'))

    await time().click()
    await dialog.getByRole('button', { name: /January 5, 2026/ }).click()
    await dialog.getByRole('button', { name: /January 7, 2026/ }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('to')).toBe(begins('2026-01-08'))
    expect(new URL(page.url()).searchParams.get('from')).toBe(begins('2026-01-05'))
  })

  test('a bound that is no number stays as it was typed, and says what the field takes', async () => {
    await open('/w/acme/main/sessions')
    const from = page.getByRole('textbox', { name: 'Tokens from' })
    for (const text of ['0x10', '7.9', '1e3']) {
      await from.fill(text)
      await from.press('Enter')
      await page.getByRole('alert').filter({ hasText: 'Takes a whole number, such as 1200.' }).waitFor()
      expect([await from.inputValue(), new URL(page.url()).search]).toEqual([text, ''])
    }
    expect(await explorer.findings()).toEqual([])

    await from.fill('3000000000')
    await from.press('Enter')
    await expect.poll(() => new URL(page.url()).search).toBe('?tokens=3000000000..')
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
  })

  test('each chip takes off one thing and leaves the others; the last takes off all', async () => {
    const chips = [
      'agent=coder',
      'not.label=env%3Aprod',
      'last=90d',
      'cost=0.0001..',
      'frozen=0',
      'archived=any',
    ]
    const names = ['Agent: coder', 'not env:prod', 'last 90 days', 'Cost: ', 'not frozen', 'archived too']
    await open(`/w/acme/main/sessions?${chips.join('&')}`)
    await page.getByRole('list', { name: 'Filters that are on' }).waitFor()
    for (const [place, name] of names.slice(0, 3).entries()) {
      await page.getByRole('button', { name: new RegExp(`^Take off ${name}`) }).click()
      await expect.poll(() => new URL(page.url()).search.slice(1)).toBe(chips.slice(place + 1).join('&'))
    }
    await page.getByRole('button', { name: 'Clear all' }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('')
    const { workspace } = await ask(
      '{ workspace(organization: "acme", slug: "main") { sessions { totalCount } } }',
    )
    await page.getByRole('heading', { name: `${workspace.sessions.totalCount} sessions` }).waitFor()
  })

  test('where nothing matches, one press looks among archived and workload sessions too, and is offered once', async () => {
    await open('/w/acme/main/sessions?agent=nobody')
    const look = page.getByRole('button', { name: 'Look among all' })
    await look.click()
    await page.getByRole('button', { name: 'Take off archived too' }).waitFor()
    await page.getByRole('button', { name: 'Take off workloads too' }).waitFor()
    await page.getByRole('heading', { name: 'No session matches' }).waitFor()
    await expect.poll(() => look.count()).toBe(0)
  })

  test('an owner is chosen among all members, also one without a session, and is called by name in its chip', async () => {
    const { workspace } = await ask(
      `{ workspace(organization: "acme", slug: "main") { members(first: 100) { edges { node { user { login fullName } } } }
        sessionFacets { users(first: 1000) { edges { node { login } } } } } }`,
    )
    const busy = workspace.sessionFacets.users.edges.map(({ node }: any) => node.login)
    const idle = workspace.members.edges
      .map(({ node }: any) => node.user)
      .find((user: any) => !busy.includes(user.login))
    await open('/w/acme/main/sessions')
    await page.getByRole('button', { name: 'anybody… of owner' }).click()
    const picker = page.getByRole('dialog', { name: 'All of Owner' })
    await picker.getByRole('searchbox', { name: 'Find values' }).fill(idle.login)
    await picker.getByRole('button', { name: new RegExp(`^${idle.login}`) }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: '0 sessions' }).waitFor()
    await page.getByRole('button', { name: new RegExp(`^Take off Owner: ${idle.login}`) }).waitFor()
    await explorer.quiet()
    await page.reload()
    await page.getByRole('button', { name: new RegExp(`^Take off Owner: ${idle.login}`) }).waitFor()
  })

  test('a value is found by the middle of its name, and chosen', async () => {
    await open('/w/acme/main/sessions')
    await page.getByRole('button', { name: /more… of agent$/ }).click()
    const picker = page.getByRole('dialog', { name: 'All of Agent' })
    await picker.getByRole('searchbox', { name: 'Find values' }).fill('OWD-3')
    await picker.getByText('1 value', { exact: true }).waitFor()
    await picker.getByRole('button', { name: /^crowd-3/ }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    await page.getByRole('button', { name: 'Take off Agent: crowd-3' }).waitFor()
  })

  test('every value of every dimension is offered', async () => {
    await open('/w/acme/main/sessions?last=90d')
    await page.getByRole('group', { name: 'Agent' }).waitFor()
    const ways = page.getByRole('button', { name: /(more…|find…|anybody…) of / })
    const titles = (await ways.allTextContents()).map((text) => text.replace(/^.* of /, ''))
    expect(titles).toContain('agent')
    for (const title of titles) {
      await page.getByRole('button', { name: new RegExp(`… of ${title}$`) }).click()
      const picker = page.getByRole('dialog', { name: /^All of/ })
      await picker.getByText(/^[1-9]\d* values?$/).waitFor()
      expect(await picker.getByRole('alert').count(), title).toBe(0)
      await page.keyboard.press('Escape')
      await picker.waitFor({ state: 'detached' })
    }
  })

  test('a chosen value beyond the first of its dimension stays in sight, with its own count', async () => {
    await open('/w/acme/main/sessions?agent=rarest')
    await page.getByRole('heading', { name: '1 session', exact: true }).waitFor()
    const chosen = page.getByRole('group', { name: 'Agent' }).getByRole('button', { name: /^rarest/ })
    await chosen.getByTitle('1', { exact: true }).waitFor()
  })
})
