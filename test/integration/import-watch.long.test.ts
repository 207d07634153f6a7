import { appendFile, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type CliProcess, spawnCli, temporaryFolder } from '../support/cli.js'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const sessionId = '0a7c4000-0000-4000-8000-000000000001'
const SEEN_MS = 2000
const SILENCE_MS = 5000

/** Lines of Claude Code, as it writes them while an answer comes. */
function createWriter(path: string) {
  let number = 0
  const write = (line: object) => {
    number += 1
    const uuid = (of: number) => `00000000-0000-4000-8000-${String(of).padStart(12, '0')}`
    const frame = { sessionId, uuid: uuid(number), parentUuid: number === 1 ? null : uuid(number - 1) }
    const told = { ...frame, isSidechain: false, timestamp: new Date().toISOString(), ...line }
    return appendFile(path, `${JSON.stringify(told)}\n`)
  }
  return {
    ask: (content: string) => write({ type: 'user', message: { role: 'user', content } }),
    say: (id: string, text: string, output_tokens: number, stop_reason: string | null = null) =>
      write({
        type: 'assistant',
        message: {
          ...{ id, role: 'assistant', model: 'model-a', content: [{ type: 'text', text }], stop_reason },
          usage: { input_tokens: 3, output_tokens },
        },
      }),
  }
}

const question = `query Rows($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 5) { edges { node {
      usage { totalOutputTokens }
      transcript(first: 50) { edges { node { role content usage { outputTokens } } } }
    } } }
  }
}`

/** Content and output tokens of the answers that GraphQL has. */
async function answersIn({ bob, place }: ImportWorld): Promise<[string, number][]> {
  const { data } = await bob.graphql(question, place)
  const rows = data.workspace.sessions.edges.flatMap(({ node }: any) => node.transcript.edges)
  return rows
    .filter(({ node }: any) => node.role === 'ASSISTANT')
    .map(({ node }: any) => [node.content, node.usage.outputTokens])
}

const within = (ms: number) => ({ timeout: ms, interval: 50 })

async function watchFolder(world: ImportWorld): Promise<CliProcess> {
  const running = spawnCli(['import', world.folder, ...world.flags, '--watch'], { LOG_LEVEL: 'silent' })
  await vi.waitFor(() => expect(running.output.stderr).toContain('Watching'), within(40_000))
  return running
}

test('a watched file shows each answer within two seconds of its end, once, with its last usage', async () => {
  const world = await openImportWorld(gateway.url)
  const path = join(world.folder, `${sessionId}.jsonl`)
  const file = createWriter(path)
  await file.ask('Begin.')
  const running = await watchFolder(world)

  // The next answer's id ends an answer.
  await file.say('m1', 'first', 1)
  await sleep(700)
  await file.say('m1', 'whole', 7)
  await file.say('m2', 'second', 1)
  await vi.waitFor(async () => expect(await answersIn(world)).toEqual([['first\nwhole', 7]]), within(SEEN_MS))

  // So does a reason to stop.
  await file.say('m2', 'done', 9, 'end_turn')
  const both: [string, number][] = [
    ['first\nwhole', 7],
    ['second\ndone', 9],
  ]
  await vi.waitFor(async () => expect(await answersIn(world)).toEqual(both), within(SEEN_MS))

  // And five seconds of silence, not less.
  await file.say('m3', 'trailing', 4)
  await sleep(SILENCE_MS - 1500)
  expect(await answersIn(world)).toEqual(both)
  await vi.waitFor(
    async () => expect(await answersIn(world)).toEqual([...both, ['trailing', 4]]),
    within(1500 + SEEN_MS),
  )

  // What comes after all replaces what silence had ended: still one row, with the usage of its last line.
  await file.say('m3', 'off', 11, 'end_turn')
  await vi.waitFor(
    async () => expect(await answersIn(world)).toEqual([...both, ['trailing\noff', 11]]),
    within(SEEN_MS),
  )

  running.child.kill('SIGINT')
  expect(await running.ended).toBe(0)
  const sessions = await world.sessions()
  expect(sessions).toHaveLength(1)
  expect(sessions[0].rows.map(({ role }: any) => role)).toEqual([
    'USER',
    'ASSISTANT',
    'ASSISTANT',
    'ASSISTANT',
  ])
}, 120_000)

test('a watched folder follows files and folders that come, and leaves others alone', async () => {
  const world = await openImportWorld(gateway.url)
  await world.put('old.json', JSON.stringify({ id: 'old', messages: [{ role: 'user', content: 'old' }] }))
  const outside = await temporaryFolder()
  await symlink(outside, join(world.folder, 'link'))
  const running = await watchFolder(world)
  const linked = { id: 'linked', messages: [{ role: 'user', content: 'linked' }] }
  await writeFile(join(outside, 'linked.json'), JSON.stringify(linked))
  await mkdir(join(world.folder, 'new', 'deep'), { recursive: true })
  await writeFile(join(world.folder, 'new', 'notes.txt'), 'no session')
  const chat = { id: 'new', messages: [{ role: 'user', content: 'new' }] }
  await writeFile(join(world.folder, 'new', 'deep', 'chat.json'), JSON.stringify(chat))
  await vi.waitFor(
    async () => {
      const contents = (await world.sessions()).flatMap(({ rows }) => rows.map((row: any) => row.content))
      expect(contents.sort()).toEqual(['new', 'old'])
    },
    within(SEEN_MS + SILENCE_MS),
  )
  running.child.kill('SIGINT')
  expect(await running.ended).toBe(0)
  expect(running.output.stderr).not.toContain('notes.txt')
}, 120_000)
