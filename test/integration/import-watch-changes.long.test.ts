import { appendFile, mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { beginningOf, expectedRows, makeConversation } from '../support/agent-files/conversation.js'
import { agentFiles } from '../support/agent-files/formats.js'
import { type CliProcess, spawnCli } from '../support/cli.js'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const SEEN_MS = 2000
const SILENCE_MS = 5000
const within = (ms: number) => ({ timeout: ms, interval: 50 })

async function watchFolder(world: ImportWorld): Promise<CliProcess> {
  const running = spawnCli(['import', world.folder, ...world.flags, '--watch'], { LOG_LEVEL: 'silent' })
  await vi.waitFor(() => expect(running.output.stderr).toContain('Watching'), within(40_000))
  return running
}

async function end(running: CliProcess): Promise<string> {
  running.child.kill('SIGINT')
  expect(await running.ended).toBe(0)
  return running.output.stderr
}

const linesOf = (name: 'claude-code' | 'codex', said: ReturnType<typeof makeConversation>) =>
  String(agentFiles[name].content(said)).split(/(?<=\n)/)

/** What the rows of each session say, by its uuid. */
async function told(world: ImportWorld): Promise<Record<string, string[]>> {
  const sessions = await world.sessions()
  return Object.fromEntries(
    sessions.map(({ uuid, rows }) => [uuid, rows.map(({ content }: { content: string }) => content)]),
  )
}

const wordsOf = (said: ReturnType<typeof makeConversation>) =>
  expectedRows(said).map(({ content }) => content)

test.each(['claude-code', 'codex'] as const)(
  'files of %s that grow at once, one of them in a folder that has just come, are followed each by itself',
  async (name) => {
    const world = await openImportWorld(gateway.url)
    const [one, other] = [makeConversation(41, 3, 1), makeConversation(42, 3, 1)]
    await world.put('p/one.jsonl', '')
    await world.put('bad.json', 'no session')
    const running = await watchFolder(world)
    await mkdir(join(world.folder, 'q', 'deep'), { recursive: true })
    const paths = [join(world.folder, 'p/one.jsonl'), join(world.folder, 'q/deep/other.jsonl')]
    for (let turns = 1; turns <= 3; turns++) {
      for (const [index, said] of [one, other].entries()) {
        const before = turns === 1 ? 0 : linesOf(name, beginningOf(said, turns - 1)).length
        const lines = linesOf(name, beginningOf(said, turns)).slice(before)
        for (const line of lines) {
          // Lines come in pieces too.
          await appendFile(paths[index]!, line.slice(0, 30))
          await appendFile(paths[index]!, line.slice(30))
        }
      }
      const expected = Object.fromEntries(
        [one, other].map((said) => [said.id, wordsOf(beginningOf(said, turns))]),
      )
      // Of Codex only silence tells that an answer without its tokens is over.
      await vi.waitFor(async () => expect(await told(world)).toEqual(expected), within(SEEN_MS + SILENCE_MS))
    }
    const stderr = await end(running)
    expect(stderr).not.toMatch(/failed|mixed/)
    // What fails is said once, however often it is looked at.
    expect(stderr.split('bad.json').length - 1).toBe(1)
  },
  120_000,
)

test('a watched file that is rotated, renamed, cut off or written anew is its session still, once', async () => {
  const world = await openImportWorld(gateway.url)
  const said = makeConversation(43, 4, 1)
  const lines = linesOf('claude-code', said)
  const path = join(world.folder, 's.jsonl')
  const part = (turns: number) => linesOf('claude-code', beginningOf(said, turns)).length
  await writeFile(path, lines.slice(0, part(1)).join(''))
  const running = await watchFolder(world)
  const holds = (turns: number) =>
    vi.waitFor(
      async () => expect(await told(world)).toEqual({ [said.id]: wordsOf(beginningOf(said, turns)) }),
      within(SEEN_MS + SILENCE_MS),
    )
  await holds(1)

  // Rotated: the old lines stay under another name, the new ones come into an empty file.
  await rename(path, join(world.folder, 's.1.jsonl'))
  await writeFile(path, lines.slice(part(1), part(2)).join(''))
  await holds(2)

  // Cut off, and written anew as a whole.
  await truncate(path, 0)
  await writeFile(path, lines.slice(0, part(3)).join(''))
  await holds(3)
  await rename(path, join(world.folder, 'renamed.jsonl'))
  await new Promise((resolve) => setTimeout(resolve, SEEN_MS))
  await appendFile(join(world.folder, 'renamed.jsonl'), lines.slice(part(3)).join(''))
  await holds(4)
  // Gone, a file is no failure, and what its name has later goes on.
  await rm(join(world.folder, 'renamed.jsonl'))
  await new Promise((resolve) => setTimeout(resolve, SEEN_MS / 2))
  await writeFile(join(world.folder, 'renamed.jsonl'), lines.slice(part(2)).join(''))
  await new Promise((resolve) => setTimeout(resolve, SEEN_MS / 2))
  const stderr = await end(running)
  expect(stderr).not.toMatch(/mixed|failed|no file/)
  // A later piece does not title its session.
  const titles = async () => (await world.sessions()).map(({ title }) => title)
  expect(await titles()).toEqual([said.turns[0]?.ask])
  const again = await world.run()
  expect(again.report).toMatchObject({ created: 0, updated: 0, failed: 0, messages: 0 })
  expect(await titles()).toEqual([said.turns[0]?.ask])
  await holds(4)
}, 120_000)

test('a watched document that is written anew as a whole shows each answer once', async () => {
  const world = await openImportWorld(gateway.url)
  const said = makeConversation(44, 3, 1)
  const running = await watchFolder(world)
  for (const turns of [1, 2, 3]) {
    const content = String(agentFiles['gemini-cli'].content(beginningOf(said, turns)))
    // A program that writes slowly is read again once it is done.
    await world.put('session-1.json', content.slice(0, content.length / 2))
    await new Promise((resolve) => setTimeout(resolve, 600))
    await world.put('session-1.json', content)
    await vi.waitFor(
      async () => expect(await told(world)).toEqual({ [said.id]: wordsOf(beginningOf(said, turns)) }),
      within(SEEN_MS + SILENCE_MS),
    )
  }
  await end(running)
}, 120_000)

test('a watch whose key is withdrawn ends with a sentence', async () => {
  const world = await openImportWorld(gateway.url)
  const said = linesOf('claude-code', makeConversation(47, 2, 1))
  const path = await world.put('one.jsonl', said.slice(0, 2).join(''))
  const running = await watchFolder(world)
  const { store, organizationId } = world
  await store.apiKey.updateMany({
    where: { organizationId, name: 'importer' },
    data: { revokedAt: new Date() },
  })
  await appendFile(path, said.slice(2).join(''))
  expect(await running.ended).toBe(1)
  expect(running.output.stderr).toMatch(
    /The import ended early: .*; the same command goes on with the rest\.\n$/,
  )
}, 120_000)
