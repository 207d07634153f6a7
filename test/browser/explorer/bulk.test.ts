import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  place,
  STARTING_MS,
} from './open-explorer.js'

describe.skipIf(missing !== null)(`acts on many sessions${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let explorer: OpenExplorer
  let { page, ask, save, open } = {} as OpenExplorer

  beforeAll(async () => {
    explorer = await openExplorer()
    ;({ page, ask, save, open } = explorer)
  }, STARTING_MS)

  afterEach(() => {
    expect(explorer.troubles.splice(0)).toEqual([])
  })

  afterAll(() => explorer?.close())

  /** Some sessions of an agent of their own. */
  async function saveSome(agent: string, count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => crypto.randomUUID())
    for (const [at, id] of ids.entries()) await save(id, `${agent} ${at}`, [], { agent })
    return ids
  }

  const toolbar = () => page.getByRole('toolbar', { name: 'Selected sessions' })
  const selectAll = () => page.getByRole('checkbox', { name: 'Select all that are loaded' })
  const read = async (ids: readonly string[], fields: string) => {
    const each = ids.map((id, at) => `s${at}: session(id: "${id}") { ${fields} }`).join(' ')
    const { workspace } = await ask(`{ workspace(organization: "acme", slug: "main") { ${each} } }`)
    return Object.values(workspace) as any[]
  }

  test('all that are loaded are selected by one box, and none by the next click on it', async () => {
    await saveSome('select-all', 3)
    await open('/w/acme/main/sessions?agent=select-all')
    await page.getByRole('heading', { name: '3 sessions' }).waitFor()
    await selectAll().click()
    await toolbar().getByText('3 selected').waitFor()
    await page.getByRole('checkbox', { name: 'Select select-all 1' }).click()
    await toolbar().getByText('2 selected').waitFor()
    await expect.poll(() => selectAll().isChecked()).toBe(false)
    await selectAll().click()
    await toolbar().getByText('3 selected').waitFor()
    await selectAll().click()
    await toolbar().waitFor({ state: 'detached' })
  })

  test('what one archives leaves the list, its total and its counts at once, and comes back when it is undone', async () => {
    await saveSome('follower', 3)
    await open('/w/acme/main/sessions?agent=follower')
    await page.getByRole('heading', { name: '3 sessions' }).waitFor()
    const counted = (count: string) =>
      page
        .getByRole('group', { name: 'Agent' })
        .getByRole('button', { name: /^follower/ })
        .getByTitle(count, { exact: true })
        .waitFor()
    const row = page.getByRole('row').filter({ hasText: 'follower 1' })
    await counted('3')
    await row.getByRole('checkbox').click()
    await toolbar().getByRole('button', { name: 'Archive' }).click()
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    await row.waitFor({ state: 'detached' })
    await counted('2')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('heading', { name: '3 sessions' }).waitFor()
    await row.waitFor()
    await counted('3')
  })

  test('a label that one adds to the open session is counted at once; taken off, it brings the session back into a view without it', async () => {
    const [id] = (await saveSome('labelled-here', 2)) as [string]
    const value = crypto.randomUUID()
    await open(`/w/acme/main/sessions/${id}?agent=labelled-here`)
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    await page.getByRole('button', { name: '+ label' }).click()
    await page.getByRole('textbox', { name: 'key: value' }).fill(`fresh: ${value}`)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    const counted = page.getByRole('group', { name: 'Label: fresh' }).getByRole('button')
    await counted.filter({ hasText: value }).getByTitle('1', { exact: true }).waitFor()

    await open(`/w/acme/main/sessions/${id}?agent=labelled-here&not.label=fresh:${value}`)
    await page.getByRole('heading', { name: '1 session', exact: true }).waitFor()
    await explorer.hears('useLiveSessionsSubscription')
    await page.getByRole('button', { name: `Take off fresh: ${value}` }).click()
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    await page.getByRole('row').filter({ hasText: 'labelled-here 0' }).waitFor()
  })

  test('a title without the words that are searched for takes its session out of the view, and back in', async () => {
    const ids = [crypto.randomUUID(), crypto.randomUUID()] as const
    for (const [at, each] of ids.entries()) await save(each, `wanted-word ${at}`)
    const [id] = ids
    await open(`/w/acme/main/sessions/${id}?q=wanted-word`)
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    const rename = async (title: string) => {
      await page.getByRole('button', { name: 'Edit the title' }).click()
      await page.getByRole('textbox', { name: 'Title' }).fill(title)
      await page.keyboard.press('Enter')
    }
    const row = page.getByRole('row').filter({ hasText: /another thing|wanted-word 0/ })
    await row.waitFor()
    await rename('another thing')
    await row.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: '1 session', exact: true }).waitFor()
    await rename('wanted-word 0')
    await row.waitFor()
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
  })

  test('what is selected is exported as a table, and as transcripts a line each', async () => {
    const ids = await saveSome('exported', 1)
    const [other] = [crypto.randomUUID()]
    const said = [{ id: crypto.randomUUID(), role: 'USER', content: 'Take this along.' }]
    await save(other, '=HYPERLINK("http://x.example")', said, { agent: 'exported' })
    await open('/w/acme/main/sessions?agent=exported')
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    await selectAll().click()
    const exportAs = async (name: RegExp) => {
      await toolbar()
        .getByRole('button', { name: /^Export/ })
        .click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name }).click(),
      ])
      return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')] as const
    }
    const [name, table] = await exportAs(/CSV/)
    expect(name).toBe('main-sessions.csv')
    expect(
      table
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',', 1)[0])
        .sort(),
    ).toEqual([...ids, other].sort())
    expect(table).toContain(`"'=HYPERLINK(""http://x.example"")"`)
    await toolbar().getByText('2 sessions exported.').waitFor()
    const [, lines] = await exportAs(/chat messages/)
    const told = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(told.find(({ id }) => id === other).messages).toEqual([
      { role: 'user', content: 'Take this along.' },
    ])
    expect(told.map(({ id }) => id).sort()).toEqual([...ids, other].sort())
  })

  test('of each session it is told what came of it, a refusal with its reason', async () => {
    const [first, second] = (await saveSome('outcomes', 2)) as [string, string]
    await open('/w/acme/main/sessions?agent=outcomes')
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    await selectAll().click()
    await toolbar().getByText('2 selected').waitFor()
    // Somebody else freezes one while the call is on its way.
    await page.route('**/graphql', async (route) => {
      if (/MoveMutation/.test(route.request().postData() ?? ''))
        await ask(
          'mutation ($input: FreezeSessionInput!) { freezeSession(input: $input) { session { frozenAt } } }',
          { input: { ...place, id: second } },
        )
      await route.continue()
    })
    await toolbar().getByRole('button', { name: /^Move/ }).click()
    await page.getByRole('menuitem', { name: 'No project' }).waitFor()
    await page.getByRole('menuitem').first().click()
    await page.getByText(/^1 moved, 1 refused\.$/).waitFor()
    const report = page.getByRole('status').filter({ hasText: 'refused' })
    const lines = report.getByRole('listitem')
    await expect.poll(() => lines.count()).toBe(2)
    expect(await lines.filter({ hasText: second.slice(0, 8) }).textContent()).toMatch(/frozen/i)
    expect(await lines.filter({ hasText: first.slice(0, 8) }).textContent()).toContain('moved')
    await page.unroute('**/graphql')
  })

  test('what was moved goes back to where each of it was', async () => {
    const ids = await saveSome('mover', 2)
    const { workspace } = await ask(
      '{ workspace(organization: "acme", slug: "main") { projects(first: 10) { edges { node { uuid name } } } } }',
    )
    const [home, away] = workspace.projects.edges.map(({ node }: any) => node)
    await ask(
      'mutation ($input: MoveSessionsInput!) { moveSessions(input: $input) { outcomes { result } } }',
      { input: { ...place, ids: ids.slice(0, 1), projectId: home.uuid } },
    )
    const before = await read(ids, 'project { uuid }')
    await open('/w/acme/main/sessions?agent=mover')
    await page.getByRole('heading', { name: '2 sessions' }).waitFor()
    await selectAll().click()
    await toolbar().getByRole('button', { name: /^Move/ }).click()
    await page.getByRole('menuitem', { name: away.name }).click()
    await page.getByText('2 moved.').waitFor()
    expect(await read(ids, 'project { uuid }')).toEqual(ids.map(() => ({ project: { uuid: away.uuid } })))
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('2 moved back.').waitFor()
    expect(await read(ids, 'project { uuid }')).toEqual(before)
  })
})
