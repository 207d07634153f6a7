import { afterAll, beforeAll, expect, test } from 'vitest'
import { cli } from '../support/cli.js'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const chatOf = (name: string, ...times: string[]) =>
  JSON.stringify({
    ...{ id: name, title: name, model: 'm' },
    messages: times.map((timestamp, index) => ({
      ...{ role: index % 2 === 0 ? 'user' : 'assistant', content: `${name} ${index}`, timestamp },
    })),
  })

const old = ['2025-01-01T10:00:00.000Z', '2025-01-01T10:05:00.000Z']
const newer = ['2025-06-01T10:00:00.000Z', '2025-06-01T10:01:00.000Z']

async function list({ bob, place }: ImportWorld, rest: string): Promise<any[]> {
  const { data, errors } = await bob.graphql(
    `query List($organization: String!, $workspace: String!) {
      workspace(organization: $organization, slug: $workspace) {
        sessions(first: 20, ${rest}) { edges { node {
          uuid title createdAt startedAt updatedAt lastMessageAt durationMs
        } } }
      }
    }`,
    place,
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return data.workspace.sessions.edges.map(({ node }: any) => node)
}

test('with the scope times are kept, activity and filters follow them, and updatedAt stays the gateway’s', async () => {
  const begun = Date.now()
  const world = await openImportWorld(gateway.url)
  // The newest comes in first.
  await world.put('1.json', chatOf('newer', ...newer))
  await world.put('2.json', chatOf('old', ...old))
  expect(await world.run()).toMatchObject({ code: 0, stderr: '' })
  const byActivity = await list(world, 'orderBy: { field: LAST_MESSAGE_AT, direction: DESC }')
  expect(byActivity).toMatchObject([
    { title: 'newer', createdAt: newer[0], startedAt: newer[0], lastMessageAt: newer[1], durationMs: 60_000 },
    { title: 'old', createdAt: old[0], startedAt: old[0], lastMessageAt: old[1], durationMs: 300_000 },
  ])
  for (const { updatedAt } of byActivity) expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(begun - 1000)
  const before = await list(world, 'filter: { lastActivity: { to: "2025-03-01T00:00:00Z" } }')
  expect(before.map(({ title }) => title)).toEqual(['old'])
  const created = await list(world, 'filter: { createdBetween: { from: "2025-03-01T00:00:00Z" } }')
  expect(created.map(({ title }) => title)).toEqual(['newer'])
})

test('a time that is not past is left out, and that is said', async () => {
  const world = await openImportWorld(gateway.url)
  const future = new Date(Date.now() + 3_600_000).toISOString()
  await world.put('1.json', chatOf('ahead', old[0]!, future))
  const { code, stderr } = await world.run()
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'left out: times that are not past of 1 session\n' })
  const [session] = await world.sessions()
  expect(session.rows[0].createdAt).toBe(old[0])
  expect(Date.parse(session.rows[1].createdAt)).toBeLessThanOrEqual(Date.now() + 1000)
})

test('without the scope all times are the gateway’s, and that is said once', async () => {
  const begun = Date.now()
  const world = await openImportWorld(gateway.url)
  await world.put('1.json', chatOf('one', ...old))
  await world.put('2.json', chatOf('two', ...newer))
  const flags = world.flags.map((flag) => (flag === world.key ? world.bob.key : flag))
  const { code, stderr } = await cli(['import', world.folder, ...flags])
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'left out: times, which take a key with the scope sessions:import of 2 sessions\n',
  })
  for (const { createdAt, rows } of await world.sessions())
    for (const time of [createdAt, ...rows.map((row: any) => row.createdAt)])
      expect(Date.parse(time)).toBeGreaterThanOrEqual(begun - 1000)
  // Times that come later do not move what is there.
  const before = await world.sessions()
  expect((await world.run()).report).toMatchObject({ created: 0, skipped: 2, messages: 0 })
  expect(await world.sessions()).toEqual(before)
})

test('a row without a time takes that of the row before it, the first ones that of the row behind them', async () => {
  const world = await openImportWorld(gateway.url)
  const said = (role: string, content: string, timestamp?: string) => ({ role, content, timestamp })
  const messages = [
    said('user', 'a'),
    said('assistant', 'b', old[0]),
    said('user', 'c'),
    said('assistant', 'd', old[1]),
    said('user', 'e'),
  ]
  await world.put('1.json', JSON.stringify({ title: 'some', messages }))
  const plain = [said('user', 'f'), said('assistant', 'g')]
  await world.put('2.json', JSON.stringify({ title: 'none', created_at: newer[0], messages: plain }))
  expect(await world.run()).toMatchObject({ code: 0, stderr: '' })
  const timesOf = (sessions: any[], title: string) =>
    sessions.find((session) => session.title === title).rows.map(({ createdAt }: any) => createdAt)
  const sessions = await world.sessions()
  expect(timesOf(sessions, 'some')).toEqual([old[0], old[0], old[0], old[1], old[1]])
  expect(timesOf(sessions, 'none')).toEqual([newer[0], newer[0]])
  const [some] = await list(world, 'filter: { lastActivity: { to: "2025-03-01T00:00:00Z" } }')
  expect(some).toMatchObject({ title: 'some', createdAt: old[0], lastMessageAt: old[1], durationMs: 300_000 })
})
