import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const uuid = (number: number) => `5ba6e000-0000-4000-8000-00000000000${number}`
const toLines = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')

function rollout(id: string, parent: string | null): string {
  const spawned =
    parent === null ? {} : { source: { subagent: { thread_spawn: { parent_thread_id: parent } } } }
  const content = [{ type: 'input_text', text: `asked of ${id}` }]
  return toLines([
    { timestamp: '2026-05-01T09:00:00Z', type: 'session_meta', payload: { id, cwd: '/w', ...spawned } },
    {
      timestamp: '2026-05-01T09:00:01Z',
      ...{ type: 'response_item', payload: { type: 'message', role: 'user', content } },
    },
  ])
}

/** The groups that sessions are in, with how many are. */
async function groupsOf({ bob, place }: ImportWorld) {
  const { data } = await bob.graphql(
    `query Groups($organization: String!, $workspace: String!) {
      workspace(organization: $organization, slug: $workspace) {
        sessions(first: 50) { edges { node { group { uuid kind } } } }
      }
    }`,
    place,
  )
  const counts = new Map<string, { count: number }>()
  for (const { node } of data.workspace.sessions.edges) {
    const key = JSON.stringify(node.group)
    counts.set(key, { ...node.group, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()]
}

test('sub-agents of sub-agents are in one group with them, each under its own caller, in whatever order they come', async () => {
  const world = await openImportWorld(gateway.url)
  // The deepest comes first.
  await world.put('rollout-1.jsonl', rollout(uuid(3), uuid(2)))
  await world.put('rollout-2.jsonl', rollout(uuid(2), uuid(1)))
  await world.put('rollout-3.jsonl', rollout(uuid(1), null))
  for (const _ of ['once', 'twice']) {
    const { report } = await world.run()
    expect(report).toMatchObject({ failed: 0 })
    const stored = await world.sessions()
    expect(stored.map(({ uuid: id }) => id).sort()).toEqual([uuid(1), uuid(2), uuid(3)])
    expect(await groupsOf(world)).toEqual([{ uuid: expect.any(String), kind: 'SUBAGENTS', count: 3 }])
  }
  const callers = (await world.sessions()).map(({ uuid: id, rows }) => [
    id,
    rows[0].metadata?.session?.caller?.session,
  ])
  expect(Object.fromEntries(callers)).toEqual({
    [uuid(1)]: undefined,
    [uuid(2)]: uuid(1),
    [uuid(3)]: uuid(2),
  })
})

test('the caller of a sub-agent that a sub-agent of Claude Code called is the session of the latter', async () => {
  const world = await openImportWorld(gateway.url)
  const frame = { sessionId: uuid(4), parentUuid: null, timestamp: '2026-05-01T09:00:00Z' }
  const ask = (number: number, content: string, members: object = {}) =>
    toLines([{ ...frame, uuid: uuid(number), type: 'user', message: { role: 'user', content }, ...members }])
  const of = (agentId: string) => ({ isSidechain: true, agentId })
  await world.put('main.jsonl', ask(5, 'main'))
  await world.put('main/subagents/agent-b.jsonl', ask(6, 'first', of('b')))
  await world.put('main/subagents/agent-b.meta.json', '{"agentType":"Explore","toolUseId":"t1"}')
  await world.put('main/subagents/agent-a.jsonl', ask(7, 'second', of('a')))
  await world.put('main/subagents/agent-a.meta.json', '{"toolUseId":"t2","parentAgentId":"b"}')
  await world.run()
  const sessions = await world.sessions()
  const saying = (content: string) => sessions.find(({ rows }) => rows[0].content === content)
  expect(saying('first').rows[0].metadata.session.caller).toEqual({ session: uuid(4), call: 't1' })
  expect(saying('second').rows[0].metadata.session.caller).toEqual({
    session: saying('first').uuid,
    call: 't2',
  })
  expect(await groupsOf(world)).toEqual([{ uuid: expect.any(String), kind: 'SUBAGENTS', count: 3 }])
})
