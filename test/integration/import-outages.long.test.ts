import { once } from 'node:events'
import { appendFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { createGatewayClient } from '../../src/cli/gateway/client.js'
import { createCopies } from '../../src/cli/import/copies.js'
import { findSourceFile } from '../../src/cli/import/file/source-file.js'
import { emptyReport } from '../../src/cli/import/import-report.js'
import { createImporter } from '../../src/cli/import/import-sessions.js'
import { readFiles } from '../../src/cli/import/read-files.js'
import { beginningOf, expectedRows, makeConversation } from '../support/agent-files/conversation.js'
import { agentFiles } from '../support/agent-files/formats.js'
import { spawnCli } from '../support/cli.js'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

type Conversation = ReturnType<typeof makeConversation>

const linesOf = (said: Conversation) => String(agentFiles['claude-code'].content(said)).split(/(?<=\n)/)
const wordsOf = (said: Conversation) => expectedRows(said).map(({ content }) => content)
const expectedOf = (...conversations: Conversation[]) =>
  Object.fromEntries(conversations.map((said) => [said.id, wordsOf(said)]))

/** What the rows of each session say, by its uuid. */
async function rowsOf(world: ImportWorld): Promise<Record<string, string[]>> {
  const sessions = await world.sessions()
  return Object.fromEntries(
    sessions.map(({ uuid, rows }) => [uuid, rows.map(({ content }: { content: string }) => content)]),
  )
}

/** A port that leads to the gateway until it is closed, and again once it is opened. */
async function openGate() {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(gateway.port, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {}).once('close', () => sockets.delete(socket))
    }
    near.pipe(far).pipe(near)
  })
  const open = async (port = 0) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  const port = await open()
  onTestFinished(close)
  return { port, close, open: () => open(port) }
}

const within = (ms: number) => ({ timeout: ms, interval: 50 })

test('a watch says once that the gateway is away and once that it is back, and then brings what was written meanwhile', async () => {
  const gate = await openGate()
  const world = await openImportWorld(`http://127.0.0.1:${gate.port}`)
  const [one, other] = [makeConversation(51, 3, 1), makeConversation(52, 2, 1)]
  const begun = linesOf(beginningOf(one, 1))
  const path = await world.put('one.jsonl', begun.join(''))
  const running = spawnCli(['import', world.folder, ...world.flags, '--watch'], { LOG_LEVEL: 'silent' })
  const saying = (text: string) =>
    vi.waitFor(() => expect(running.output.stderr).toContain(text), within(60_000))
  await saying('Watching')
  gate.close()
  await appendFile(path, linesOf(one).slice(begun.length).join(''))
  await world.put('other.jsonl', linesOf(other).join(''))
  await saying(`The gateway at 127.0.0.1:${gate.port} does not answer: `)
  await gate.open()
  await saying(`The gateway at 127.0.0.1:${gate.port} answers again.`)
  await vi.waitFor(async () => expect(await rowsOf(world)).toEqual(expectedOf(one, other)), within(30_000))
  running.child.kill('SIGINT')
  expect(await running.ended).toBe(0)
  const said = running.output.stderr.split('\n').filter((line) => line !== '')
  expect(said).toHaveLength(3)
}, 180_000)

test('an import that finds nobody any more stops after its tries, and the next one brings the rest', async () => {
  const gate = await openGate()
  const world = await openImportWorld(`http://127.0.0.1:${gate.port}`)
  const many = Array.from({ length: 30 }, (_, index) => makeConversation(100 + index, 2, 1))
  const paths: string[] = []
  for (const said of many) paths.push(await world.put(`${said.id}.jsonl`, linesOf(said).join('')))
  const report = emptyReport({ unreadable: [], passedOver: { link: [], 'packed file': [] } })
  const { signal } = new AbortController()
  const importer = createImporter({
    client: createGatewayClient({
      ...{ url: `http://127.0.0.1:${gate.port}/graphql`, key: world.key, signal, pauseMs: 1 },
    }),
    target: { ...world.place, visibility: 'PRIVATE', times: true },
    ...{ organizationId: world.organizationId, report, signal, hasLargeFiles: false },
    progress: { advance: ({ messages }) => messages > 20 && gate.close(), wrote: () => {} },
  })
  const defaults = { agent: null, model: null, origin: null, labels: {} }
  await importer.import(
    readFiles(
      paths.map((path) => findSourceFile(path)),
      {
        ...{ wanted: 'auto', defaults, report, copies: createCopies() },
      },
    ),
  )
  expect(report.stopped).toMatch(/^the connection failed/)
  // Those that were under way, and no other.
  expect(report.failed).toBeLessThanOrEqual(4)
  expect(report.created).toBeLessThan(many.length)
  await gate.open()
  expect((await world.run()).report).toMatchObject({ failed: 0 })
  expect(await rowsOf(world)).toEqual(expectedOf(...many))
}, 120_000)

test('an import that is killed at any moment leaves beginnings, which the next one completes', async () => {
  const world = await openImportWorld(gateway.url)
  const many = Array.from({ length: 40 }, (_, index) => makeConversation(200 + index, 6, 2))
  for (const said of many) await world.put(`${said.id}.jsonl`, linesOf(said).join(''))
  const messages = () => world.store.message.count({ where: { organizationId: world.organizationId } })
  for (let time = 0; time < 6; time += 1) {
    const before = await messages()
    const running = spawnCli(['import', world.folder, ...world.flags], { LOG_LEVEL: 'silent' })
    await expect.poll(messages, { timeout: 60_000, interval: 10 }).toBeGreaterThan(before)
    await sleep(Math.random() * 100)
    running.child.kill('SIGKILL')
    await running.ended
  }
  for (const [id, words] of Object.entries(await rowsOf(world)))
    expect(wordsOf(many.find((said) => said.id === id) as Conversation).slice(0, words.length)).toEqual(words)
  expect((await world.run()).report).toMatchObject({ failed: 0 })
  expect(await rowsOf(world)).toEqual(expectedOf(...many))
}, 300_000)

test('two watches of one folder bring each session once, and each message once', async () => {
  const world = await openImportWorld(gateway.url)
  const many = Array.from({ length: 4 }, (_, index) => makeConversation(300 + index, 4, 1))
  const start = () => spawnCli(['import', world.folder, ...world.flags, '--watch'], { LOG_LEVEL: 'silent' })
  const watches = [start(), start()]
  for (const { output } of watches)
    await vi.waitFor(() => expect(output.stderr).toContain('Watching'), within(60_000))
  for (let turns = 1; turns <= 4; turns += 1) {
    const said = many.map((one) => beginningOf(one, turns))
    for (const [index, one] of said.entries()) {
      const before = turns === 1 ? 0 : linesOf(beginningOf(many[index] as Conversation, turns - 1)).length
      await appendFile(join(world.folder, `${one.id}.jsonl`), linesOf(one).slice(before).join(''))
    }
    await vi.waitFor(async () => expect(await rowsOf(world)).toEqual(expectedOf(...said)), within(30_000))
  }
  for (const { child, ended, output } of watches) {
    child.kill('SIGINT')
    expect({ code: await ended, failures: output.stderr.match(/.*(?:failed|mixed|CONFLICT).*/g) }).toEqual({
      code: 0,
      failures: null,
    })
  }
}, 180_000)
