import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CliResult, cli, spawnCli } from '../support/cli.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import { readStoredSessions, type StoredSession } from '../support/stored-sessions.js'

const file = '../shared/data/tau-bench-airline/gpt-4o-airline.json'
const present = existsSync(file)
if (!present) console.warn(`skipped: the import of 200 real sessions (there is no ${file})`)

interface SourceMessage {
  role: string
  content: string | null
  name?: string
  tool_call_id?: string
  tool_calls?: { id: string; function: { name: string; arguments: string } }[]
}
interface SourceSession {
  task_id: number
  trial: number
  reward: number
  traj: SourceMessage[]
  info: unknown
}

const source: SourceSession[] = present ? JSON.parse(readFileSync(file, 'utf8')) : []
const total = source.reduce((sum, { traj }) => sum + traj.length, 0)
const counts = { created: 0, updated: 0, skipped: 0, failed: 0, messages: 0 }
const nothing = { ...counts, failures: [], stopped: null, leftOut: {}, empty: [], notes: [] }

const metadataOf = (members: object) => (Object.keys(members).length === 0 ? null : members)

describe.skipIf(!present)('the 200 sessions of tau-bench', () => {
  let world: SeededWorkspace
  let gateway: ListeningGateway
  let first: CliResult
  let firstState: StoredSession[]
  const args = () => [
    ...['import', file, '--url', gateway.url, '--key', world.bob.key, '--visibility', 'workspace', '--json'],
    ...['--org', world.place.organization, '--workspace', world.place.workspace],
  ]

  beforeAll(async () => {
    world = await seedWorkspace()
    gateway = await listenOnTestStore()
    first = await cli(args())
    firstState = await readStoredSessions(world)
  }, 120_000)
  afterAll(() => gateway?.close())

  test('all of them arrive', () => {
    expect(first.stderr.replace(/^\d+ sessions, \d+ messages, [\d.]+ MB of [\d.]+ MB\n/gm, '')).toBe('')
    expect(JSON.parse(first.stdout)).toEqual({ ...nothing, created: 200, messages: 5308 })
    expect(first.code).toBe(0)
  })

  test('every message reads back as it is in the file', () => {
    expect(total).toBe(5308)
    expect(firstState).toHaveLength(200)
    const expected = source.map(({ task_id, trial, reward, traj, info }) => ({
      agent: 'tau-bench-airline',
      model: 'gpt-4o',
      origin: 'EVAL',
      visibility: 'WORKSPACE',
      messageCount: traj.length,
      labels: { task: [`${task_id}`], trial: [`${trial}`], reward: [`${reward}`] },
      messages: traj.map((message, index) => ({
        role: message.role.toUpperCase(),
        content: message.content ?? '',
        toolCallId: message.tool_call_id ?? null,
        toolCalls:
          message.tool_calls?.map(({ id, function: called }) => ({
            callId: id,
            name: called.name,
            arguments: called.arguments,
          })) ?? null,
        // What is of the run as a whole stands with its first row.
        metadata: metadataOf({
          ...(message.name === undefined ? {} : { name: message.name }),
          ...(index === 0 ? { session: { 'tau-bench': { info } } } : {}),
        }),
      })),
    }))
    const order = ({ labels }: { labels: Record<string, string[]> }) =>
      Number(labels.task?.[0]) * 4 + Number(labels.trial?.[0])
    const read = firstState.map(({ uuid: _uuid, title: _title, ...session }) => session)
    expect(read.sort((a, b) => order(a) - order(b))).toEqual(expected.sort((a, b) => order(a) - order(b)))
  })

  test('titles tell the task', () => {
    const titles = firstState.map(({ title }) => title ?? '')
    expect(new Set(titles).size).toBe(200)
    expect(titles.find((title) => title.startsWith('Task 0, trial 0:'))).toContain(
      'You want to fly from New York to Seattle',
    )
    expect(Math.max(...titles.map((title) => [...title].length))).toBeLessThanOrEqual(200)
  })

  test('facets equal counts made by hand from the file', async () => {
    const answer = await world.dan.graphql(facetsQuery, world.place)
    const counted = (of: (session: SourceSession) => unknown) => {
      const counts = new Map<string, number>()
      for (const session of source)
        counts.set(String(of(session)), (counts.get(String(of(session))) ?? 0) + 1)
      return [...counts]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    }
    expect(counted(({ reward }) => reward)).toEqual([
      { value: '0', count: 116 },
      { value: '1', count: 84 },
    ])
    expect(answer.data.workspace.sessionFacets).toEqual({
      agents: asEdges([{ value: 'tau-bench-airline', count: 200 }]),
      models: asEdges([{ value: 'gpt-4o', count: 200 }]),
      origins: [{ value: 'EVAL', count: 200 }],
      labels: [
        { key: 'reward', ...asEdges(counted(({ reward }) => reward)) },
        { key: 'task', ...asEdges(counted(({ task_id }) => task_id)) },
        { key: 'trial', ...asEdges(counted(({ trial }) => trial)) },
      ],
    })
  })

  test('a second run, as a process of its own, skips all and changes nothing', async () => {
    const again = spawnCli(args())
    expect(await again.ended).toBe(0)
    expect(JSON.parse(again.output.stdout)).toEqual({ ...nothing, skipped: 200 })
    expect(await readStoredSessions(world)).toEqual(firstState)
  })
})

const asEdges = (values: { value: string; count: number }[]) => ({
  edges: values.map(({ value, count }) => ({ node: { value }, count })),
})

const facetsQuery = `query Facets($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) {
    sessionFacets(filter: { includeWorkload: true }) {
      agents { edges { node { value } count } } models { edges { node { value } count } } origins { value count }
      labels(first: 200) { key edges { node { value } count } }
    }
  }
}`
