import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  STARTING_MS,
} from './open-explorer.js'

describe.skipIf(missing !== null)(`screens of the explorer${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let explorer: OpenExplorer
  let { page, ask, save, open, findings } = {} as OpenExplorer

  beforeAll(async () => {
    explorer = await openExplorer()
    ;({ page, ask, save, open, findings } = explorer)
  }, STARTING_MS)

  afterEach(() => {
    expect(explorer.troubles.splice(0)).toEqual([])
  })

  afterAll(() => explorer?.close())

  test('the overview tells what sessions come to, exactly, and each value leads to its sessions', async () => {
    await open('/w/acme/main/overview?last=90d')
    const coder = page
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: 'coder', exact: true }) })
    const count = Number(await coder.getByRole('cell').first().textContent())
    const from = new Date(Date.now() - 90 * 86_400_000).toISOString()
    const { workspace } = await ask(
      `{ workspace(organization: "acme", slug: "main") { sessionFacets(filter: { createdBetween: { from: "${from}" } }) {
        agents { edges { count totalCostUsd node { value } } } } sessions(filter: { createdBetween: { from: "${from}" } }) { totalCount } } }`,
    )
    const [facet] = workspace.sessionFacets.agents.edges.filter(({ node }: any) => node.value === 'coder')
    expect(count).toBe(facet.count)
    expect(await coder.getByRole('cell').last().getAttribute('title')).toBe(`$${facet.totalCostUsd}`)
    await page.getByRole('heading', { name: `${workspace.sessions.totalCount} sessions` }).waitFor()

    await coder.getByRole('link').click()
    await page.getByRole('heading', { name: `${count} sessions` }).waitFor()
    expect(page.url()).toMatch(/sessions\?agent=coder&last=90d/)
  })

  test('the charts of the overview are split by agent, and tell what each comes to', async () => {
    await open('/w/acme/main/overview?last=90d')
    await page.getByRole('button', { name: 'all together' }).click()
    await page.getByRole('menuitemradio', { name: 'by agent' }).click()
    const legend = page.getByRole('list', { name: 'Sessions by agent' })
    await legend.getByText('coder').waitFor()
    const { workspace } = await ask(
      '{ workspace(organization: "acme", slug: "main") { sessionFacets { agents(first: 5) { edges { count node { value } } } } } }',
    )
    const counted = workspace.sessionFacets.agents.edges.map(
      ({ count, node }: any) => `${node.value} ${count}`,
    )
    expect((await legend.getByRole('listitem').allTextContents()).sort()).toEqual(counted.sort())
    expect(await page.getByRole('list', { name: 'Cost by agent' }).textContent()).toMatch(/coder \$0\.\d/)
    expect(await explorer.findings()).toEqual([])
    await page.getByRole('button', { name: 'by agent' }).click()
    await page.getByRole('menuitemradio', { name: 'by owner' }).click()
    await page.getByRole('list', { name: 'Sessions by owner' }).getByText('priya').waitFor()

    await page.getByRole('radio', { name: 'Tokens' }).click()
    expect(new URL(page.url()).search).toBe('?last=90d&measure=tokens&by=owner')
    await page.reload()
    await page.getByRole('list', { name: 'Sessions by owner' }).getByText('priya').waitFor()
    expect(await page.getByRole('radio', { name: 'Tokens' }).isChecked()).toBe(true)
    await page.getByRole('link', { name: 'Sessions', exact: true }).click()
    await page.waitForURL(/sessions\?last=90d&measure=tokens&by=owner$/)
  })

  test('the overview tells what sessions that called a tool come to, and leads to them', async () => {
    await open('/w/acme/main/overview?last=90d')
    const tools = page
      .getByRole('table')
      .filter({ has: page.getByRole('columnheader', { name: 'Tool', exact: true }) })
    const first = tools
      .getByRole('row')
      .filter({ has: page.getByRole('link') })
      .first()
    const count = Number(await first.getByRole('cell').first().textContent())
    await first.getByRole('link').click()
    await page
      .getByRole('heading', { name: `${count} ${count === 1 ? 'session' : 'sessions'}`, exact: true })
      .waitFor()
    expect(page.url()).toMatch(/sessions\?tool=/)
  })

  test('above the list stands what its sessions come to, to the last digit', async () => {
    await open('/w/acme/main/sessions?agent=coder')
    const { workspace } = await ask(
      '{ workspace(organization: "acme", slug: "main") { sessionFacets(filter: { agents: "coder" }) { agents { edges { totalCostUsd totalTokens } } } } }',
    )
    const [{ totalCostUsd, totalTokens }] = workspace.sessionFacets.agents.edges
    await page.getByTitle(`$${totalCostUsd}`, { exact: true }).first().waitFor()
    await page.getByTitle(totalTokens.toLocaleString('en-US'), { exact: true }).first().waitFor()
  })

  test('on a wide screen an owner has room in the list, and no choice of the side bar is cut', async () => {
    await open('/w/acme/main/sessions', { width: 2560 })
    const owner = page.getByRole('columnheader', { name: 'owner' })
    await owner.waitFor()
    await expect.poll(async () => (await owner.boundingBox())?.width).toBeGreaterThan(200)
    const workloads = page.getByText('Workloads (evaluations, training')
    await expect.poll(() => workloads.evaluate((text) => text.scrollWidth - text.clientWidth)).toBe(0)
  })

  test('failed calls, lengths and tools narrow the list to the counts beside them', async () => {
    for (const group of ['Failed calls', 'Duration', 'Tool']) {
      // Anew, since counts of the filter before stand until others are there.
      await open('/w/acme/main/sessions')
      const value = page.getByRole('group', { name: group }).getByRole('button').first()
      const count = Number(/(\d+) sessions/.exec((await value.textContent()) ?? '')?.[1])
      await value.click()
      await page
        .getByRole('heading', { name: `${count} ${count === 1 ? 'session' : 'sessions'}`, exact: true })
        .waitFor()
      await page.getByRole('button', { name: new RegExp(`^Take off ${group}`) }).click()
    }
  })

  test('a stretch that is marked in a chart, by mouse or by keyboard, narrows the view to it', async () => {
    await open('/w/acme/main/overview?last=90d')
    const chart = page.getByRole('img', { name: /^Sessions over time/ })
    await chart.waitFor()
    await explorer.quiet()
    const { x, y, width } = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0 }
    await page.mouse.move(x + width * 0.6, y + 40)
    await page.mouse.down()
    await page.mouse.move(x + width - 2, y + 40)
    await page.mouse.up()
    await page.waitForURL(/from=.*&to=/)
    await page.getByRole('button', { name: /^Take off/ }).click()
    await page.waitForURL(/overview$/)

    const slider = page.getByRole('slider', { name: 'From, sessions' })
    // Another chart may take the place of the one that the first press moved.
    await expect
      .poll(async () => {
        await slider.press('ArrowRight')
        await slider.press('Enter')
        return page.url()
      })
      .toMatch(/from=.*&to=/)
  })

  test('an admin makes a key, sees it once, and ends it; nobody else is offered the screen', async () => {
    await open('/w/acme/main/keys')
    await page.getByRole('button', { name: 'New key…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('CI of the robots')
    await page.getByText('30 days').click()
    await page.getByRole('button', { name: 'Make it' }).click()
    const secret = await page.getByRole('textbox', { name: 'Key' }).inputValue()
    expect(secret).toMatch(/^sgw_[\w-]{40,}$/)
    expect(page.url()).not.toContain('sgw_')
    await page.getByRole('button', { name: 'Done' }).click()
    const row = page.getByRole('row').filter({ hasText: 'CI of the robots' })
    await row.getByText(`${secret.slice(0, 12)}…`).waitFor()
    expect(await page.content()).not.toContain(secret)

    const asked = () =>
      fetch(`${explorer.gateway.origin}/graphql`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: '{ viewer { scopes } }' }),
      }).then((response) => response.json())
    expect(await asked()).toEqual({ data: { viewer: { scopes: ['sessions:read'] } } })
    await row.getByRole('button', { name: /^Revoke/ }).click()
    await page.getByRole('button', { name: 'Revoke', exact: true }).click()
    await row.waitFor({ state: 'detached' })
    await expect.poll(async () => (await asked()).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')

    const reader = await explorer.browser.newContext()
    await reader.addInitScript("sessionStorage.setItem('session-gateway.key', 'sgw_demo_reader')")
    const other = await reader.newPage()
    await other.goto(`${explorer.gateway.origin}/w/acme/main/keys`)
    await other.getByText('The keys of a workspace are for its admins').waitFor()
    expect(await other.getByRole('link', { name: 'Keys' }).count()).toBe(0)
    await reader.close()
  })

  test('groups tell how many sessions they have, and open to them, and a session leads back to its group', async () => {
    await open('/w/acme/main/groups')
    const { workspace } = await ask(
      '{ workspace(organization: "acme", slug: "main") { sessionGroups { total nodes { title sessionCount sessions { title } } } } }',
    )
    await page.getByRole('heading', { name: `${workspace.sessionGroups.total} groups` }).waitFor()
    const [group] = workspace.sessionGroups.nodes
    await page.getByRole('link', { name: group.title }).click()
    const pane = page.getByRole('article', { name: 'Group' })
    await pane.getByRole('heading', { name: `${group.sessionCount} sessions` }).waitFor()
    await pane.getByRole('link', { name: group.sessions[0].title }).first().click()
    await page.getByRole('article', { name: 'Session' }).waitFor()
    // And back, from the session to what it is one of.
    await page
      .getByRole('article', { name: 'Session' })
      .getByRole('link', { name: `${group.sessionCount} sessions` })
      .click()
    await pane.getByRole('heading', { name: `${group.sessionCount} sessions` }).waitFor()
  })

  test('axe finds nothing where a popover is open over the list, nor over a session', async () => {
    await open('/w/acme/main/sessions')
    await page.getByRole('grid').waitFor()
    const opened = async (opener: RegExp, dialog: string) => {
      await page.getByRole('button', { name: opener }).first().click()
      await page.getByRole('dialog', { name: dialog }).waitFor()
      await explorer.quiet()
      expect(await findings(), dialog).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await opened(/ of owner$/, 'All of Owner')
    await opened(/^Saved/, 'Saved filters')
    await opened(/^any time/, 'When sessions began')
    await page.getByRole('row').nth(1).click()
    await page.getByRole('log').waitFor()
    await opened(/^by model/, 'Usage by model')
  })

  const message = (role: string, content: string | null, more: object) => ({
    ...{ id: crypto.randomUUID(), role, content },
    ...more,
  })

  test('which tools failed stands in the head of a session, and sessions with failures are counted by tool in one click', async () => {
    const id = crypto.randomUUID()
    const callId = crypto.randomUUID()
    const called = (callId: string, name: string) =>
      message('ASSISTANT', 'Looking.', { toolCalls: [{ id: callId, name, arguments: '{}' }] })
    await save(id, 'A flawed one', [
      ...[called(callId, 'sextant'), message('TOOL', 'No sun.', { toolCallId: callId, isError: true })],
      called(crypto.randomUUID(), 'sextant'),
      called(crypto.randomUUID(), 'compass'),
    ])
    await open(`/w/acme/main/sessions/${id}`)
    await page.getByText('failed: sextant 1').waitFor()
    await page.getByRole('button', { name: '3 calls' }).click()
    const table = page.getByRole('dialog', { name: 'Calls by tool' })
    await table.getByRole('row', { name: 'sextant 2 1' }).waitFor()
    await table.getByRole('row', { name: 'compass 1 0' }).waitFor()
    expect(await findings()).toEqual([])

    await open('/w/acme/main/overview')
    await page.getByRole('link', { name: 'Only of sessions with failed calls' }).click()
    await page.waitForURL(/failed=1\.\./)
    await page.getByText('Sessions with failed calls, by the tools that they used.').waitFor()
    await page.getByRole('link', { name: 'Of all sessions' }).click()
    await page.getByRole('link', { name: 'Only of sessions with failed calls' }).waitFor({ timeout: 5000 })
  })

  const screens: Record<string, { path: (ids: Ids) => string; isThere: () => Promise<void> }> = {
    overview: { path: () => 'overview', isThere: () => page.getByRole('table').first().waitFor() },
    sessions: { path: () => 'sessions', isThere: () => page.getByRole('grid').waitFor() },
    'a session': {
      path: ({ session }) => `sessions/${session}`,
      isThere: () => page.getByRole('log').waitFor(),
    },
    'an empty list': {
      path: () => 'sessions?agent=nobody',
      isThere: () => page.getByRole('heading', { name: 'No session matches' }).waitFor(),
    },
    groups: { path: () => 'groups', isThere: () => page.getByRole('table').first().waitFor() },
    'a group': { path: ({ group }) => `groups/${group}`, isThere: () => page.getByRole('article').waitFor() },
    members: { path: () => 'members', isThere: () => page.getByRole('table').waitFor() },
    workspaces: { path: () => 'workspaces', isThere: () => page.getByRole('table').waitFor() },
    keys: { path: () => 'keys', isThere: () => page.getByRole('table').waitFor() },
    audit: { path: () => 'audit?outcome=done', isThere: () => page.getByRole('table').waitFor() },
  }

  test.each(
    Object.keys(screens).flatMap((screen) =>
      (['light', 'dark'] as const).map((scheme) => ({ screen, scheme })),
    ),
  )(
    'axe finds nothing on the screen of $screen in the $scheme theme, on a phone and on a wall',
    async ({ screen, scheme }) => {
      const { workspace } = await ask(
        '{ workspace(organization: "acme", slug: "main") { sessions(first: 1, orderBy: { field: MESSAGE_COUNT }) { edges { node { uuid } } } sessionGroups { nodes { uuid } } } }',
      )
      const ids = {
        session: workspace.sessions.edges[0].node.uuid,
        group: workspace.sessionGroups.nodes[0].uuid,
      }
      for (const width of [1600, 390, 3840]) {
        await open(`/w/acme/main/${screens[screen]?.path(ids)}`, { scheme, width })
        await screens[screen]?.isThere()
        await explorer.quiet()
        expect(await findings(), `${screen} at ${width}`).toEqual([])
      }
    },
  )
})

interface Ids {
  session: string
  group: string
}
