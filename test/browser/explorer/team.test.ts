import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { mutationOf } from '../../support/mutation.js'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  place,
  STARTING_MS,
} from './open-explorer.js'

describe.skipIf(missing !== null)(`a team in the explorer${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let explorer: OpenExplorer
  let { page, ask, open, save } = {} as OpenExplorer

  beforeAll(async () => {
    explorer = await openExplorer()
    ;({ page, ask, open, save } = explorer)
  }, STARTING_MS)

  afterEach(() => {
    expect(explorer.troubles.splice(0)).toEqual([])
  })

  afterAll(() => explorer?.close())

  const tens = Array.from({ length: 10 }, (_, at) => at)
  const each = (write: (at: number) => string) => tens.map(write).join(' ')
  const rowOf = (login: string) => page.getByRole('row').filter({ hasText: login })
  const roleOf = async (login: string) => {
    const { workspace } = await ask(
      `{ workspace(organization: "acme", slug: "main") { members(search: "${login}") { edges { node { role } } } } }`,
    )
    return workspace.members.edges[0]?.node.role
  }

  test('an admin adds a member, gives another role, and takes the member out', async () => {
    await open('/w/acme/main/members')
    await page.getByRole('button', { name: 'Add a member…' }).click()
    await page.getByRole('textbox', { name: /^E-mail address/ }).fill('ada@acme.example')
    await page.getByRole('radiogroup').getByText('read', { exact: true }).click()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await rowOf('ada@acme.example').waitFor()
    expect(await roleOf('ada@acme.example')).toBe('READ')

    await page.getByRole('searchbox', { name: 'Find a member' }).fill('ada@')
    await rowOf('jonas').waitFor({ state: 'detached' })
    await rowOf('ada')
      .getByRole('button', { name: /^Role of/ })
      .click()
    await page.getByRole('menuitemradio', { name: 'write' }).click()
    await rowOf('ada')
      .getByRole('button', { name: /: write$/ })
      .waitFor()
    expect(await roleOf('ada@acme.example')).toBe('WRITE')

    await rowOf('ada')
      .getByRole('button', { name: /^Remove/ })
      .click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('Nobody is called so.').waitFor()
    expect(await roleOf('ada@acme.example')).toBeUndefined()
  })

  test('the last admin is asked first, and told why it stays one', async () => {
    await open('/w/acme/main/members')
    await rowOf('maya')
      .getByRole('button', { name: /^Role of/ })
      .click()
    await page.getByRole('menuitemradio', { name: 'read' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: 'Change it' }).click()
    await dialog.getByText('A workspace keeps an admin').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await rowOf('maya')
      .getByRole('button', { name: /: admin$/ })
      .waitFor()
    expect(await roleOf('maya')).toBe('ADMIN')
  })

  test('an admin makes a workspace, which the bar offers at once, and renames it', async () => {
    await open('/w/acme/main/workspaces')
    await page.getByRole('button', { name: 'New workspace…' }).click()
    await page.getByRole('textbox', { name: /^Key/ }).fill('robots')
    await page.getByRole('textbox', { name: 'Name' }).fill('Robots')
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.getByRole('link', { name: 'Robots' }).waitFor()
    await page.getByRole('button', { name: /^Workspace acme/ }).click()
    await page.getByRole('menuitem', { name: 'Robots' }).waitFor()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Rename Robots…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Robots of the lab')
    await page.getByRole('textbox', { name: 'What it is for' }).fill('arms and grippers')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Robots of the lab' }).click()
    await page.waitForURL(/\/w\/acme\/robots\/sessions/)
    const { workspace } = await ask(
      '{ workspace(organization: "acme", slug: "robots") { name description } }',
    )
    expect(workspace).toEqual({ name: 'Robots of the lab', description: 'arms and grippers' })

    // A key that is taken is refused where it was typed.
    await open('/w/acme/main/workspaces')
    await page.getByRole('button', { name: 'New workspace…' }).click()
    await page.getByRole('textbox', { name: /^Key/ }).fill('robots')
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
  })

  test('a project is made, renamed and deleted, and one with sessions stays', async () => {
    await open('/w/acme/main/projects')
    await page.getByRole('button', { name: 'New project…' }).click()
    await page.getByRole('textbox', { name: /^Key/ }).fill('refunds')
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.getByRole('button', { name: 'Rename refunds…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Refunds of 2026')
    await page.getByRole('textbox', { name: 'What it is for' }).fill('money back')
    await page.getByRole('button', { name: 'Save' }).click()
    await rowOf('Refunds of 2026').getByText('money back').waitFor()
    const projectOf = `{ workspace(organization: "acme", slug: "main") { projects(first: 100) { edges { node { slug name description } } } } }`
    const projects = async () => (await ask(projectOf)).workspace.projects.edges.map(({ node }: any) => node)
    expect(await projects()).toContainEqual({
      ...{ slug: 'refunds', name: 'Refunds of 2026', description: 'money back' },
    })

    const remove = async (name: string) => {
      await rowOf(name)
        .getByRole('button', { name: /^Delete/ })
        .click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    }
    await remove('Payments API')
    await page.getByRole('alertdialog').getByRole('alert').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await remove('Refunds of 2026')
    await rowOf('Refunds of 2026').waitFor({ state: 'detached' })
    const slugs = (await projects()).map(({ slug }: any) => slug)
    expect(slugs).toContain('payments-api')
    expect(slugs).not.toContain('refunds')
  })

  test('more keys than a page are shown when asked for, to the oldest', async () => {
    const input = { organization: 'acme', workspace: 'research', scopes: ['sessions:read'] }
    const ten = (from: number) => ({
      query: `mutation (${each((at) => `$k${at}: CreateApiKeyInput!`)}) { ${each((at) => `k${at}: createApiKey(input: $k${at}) { apiKey { id } }`)} }`,
      variables: Object.fromEntries(tens.map((at) => [`k${at}`, { ...input, name: `many ${from + at}` }])),
    })
    for (let made = 0; made < 200; made += 10) {
      const { query, variables } = ten(made)
      await ask(query, variables)
    }
    await open('/w/acme/research/keys')
    await rowOf('many 199').waitFor()
    expect(await rowOf('in use here').count()).toBe(0)

    await page.getByRole('button', { name: 'Show more keys' }).click()
    await rowOf('in use here').waitFor()
  })

  test('an operator names the organization, makes another, and sees its key once', async () => {
    await open('/w/acme/main/workspaces')
    await page.getByRole('button', { name: 'Rename the organization…' }).click()
    await page.getByRole('textbox', { name: 'What it is for' }).fill('everything')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect((await ask('{ organization(slug: "acme") { description } }')).organization.description).toBe(
      'everything',
    )

    await page.getByRole('link', { name: 'Organizations' }).click()
    await rowOf('acme').getByText('yours').waitFor()
    await page.getByRole('button', { name: 'New organization…' }).click()
    await page.getByRole('textbox', { name: /^Key/ }).fill('globex')
    await page.getByRole('textbox', { name: 'Name' }).fill('Globex')
    await page.getByRole('button', { name: 'Make it' }).click()
    const key = await page.getByRole('textbox', { name: 'Key', exact: true }).inputValue()
    await page.getByRole('button', { name: 'Done' }).click()
    await rowOf('Globex').getByText('globex', { exact: true }).waitFor()
    expect(await page.content()).not.toContain(key)

    const context = await explorer.browser.newContext()
    await context.addInitScript(`sessionStorage.setItem('session-gateway.key', '${key}')`)
    const there = await context.newPage()
    await there.goto(`${explorer.gateway.origin}/w/globex/main/members`)
    await there.getByRole('row').filter({ hasText: 'maya' }).getByText('admin').waitFor()
    const tabs = there.getByRole('navigation', { name: 'Team' }).getByRole('link')
    expect(await tabs.allTextContents()).not.toContain('Organizations')
    await there.goto(`${explorer.gateway.origin}/w/globex/main/organizations`)
    await there.getByText('The organizations of a gateway are for its operators.').waitFor()
    await context.close()
  })

  test('whoever may change nothing is offered nothing, and sees who is there', async () => {
    const context = await explorer.browser.newContext()
    await context.addInitScript("sessionStorage.setItem('session-gateway.key', 'sgw_demo_reader')")
    const reader = await context.newPage()
    await reader.goto(`${explorer.gateway.origin}/w/acme/main/members`)
    await reader.getByRole('row').filter({ hasText: 'maya' }).getByText('admin').waitFor()
    const tabs = reader.getByRole('navigation', { name: 'Team' }).getByRole('link')
    expect(await tabs.allTextContents()).toEqual(['Members', 'Projects', 'Workspaces'])
    expect(await reader.getByRole('main').getByRole('button').count()).toBe(0)

    await tabs.filter({ hasText: 'Workspaces' }).click()
    await reader.getByRole('heading', { name: 'Workspaces of acme' }).waitFor()
    expect(await reader.getByRole('main').getByRole('button').count()).toBe(0)

    await reader.goto(`${explorer.gateway.origin}/w/acme/main/audit`)
    await reader.getByText('What was done in a workspace is told to its admins').waitFor()
    await context.close()
  })

  test('an admin finds who did what to a session, and sends the address', async () => {
    const id = 'a0d17000-0000-4000-8000-000000000001'
    await save(id, 'Audited by the explorer')
    for (const act of ['archiveSession', 'unarchiveSession', 'archiveSession'])
      await ask(mutationOf(act, 'session { id }'), { input: { ...place, id } })
    await fetch(`${explorer.gateway.origin}/graphql`, {
      method: 'POST',
      headers: { Authorization: 'Bearer sgw_demo_reader', 'Content-Type': 'application/json' },
      body: JSON.stringify({
        query: `mutation { archiveSession(input: { organization: "acme", workspace: "main", id: "${id}" }) { session { id } } }`,
      }),
    })

    await open('/w/acme/main/audit')
    await page.getByRole('textbox', { name: 'Id of a session' }).fill(id)
    await page.waitForURL(/subject=/)
    const rows = page.getByRole('table', { name: 'Entries' }).locator('[role="row"][aria-rowindex]')
    // A head, what made it, three acts, and one that was refused.
    await expect.poll(() => rows.count()).toBe(6)

    await page.getByRole('radio', { name: 'refused' }).click()
    await expect.poll(() => rows.count()).toBe(2)
    const refused = rows.filter({ hasText: 'FORBIDDEN' })
    await refused.getByText('jonas').waitFor()

    await page.getByRole('radio', { name: 'all' }).click()
    await page.getByRole('button', { name: 'acts' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'archive session', exact: true }).click()
    await page.keyboard.press('Escape')
    await expect.poll(() => rows.count()).toBe(4)
    await rows.getByRole('button', { name: 'maya' }).first().click()
    await expect.poll(() => rows.count()).toBe(3)

    const shared = await explorer.context.newPage()
    await shared.goto(page.url())
    const sharedRows = shared.getByRole('table', { name: 'Entries' }).locator('[role="row"][aria-rowindex]')
    await expect.poll(() => sharedRows.count()).toBe(3)
    await sharedRows.getByRole('link', { name: 'Audited by the explorer' }).first().click()
    await shared.getByRole('article', { name: 'Session' }).waitFor()
    await shared.close()

    await page.getByRole('button', { name: 'Clear all' }).click()
    await page.waitForURL(/audit$/)
  })

  test('what has a name alone, as a role of the database, is told by it, and it turns no words around', async () => {
    // Only PostgreSQL has such roles, and the demo is on the embedded store.
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch()
      const answer = await response.json().catch(() => null)
      const node = answer?.data?.organization?.auditEntries?.edges[0]?.node
      if (node == null) return route.fulfill({ response })
      Object.assign(node, {
        act: 'ALLOW_READER',
        subjectUuid: null,
        session: null,
        subjectName: 'bi\u202etool',
      })
      return route.fulfill({ response, json: answer })
    })
    await open('/w/acme/main/audit')
    const row = page.getByRole('row').filter({ hasText: 'allow reader' })
    await row.getByText('bi⟨U+202E⟩tool', { exact: true }).waitFor()
    expect(await row.getByRole('button', { name: 'only this' }).count()).toBe(0)
    await page.unroute('**/graphql')
  })

  test('entries come by their cursors as one scrolls, to the very first', async () => {
    const { workspace } = await ask(
      '{ workspace(organization: "acme", slug: "main") { sessions(first: 20) { edges { node { uuid } } } } }',
    )
    const ids = workspace.sessions.edges.map(({ node }: any) => node.uuid)
    for (let round = 0; round < 5; round += 1)
      for (const act of ['pin', 'unpin'])
        await ask(
          `mutation ($ids: [UUID!]!) { ${act}Sessions(input: { organization: "acme", workspace: "main", ids: $ids }) { outcomes { result } } }`,
          { ids },
        )
    await open('/w/acme/main/audit')
    const table = page.getByRole('table', { name: 'Entries' })
    await table.waitFor()
    const total = await countEntries(ask)
    expect(total).toBeGreaterThan(200)
    await expect
      .poll(
        async () => {
          await table.evaluate((element) => element.scrollTo(0, element.scrollHeight))
          return Number(await table.getAttribute('aria-rowcount'))
        },
        { timeout: 30_000 },
      )
      .toBe(total + 1)
  })
})

async function countEntries(ask: OpenExplorer['ask']): Promise<number> {
  let total = 0
  let after: string | null = null
  const { workspace } = await ask('{ workspace(organization: "acme", slug: "main") { uuid } }')
  do {
    const { organization } = await ask(
      `query ($after: String, $filter: AuditFilter) { organization(slug: "acme") {
        auditEntries(first: 200, after: $after, filter: $filter) { edges { cursor } pageInfo { endCursor hasNextPage } } } }`,
      { after, filter: { workspaceId: workspace.uuid } },
    )
    const { edges, pageInfo }: { edges: unknown[]; pageInfo: { endCursor: string; hasNextPage: boolean } } =
      organization.auditEntries
    total += edges.length
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
  return total
}
