import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { cli, temporaryFolder } from '../support/cli.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'

const cases = 'test/data/import'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

interface World extends SeededWorkspace {
  run(path: string, ...more: string[]): Promise<Counts>
  sessions(): Promise<any[]>
}

interface Counts {
  code: number
  counts: Record<string, number>
  stderr: string
}

/** A workspace of its own, with a key that may bring times. */
async function openWorld(): Promise<World> {
  const seeded = await seedWorkspace()
  const { store, organizationId, bob, place } = seeded
  const secret = generateSecret()
  const scopes = ['sessions:read', 'sessions:write', 'sessions:import'] as const
  await createApiKey(store, { organizationId, userId: bob.userId, name: 'importer', scopes }, secret)
  return {
    ...seeded,
    run: async (path, ...more) => {
      const at = ['--url', gateway.url, '--org', place.organization, '--workspace', place.workspace]
      const { code, stdout, stderr } = await cli(['import', path, '--key', secret, ...at, '--json', ...more])
      return { code, counts: stdout === '' ? {} : JSON.parse(stdout), stderr }
    },
    sessions: async () => {
      const { data, errors } = await bob.graphql(readAll, place)
      if (errors) throw new Error(JSON.stringify(errors))
      return data.workspace.sessions.edges.map(({ node }: { node: any }) => ({
        ...node,
        rows: node.transcript.edges.map((edge: { node: unknown }) => edge.node),
      }))
    },
  }
}

const readAll = `query All($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 4, filter: { includeWorkload: true }, orderBy: { field: CREATED_AT, direction: ASC }) {
      edges { node {
        uuid title titleSource model agent messageCount createdAt lastMessageAt labels { key values } currentSystemPrompt
        usage { totalInputTokens totalOutputTokens totalCacheReadInputTokens totalCacheCreationInputTokens totalCostUsd totalToolCallCount }
        transcript(first: 50) { edges { node {
          uuid role content model toolCallId toolCalls { callId name arguments } metadata createdAt
          usage { inputTokens outputTokens cacheReadInputTokens cacheCreationInputTokens costUsd }
        } } }
      } }
    }
  }
}`

const contents = (session: any) => session.rows.map(({ content }: { content: string }) => content)
const roles = (session: any) => session.rows.map(({ role }: { role: string }) => role)

describe('two files of one name are two sessions, and either again is skipped', () => {
  test.each([
    ['h01-same-file-name-chat', ['monday/messages.json', 'tuesday/messages.json']],
    ['h01-same-file-name-chat', ['tuesday/messages.json', 'monday/messages.json']],
    ['h02-same-file-name-atif', ['trial-1/trajectory.json', 'trial-2/trajectory.json']],
    ['h03-two-tau-bench-files', ['model-one-airline.json', 'model-two-retail.json']],
  ])('%s, %j', async (folder, files) => {
    const world = await openWorld()
    for (const file of files)
      expect(await world.run(join(cases, folder, file))).toMatchObject({ code: 0, counts: { created: 1 } })
    const first = await world.sessions()
    expect(first).toHaveLength(2)
    for (const file of files.toReversed())
      expect(await world.run(join(cases, folder, file))).toMatchObject({
        code: 0,
        counts: { skipped: 1, messages: 0 },
      })
    expect(await world.sessions()).toEqual(first)
    const told = first.map((session) => contents(session).join(' | ')).sort()
    expect(told).toEqual(
      {
        'h01-same-file-name-chat': [
          'Make the invoice PDF wider. | The PDF is A4 landscape now.',
          'Which cron job runs at noon? | The cleanup job. | Stop it. | Stopped.',
        ],
        'h02-same-file-name-atif': ['Count the words. | There are nine.', 'Sort the list. | Sorted.'],
        'h03-two-tau-bench-files': [
          'Policy of the flight desk. | About my flight. | The flight is changed.',
          'Policy of the parcel desk. | About my parcel. | The parcel is changed.',
        ],
      }[folder],
    )
  })
})

test('h04: a picture that is too large gives way to a note of its type and size, which is said', async () => {
  const world = await openWorld()
  const path = join(cases, 'h04-picture-over-64-kib/picture.json')
  const planned = await world.run(path, '--dry-run')
  const { code, stderr } = await world.run(path)
  expect({ planned: planned.code, code }).toEqual({ planned: 0, code: 0 })
  expect(stderr).toContain('left out: pictures over 64 KiB of 1 session\n')
  const [session] = await world.sessions()
  expect(contents(session)[0]).toBe('What is on it?')
  expect(JSON.stringify(session.rows[0].metadata)).toContain('left out: image/png')
})

