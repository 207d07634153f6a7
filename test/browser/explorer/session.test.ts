import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  place,
  STARTING_MS,
} from './open-explorer.js'

const usage = (costUsd: number) => ({
  usage: {
    ...{ inputTokens: 100, outputTokens: 50, cacheReadInputTokens: 0 },
    cacheCreationInputTokens: 0,
    costUsd,
  },
})
const message = (role: string, content: string, more: object = {}) => ({
  ...{ id: crypto.randomUUID(), role, content },
  ...more,
})

describe.skipIf(missing !== null)(
  `a session as a person reads it${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let explorer: OpenExplorer
    let { page, ask, save, open } = {} as OpenExplorer
    const id = crypto.randomUUID()
    const append = (messages: object[], context?: object) =>
      ask('mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }', {
        input: { ...place, id, messages, ...(context && { context }) },
      })

    beforeAll(async () => {
      explorer = await openExplorer()
      ;({ page, ask, save, open } = explorer)
      await save(id, 'Three contexts')
      const planner = { agent: 'planner', model: 'gpt-5', systemPrompt: 'You plan.' }
      await append([message('USER', 'Plan it.'), message('ASSISTANT', 'Planned.', usage(0.25))], planner)
      const toolCalls = [{ id: 'call_1', name: 'shell', arguments: '{"command":"make test"}' }]
      await append(
        [
          message('USER', 'Review it.'),
          message('ASSISTANT', 'Reviewing.', { ...usage(1.5), toolCalls }),
          message('TOOL', 'exit 2', { toolCallId: 'call_1', isError: true }),
        ],
        { agent: 'reviewer', model: 'claude-opus-4-5' },
      )
      await append([message('USER', 'Other rules.'), message('ASSISTANT', 'Understood.', usage(0.5))], {
        model: 'claude-opus-4-5',
        systemPrompt: 'You obey.',
      })
      await append([message('USER', 'A mistake.'), message('ASSISTANT', 'Nonsense.', usage(4))])
      await ask(
        'mutation ($input: RewindTranscriptInput!) { rewindTranscript(input: $input) { deletedCount } }',
        {
          input: { ...place, id, fromSeq: 7 },
        },
      )
      await append([message('USER', 'Better.'), message('ASSISTANT', 'Good.', usage(0.1))])
    }, STARTING_MS)

    afterEach(() => {
      expect(explorer.troubles.splice(0)).toEqual([])
    })

    afterAll(() => explorer?.close())

    test('another agent, model or system prompt, and a rewind, stand as lines where they happened', async () => {
      await open(`/w/acme/main/sessions/${id}`)
      const log = page.getByRole('log')
      await log.getByText('from here on reviewer · claude-opus-4-5').waitFor()
      await log.getByText('from here on another system prompt').waitFor()
      await log.getByText(/^rewound (now|\d+ m ago): 2 messages were taken back here, for good/).waitFor()
      expect(await log.getByText('Nonsense.').count()).toBe(0)
    })

    test('a summary stands where messages were compacted, and these can be shown', async () => {
      await ask(
        'mutation ($input: CompactTranscriptInput!) { compactTranscript(input: $input) { compactedCount } }',
        {
          input: { ...place, id, upToSeq: 1, summary: message('USER', 'We planned.') },
        },
      )
      await open(`/w/acme/main/sessions/${id}`)
      const log = page.getByRole('log')
      await log.getByRole('region', { name: 'Compaction' }).getByText('We planned.').waitFor()
      expect(await log.getByText('Planned.', { exact: true }).count()).toBe(0)
      await page.getByRole('button', { name: 'Show 2 messages that summaries replaced' }).click()
      await log.getByText('Planned.', { exact: true }).waitFor()
    })

    test('the session of an agent that was called is a click away from its call, and leads back', async () => {
      const group = crypto.randomUUID()
      const { workspace } = await ask(
        '{ workspace(organization: "acme", slug: "main") { projects(first: 1) { edges { node { uuid } } } } }',
      )
      const projectId = workspace.projects.edges[0].node.uuid
      await ask(
        'mutation ($input: CreateSessionGroupInput!) { createSessionGroup(input: $input) { group { uuid } } }',
        { input: { ...place, id: group, projectId, kind: 'SUBAGENTS', title: 'A plan' } },
      )
      const [parent, child, other] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
      const toolCalls = [{ id: 'call_9', name: 'Task', arguments: '{"prompt":"Look around"}' }]
      await save(
        parent,
        'Plans',
        [message('USER', 'Plan.'), message('ASSISTANT', 'Asking one.', { toolCalls })],
        { groupId: group },
      )
      const called = (call?: string) => ({ metadata: { caller: { session: parent, ...(call && { call }) } } })
      await save(child, 'Looks around', [message('USER', 'Look around', called('call_9'))], {
        groupId: group,
      })
      await save(other, 'Waits', [message('USER', 'Wait', called())], { groupId: group })

      await open(`/w/acme/main/sessions/${parent}?agent=explorer-test`)
      const log = page.getByRole('log')
      await page.getByRole('link', { name: 'Waits' }).and(page.locator('article *')).waitFor()
      await log.getByRole('link', { name: 'Looks around' }).click()
      await page.waitForURL(`**/sessions/${child}?agent=explorer-test`)
      await page.getByRole('article').getByText('called by').getByRole('link', { name: 'Plans' }).click()
      await page.waitForURL(`**/sessions/${parent}?agent=explorer-test`)
      await log.getByText('Asking one.').waitFor()
    })

    test('of very many calls of one message the first ones show and one that failed, and others as they are asked for', async () => {
      const many = crypto.randomUUID()
      const toolCalls = Array.from({ length: 130 }, (_, at) => ({
        ...{ id: `many_${at}`, name: `tool-${at}`, arguments: '{}' },
      }))
      await save(many, 'Many at once', [
        message('ASSISTANT', 'All of them.', { toolCalls }),
        message('TOOL', 'It broke.', { toolCallId: 'many_120', isError: true }),
      ])
      await open(`/w/acme/main/sessions/${many}`)
      const calls = page.getByRole('log').getByText('No result is stored.')
      await calls.nth(49).waitFor()
      expect(await calls.count()).toBe(50)
      await page.getByText('It broke.').waitFor()
      await page.getByRole('button', { name: '50 of 79 more calls' }).click()
      await page.getByRole('button', { name: '29 of 29 more calls' }).click()
      await calls.nth(128).waitFor()
    })

    test('the head tells what each model consumed and cost', async () => {
      await open(`/w/acme/main/sessions/${id}`)
      await page.getByRole('button', { name: 'by model' }).click()
      const row = (model: string) =>
        page.getByRole('dialog', { name: 'Usage by model' }).getByRole('row').filter({ hasText: model })
      await row('claude-opus-4-5').waitFor()
      expect(await row('claude-opus-4-5').getByRole('cell').allTextContents()).toEqual(['3', '450', '$2.10'])
      expect(await row('gpt-5').getByRole('cell').last().getAttribute('title')).toBe('$0.25')
    })

    test('on a phone the acts stand on one line of the head, and what is added to it on another', async () => {
      await open(`/w/acme/main/sessions/${id}`, { width: 390 })
      const head = page.locator('article > header')
      const lineOf = async (name: RegExp) => {
        const box = await head.getByRole('button', { name }).boundingBox()
        return box && Math.round(box.y + box.height / 2)
      }
      await head.getByRole('button', { name: /^\+ annotation/ }).waitFor()
      const linesOf = async (...names: RegExp[]) => new Set(await Promise.all(names.map(lineOf))).size
      await expect.poll(() => linesOf(/^Archive/, /^Delete/, /^Copy link/, /^More/)).toBe(1)
      await expect.poll(() => linesOf(/^\+ label/, /^\+ annotation/)).toBe(1)
      await expect.poll(async () => (await head.boundingBox())?.height).toBeLessThan(220)
    })

    test('buttons lead to the next turn and to the next failed call, and tell how many there are', async () => {
      await open(`/w/acme/main/sessions/${id}`)
      await page.getByText('1 failed call').waitFor()
      await page.getByRole('button', { name: 'Next failed call' }).click()
      await page.waitForURL(/m=3/)
      await page.getByRole('button', { name: 'Next turn' }).click()
      await page.waitForURL(/m=5/)
      await page.getByRole('button', { name: 'Previous turn' }).click()
      await page.waitForURL(/m=2/)
    })

    test.each([
      ['ATIF', /\.atif\.json$/],
      ['chat messages', /\.chat\.json$/],
      ['rows, with all that is kept', /\.rows\.json$/],
    ])('it is exported as %s', async (title, name) => {
      await open(`/w/acme/main/sessions/${id}`)
      await page.getByRole('article').getByRole('button', { name: 'More' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: `Export as ${title}` }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(name)
      await page.getByText(`Exported as ${title}.`).waitFor()
    })

    test('what cannot be read says so where it stands, with a way to try again', async () => {
      let isBroken = true
      await page.route('**/graphql', async (route) => {
        const isOutline = route.request().postDataJSON()?.operationName === 'useOutlineQuery'
        if (!isBroken || !isOutline) return route.continue()
        await route.fulfill({
          json: {
            data: null,
            errors: [{ message: 'The store is away.', extensions: { code: 'UNAVAILABLE' } }],
          },
        })
      })
      await open(`/w/acme/main/sessions/${id}`)
      const failure = page.getByRole('alert')
      await failure.getByText('The store is away.').waitFor()
      await page.getByRole('heading', { name: 'Three contexts' }).waitFor()
      isBroken = false
      await failure.getByRole('button', { name: 'Retry' }).click()
      await page.getByRole('log').getByText('Good.').waitFor()
      await page.unroute('**/graphql')
    })
  },
)