test('h05: a message that cannot be stored is named by its number, nothing is written, and a dry run foresees it', async () => {
  const world = await openWorld()
  const path = join(cases, 'h05-failure-in-second-batch/long.json')
  for (const flags of [['--dry-run'], []]) {
    const { code, counts, stderr } = await world.run(path, ...flags)
    expect(code).toBe(1)
    expect(counts.messages).toBe(0)
    expect(stderr).toContain('message 521: toolCalls.0.id: At most 256 characters.')
  }
  expect(await world.sessions()).toEqual([])
})

test('h06: blocks of content are calls, results and thinking', async () => {
  const world = await openWorld()
  await world.run(join(cases, 'h06-anthropic-content-blocks/blocks.json'))
  const [session] = await world.sessions()
  expect(roles(session)).toEqual(['USER', 'ASSISTANT', 'TOOL', 'ASSISTANT'])
  expect(contents(session)).toEqual(['How many files?', 'I look.', '12', 'Twelve.'])
  expect(session.rows[1].toolCalls).toEqual([
    { callId: 'toolu_1', name: 'shell', arguments: '{"cmd":"ls | wc -l"}' },
  ])
  expect(JSON.stringify(session.rows[1].metadata)).toContain('I should look.')
  expect(session.rows[2].toolCallId).toBe('toolu_1')
  expect(session.usage.totalToolCallCount).toBe(1)
})

test('h07: a result of tau2 names its call, its usage and cost count, and the reward is a label', async () => {
  const world = await openWorld()
  await world.run(join(cases, 'h07-tau2-simulation/simulation.json'))
  const [session] = await world.sessions()
  const call = session.rows.findIndex(({ toolCalls }: any) => toolCalls !== null)
  expect(session.rows[call].usage).toMatchObject({ inputTokens: 300, outputTokens: 20, costUsd: 0.03 })
  expect(session.rows[call + 1]).toMatchObject({ role: 'TOOL', toolCallId: 'call_9' })
  expect(session.labels).toContainEqual({ key: 'reward', values: ['1'] })
})

test('h08: usage and cost of chat messages count', async () => {
  const world = await openWorld()
  await world.run(join(cases, 'h08-usage-of-chat-messages/usage.json'))
  const [session] = await world.sessions()
  expect(session.rows[1].usage).toMatchObject({ inputTokens: 40, cacheReadInputTokens: 60, outputTokens: 10 })
  expect(session.usage.totalCostUsd).toBe(0.002)
})

test('h09: the system prompt is in force, and other members are kept or said to be left out', async () => {
  const world = await openWorld()
  const { stderr } = await world.run(join(cases, 'h09-top-level-members/request.json'))
  const [session] = await world.sessions()
  expect(session.currentSystemPrompt).toBe('You answer in one word.')
  expect(JSON.stringify(session.rows) + stderr).toContain('tools')
  expect(session.createdAt).toBe('2026-01-09T10:00:00.000Z')
})

test('h10: the times of a file are those of its session and rows, and exports write them back', async () => {
  const world = await openWorld()
  await world.run(join(cases, 'h10-timestamps'))
  const [chat, run] = await world.sessions()
  expect(chat).toMatchObject({
    createdAt: '2025-12-24T18:00:00.000Z',
    lastMessageAt: '2025-12-24T18:00:09.000Z',
  })
  expect(run).toMatchObject({
    createdAt: '2026-03-04T05:06:07.000Z',
    lastMessageAt: '2026-03-04T05:07:07.000Z',
  })
  const folder = await temporaryFolder()
  const { place, bob } = world
  const at = ['--org', place.organization, '--workspace', place.workspace]
  await cli(['export', run.uuid, '--url', gateway.url, '--key', bob.key, ...at, '--out', folder])
  const { steps } = JSON.parse(await readFile(join(folder, `${run.uuid}.json`), 'utf8'))
  expect(steps.map(({ timestamp }: { timestamp: string }) => Date.parse(timestamp))).toEqual(
    ['2026-03-04T05:06:07Z', '2026-03-04T05:07:07Z'].map((text) => Date.parse(text)),
  )
})

test('h11: a session of Claude Code is whole, also when it comes in two pieces', async () => {
  const [world, other] = [await openWorld(), await openWorld()]
  const path = join(cases, 'h11-claude-code', '5e551000-0000-4000-8000-000000000001.jsonl')
  expect((await world.run(path)).counts).toMatchObject({ created: 1, messages: 4 })
  expect((await world.run(path)).counts).toMatchObject({ skipped: 1, messages: 0 })
  const [session] = await world.sessions()
  expect(session).toMatchObject({
    uuid: '5e551000-0000-4000-8000-000000000001',
    ...{ title: 'Basket total', titleSource: 'MACHINE', createdAt: '2026-05-01T09:00:00.000Z' },
    usage: {
      ...{ totalInputTokens: 8, totalOutputTokens: 100 },
      ...{ totalCacheReadInputTokens: 2300, totalCacheCreationInputTokens: 200 },
    },
  })
  expect(roles(session)).toEqual(['USER', 'ASSISTANT', 'TOOL', 'ASSISTANT'])
  expect(contents(session)[3]).toBe('Fixed.')
  expect(session.rows[1].model).toBe('claude-opus-x')
  expect(session.rows[3].model).toBe('claude-haiku-x')
  // Cut after each line: also within an answer, of which only a part is stored then.
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  const folder = await temporaryFolder()
  await mkdir(folder, { recursive: true })
  const growing = join(folder, basename(path))
  for (let count = 1; count <= lines.length; count++) {
    await writeFile(growing, `${lines.slice(0, count).join('\n')}\n`)
    expect((await other.run(growing)).code).toBe(0)
  }
  const [grown] = await other.sessions()
  // What was asked before any answer came in under no model: nobody knew one then.
  const known = (rows: any[]) => rows.map((row, index) => (index === 0 ? { ...row, model: null } : row))
  expect(known(grown.rows)).toEqual(known(session.rows))
  expect(grown).toMatchObject({ title: 'Basket total', usage: session.usage })
})

test('h12: a rollout of Codex tells each message once, and cached tokens apart', async () => {
  const world = await openWorld()
  await world.run(join(cases, 'h12-codex-rollout'))
  const [session] = await world.sessions()
  expect(session).toMatchObject({
    uuid: 'c0de0000-0000-4000-8000-000000000001',
    model: 'gpt-q-codex',
    usage: { totalInputTokens: 600, totalCacheReadInputTokens: 1600, totalOutputTokens: 60 },
  })
  expect(roles(session)).toEqual(['USER', 'ASSISTANT', 'TOOL', 'ASSISTANT'])
  expect(session.rows[2].toolCallId).toBe('call_1')
  expect(contents(session)[3]).toBe('All three pass.')
})

test('h13: an export of opencode is three rows with their usage', async () => {
  const world = await openWorld()
  await world.run(join(cases, 'h13-opencode-export'))
  const [session] = await world.sessions()
  expect(session.title).toBe('Rename a field')
  expect(roles(session)).toEqual(['USER', 'ASSISTANT', 'TOOL'])
  expect(session.rows[1]).toMatchObject({
    content: 'Renamed.',
    toolCalls: [{ callId: 'call_1', name: 'edit' }],
    usage: {
      inputTokens: 10,
      outputTokens: 7,
      cacheReadInputTokens: 100,
      cacheCreationInputTokens: 20,
      costUsd: 0.01,
    },
  })
  expect(session.rows[2]).toMatchObject({ content: 'ok', toolCallId: 'call_1' })
})

test('h14: a session of Gemini CLI is three rows under its model', async () => {
  const world = await openWorld()
  await world.run(join(cases, 'h14-gemini-cli-session'))
  const [session] = await world.sessions()
  expect(session.uuid).toBe('9e010000-0000-4000-8000-000000000001')
  expect(roles(session)).toEqual(['USER', 'ASSISTANT', 'TOOL'])
  expect(session.rows[1]).toMatchObject({ model: 'gemini-q', toolCalls: [{ callId: 't1' }] })
  expect(session.rows[2].toolCallId).toBe('t1')
})

test('h15: what is not UTF-8 is refused, and named in a folder of others', async () => {
  const world = await openWorld()
  const folder = await temporaryFolder()
  await cp(join(cases, 'h15-not-utf-8'), folder, { recursive: true })
  await cp(join(cases, 'h08-usage-of-chat-messages'), folder, { recursive: true })
  const { code, counts, stderr } = await world.run(folder)
  expect(code).toBe(1)
  expect(counts).toMatchObject({ created: 1, failed: 1 })
  expect(stderr).toContain('latin1.json: it is not UTF-8')
})
